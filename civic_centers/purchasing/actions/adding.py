"""After closing: a person in charge adds a household that ordered nothing. It is told, as of any change."""

from collections.abc import Mapping

from sqlmodel import col, select

from civic_centers.purchasing.actions.holding import ORDER_KIND, hold_to_change
from civic_centers.purchasing.actions.quantities import lines_held, put_quantities
from civic_centers.purchasing.actions.summing import resum
from civic_centers.purchasing.actions.telling import note_told, tell_families
from civic_centers.purchasing.notices import ADDED
from civic_centers.purchasing.queries.adding import household_to_add
from civic_centers.purchasing.tables import CyclePlace, OrderCycle, PurchaseOrder
from community.parties.queries import hold_parties
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Refused


def add_order(
    session: Session,
    actor: Actor,
    cycle_id: int,
    party_id: int,
    quantities: Mapping[int, int],
    reason: str,
    *,
    place_id: int | None,
) -> PurchaseOrder:
    """Write down what a household gets that ordered nothing, or took its order out; its adults are told why.

    The rules are those of any change after closing: see `change_order`. Raises Missing, NotNow, Invalid, Refused where
    there is not so much of something, or where the household has ordered already.
    """
    # Before the cycle, as who leaves holds them: a household that goes at this moment is gone first, or is owed this.
    hold_parties(session, (party_id,), alone=False)
    cycle = hold_to_change(session, actor, cycle_id)
    party = household_to_add(session, actor, party_id)
    words = reason.strip()
    if not words:
        raise Invalid(N_("Say why: the family reads it."), field="reason")
    place = session.get(CyclePlace, place_id) if place_id is not None else None
    if place is None or place.cycle_id != cycle_id:
        raise Invalid(N_("Choose where they fetch it."), field="place_id")
    if not any(quantities.values()):
        raise Invalid(N_("Write a quantity beside at least one product."))
    order = _order(session, cycle, party.id or 0, place.id or 0)
    put_quantities(session, cycle, order, lines_held(session, [order.id or 0]), quantities)
    order.reason = words[:500]
    order.version += 1
    session.add(order)
    audit.record(session, actor, "added", ORDER_KIND, order.id, cycle=cycle_id)
    resum(session, actor, cycle)
    note_told(session, [order])
    key = f"{order.id}:{order.version}:{clock.now().isoformat()}"
    tell_families(session, cycle, [order], ADDED, key=key, but=actor)
    return order


def _order(session: Session, cycle: OrderCycle, party_id: int, place_id: int) -> PurchaseOrder:
    """A standing order without a line that counts: nobody of the household placed it. Raises Refused for a second."""
    mine = (
        col(PurchaseOrder.cycle_id) == cycle.id,
        col(PurchaseOrder.party_id) == party_id,
        col(PurchaseOrder.number) == 0,
    )
    found = session.exec(select(PurchaseOrder).where(*mine).execution_options(populate_existing=True)).one_or_none()
    if found is not None and found.state == "standing":
        raise Refused(N_("This family has an order here already: change that one."))
    order = found or PurchaseOrder(
        community_id=cycle.community_id, cycle_id=cycle.id or 0, party_id=party_id, place_id=place_id
    )
    order.state, order.place_id, order.placed_by_id, order.for_friend = "standing", place_id, None, ""
    order.placed_at = order.changed_at = clock.now()
    session.add(order)
    session.flush()
    return order
