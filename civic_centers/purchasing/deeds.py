"""What the record says of shared orders."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from civic_centers.purchasing.tables import OrderCycle, PurchaseOrder
from community.deeds.policies import in_zones, is_own_party, through
from foundation.access import Actor
from foundation.audit.kinds import DeedKind
from foundation.errors import N_


def _of_cycle(actor: Actor, cycle_id: Any) -> ColumnElement[bool]:
    here = (col(OrderCycle.id) == cycle_id, col(OrderCycle.community_id) == actor.community_id)
    return exists().where(*here, in_zones(actor, col(OrderCycle.zone_id)))


def _of_order(actor: Actor, order_id: Any) -> ColumnElement[bool]:
    there = (col(PurchaseOrder.id) == order_id, col(OrderCycle.id) == col(PurchaseOrder.cycle_id))
    here = col(OrderCycle.community_id) == actor.community_id
    return exists().where(*there, here, in_zones(actor, col(OrderCycle.zone_id)))


DEEDS = (
    DeedKind(
        kind="order_cycle",
        words=N_("Shared order"),
        verbs={
            "planned": N_("Shared order planned"),
            "changed": N_("Shared order changed"),
            "day_moved": N_("Day of a shared order moved"),
            "opened": N_("Shared order opened"),
            "shut": N_("Door of a shared order shut"),
            "kept_open": N_("Shared order kept open longer"),
            "closed": N_("Shared order closed, and its quantities worked out"),
            "sent": N_("Shared order sent to the supplier"),
            "delivered": N_("Goods of a shared order there"),
            "finished": N_("Sums of a shared order final"),
            "cancelled": N_("Shared order called off"),
            "hid": N_("Shared order taken out of sight"),
            "showed_again": N_("Shared order shown again"),
            "named": N_("Persons in charge of a shared order named"),
            "left_out": N_("Product of a shared order left out"),
            "weighed": N_("Product of a shared order weighed"),
            "kept_price": N_("Price of before kept in a shared order"),
            "took_price": N_("New price taken in a shared order"),
            "added_cost": N_("Cost written down in a shared order"),
            "removed_cost": N_("Cost of a shared order taken out"),
            "added_turn": N_("Turn made for a shared order"),
            "removed_turn": N_("Turn taken off a shared order"),
            "repeats": N_("Shared order comes again"),
            "repeats_no_more": N_("Shared order comes again no more"),
            "paused": N_("Pause of a shared order noted"),
            "pause_over": N_("Pause of a shared order taken away"),
        },
        read_by=_of_cycle,
    ),
    DeedKind(
        kind="purchase_order",
        words=N_("Order of a household"),
        verbs={
            "ordered": N_("Order of a household placed or changed"),
            "took_out": N_("Order of a household taken out"),
            "dropped_product": N_("Product taken out of an order after its price changed"),
            "changed": N_("Order of a household changed by a person in charge"),
            "added": N_("Household added to a shared order by a person in charge"),
        },
        read_by=_of_order,
        concerning=through(PurchaseOrder.id, is_own_party, PurchaseOrder.party_id),
        told=("ordered", "took_out", "dropped_product", "changed", "added"),
    ),
)
