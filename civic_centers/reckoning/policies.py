"""Who reads a purse, who keeps the till of a cycle, and who gives from the solidarity quota."""

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlmodel import col, select

from civic_centers.purchasing.policies import keeps_cycle
from civic_centers.purchasing.tables import OrderCycle, PurchaseOrder
from civic_centers.reckoning.tables import QuotaRequest
from civic_centers.suppliers.policies import keeps_zone
from community.parties.tables import Party
from foundation.access import Actor, Permission
from foundation.database import Session
from foundation.errors import N_, Missing, Refused

READ_OWN = Permission("member:purse:read", ("member",), "See what one's household owes and paid, with its receipts")
GRANT = Permission(
    "zone:quota:grant", ("maker",), "Give shares of orders from the solidarity quota, and settle what is left behind"
)


def must_keep(session: Session, actor: Actor, cycle_id: int) -> OrderCycle:
    """A cycle whose till the actor keeps. Raises Missing."""
    cycle = session.exec(select(OrderCycle).where(col(OrderCycle.id) == cycle_id, keeps_cycle(actor))).one_or_none()
    if cycle is None:
        raise Missing()
    return cycle


def must_grant(actor: Actor, zone_id: int | None) -> None:
    """Raises Missing unless the actor gives from the quota in this zone; never in another's place."""
    if actor.is_on_behalf or zone_id is None or not actor.may(GRANT, zone_id):
        raise Missing()


def must_not_be_own(actor: Actor, party_id: int) -> None:
    """A maker decides nothing about money of their own. Raises Refused."""
    if party_id in actor.party_ids or party_id in actor.recorder_party_ids:
        raise Refused(N_("This is about your own household."), advice=N_("Ask another maker to do it."))


def entrusted(actor: Actor) -> ColumnElement[bool]:
    """The condition on QuotaRequest that a maker reads it: of their zones, not their own, not kept from them."""
    zones = actor.zones_for(GRANT)
    if actor.is_on_behalf or zones == ():
        return false()
    of_zones = col(QuotaRequest.zone_id).in_(zones) if zones is not None else true()
    excluded = col(QuotaRequest.excluded_maker_id)
    return and_(
        col(QuotaRequest.community_id) == actor.community_id,
        of_zones,
        or_(excluded.is_(None), excluded != actor.person_id),
        col(QuotaRequest.party_id).not_in(actor.party_ids),
    )


def reckoned_by(actor: Actor) -> ColumnElement[bool]:
    """The condition on Party that it lives, or ordered, in a zone whose purchasing the actor keeps."""
    here = col(Party.community_id) == actor.community_id
    ordered = (
        select(col(PurchaseOrder.party_id))
        .join(OrderCycle, col(OrderCycle.id) == col(PurchaseOrder.cycle_id))
        .where(col(OrderCycle.community_id) == actor.community_id, keeps_zone(actor, col(OrderCycle.zone_id)))
    )
    return and_(here, or_(keeps_zone(actor, col(Party.zone_id)), col(Party.id).in_(ordered)))


def in_zones(actor: Actor) -> ColumnElement[bool]:
    """The condition on Party that it lives where the actor gives from the quota."""
    zones = actor.zones_for(GRANT)
    if actor.is_on_behalf or zones == ():
        return false()
    here = col(Party.community_id) == actor.community_id
    return here if zones is None else and_(here, col(Party.zone_id).in_(zones))
