"""Who is told of a cycle: those who bought with the others before."""

from datetime import timedelta

from sqlalchemy import select
from sqlmodel import col

from civic_centers.purchasing.tables import OrderCycle, PurchaseOrder
from community.parties.policies import acting
from community.parties.tables import PartyMember
from foundation import clock
from foundation.database import Session

A_YEAR = timedelta(days=365)


def who_ordered_before(session: Session, cycle: OrderCycle, *, but_those_who_did: bool = False) -> list[int]:
    """Who ordered in the zone's cycles of the last year and still acts for that household; once each, by number.

    `but_those_who_did` leaves out the households whose order stands in this cycle.
    """
    statement = (
        select(col(PurchaseOrder.placed_by_id))
        .join(OrderCycle, col(OrderCycle.id) == col(PurchaseOrder.cycle_id))
        .join(PartyMember, col(PartyMember.party_id) == col(PurchaseOrder.party_id))
        .where(
            col(OrderCycle.community_id) == cycle.community_id,
            col(OrderCycle.zone_id) == cycle.zone_id,
            col(OrderCycle.id) != cycle.id,
            col(PurchaseOrder.placed_at) > clock.now() - A_YEAR,
            col(PartyMember.person_id) == col(PurchaseOrder.placed_by_id),
            *acting(),
        )
        .distinct()
    )
    if but_those_who_did:
        did = select(col(PurchaseOrder.party_id)).where(
            col(PurchaseOrder.cycle_id) == cycle.id, col(PurchaseOrder.state) == "standing"
        )
        statement = statement.where(col(PurchaseOrder.party_id).not_in(did))
    return sorted(number for number in session.scalars(statement) if number is not None)
