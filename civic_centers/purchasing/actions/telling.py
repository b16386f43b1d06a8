"""Telling families of their orders, and the persons in charge."""

from collections.abc import Collection, Mapping, Sequence

from sqlmodel import col, select

from civic_centers.purchasing.queries.single import orders_of
from civic_centers.purchasing.rules.bills import in_euro
from civic_centers.purchasing.tables import CycleKeeper, OrderCycle, PurchaseOrder
from community.notifications.actions import notify
from community.notifications.rules import Notice
from community.parties.queries import acts_for, people_of
from foundation.access import Actor
from foundation.database import Session


def tell_families(
    session: Session,
    cycle: OrderCycle,
    orders: Sequence[PurchaseOrder],
    notice: Notice,
    *,
    key: str,
    but: Actor | None = None,
    more: Mapping[str, object] | None = None,
) -> None:
    """Tell who placed each of some orders, or the household's adults where that person is not of it any more."""
    people: dict[int, None] = {}
    for order in orders:
        people |= dict.fromkeys(family_of(session, order))
    tell(session, cycle, people, notice, key=key, but=but, more=more)


def family_of(session: Session, order: PurchaseOrder) -> list[int]:
    """Whom an order concerns: who placed it; where they are gone, who acts for the household."""
    if order.party_id is None:
        return []
    if order.placed_by_id is not None and acts_for(session, order.placed_by_id, order.party_id):
        return [order.placed_by_id]
    return [person.id or 0 for person in people_of(session, order.party_id)]


def tell_sums(
    session: Session,
    cycle: OrderCycle,
    orders: Sequence[PurchaseOrder],
    notice: Notice,
    *,
    key: str,
    but: Actor | None = None,
) -> None:
    """Tell each household of some orders, once, what all that it gets in the cycle comes to now."""
    concerned = {one.party_id for one in orders}
    theirs: dict[int, list[PurchaseOrder]] = {}
    for order in orders_of(session, cycle.id or 0):
        if order.party_id is not None and order.party_id in concerned:
            theirs.setdefault(order.party_id, []).append(order)
    for party_id, whole in theirs.items():
        more = {"amount": in_euro(sum(one.total_cents for one in whole))}
        tell_families(session, cycle, whole, notice, key=f"{key}:{party_id}", but=but, more=more)
        note_told(session, whole)


def note_told(session: Session, orders: Sequence[PurchaseOrder]) -> None:
    """Their families have heard, or read beside what they did themselves, what these orders come to now."""
    for order in orders:
        order.told_cents = order.total_cents
        session.add(order)
    session.flush()


def tell_keepers(
    session: Session,
    cycle: OrderCycle,
    notice: Notice,
    *,
    key: str,
    but: Actor | None = None,
    more: Mapping[str, object] | None = None,
) -> None:
    """Tell the persons in charge."""
    found = select(col(CycleKeeper.person_id)).where(col(CycleKeeper.cycle_id) == cycle.id)
    tell(session, cycle, session.scalars(found.order_by(col(CycleKeeper.person_id))).all(), notice, key=key, but=but,
         more=more)  # fmt: skip


def tell(
    session: Session,
    cycle: OrderCycle,
    people: Collection[int],
    notice: Notice,
    *,
    key: str,
    but: Actor | None = None,
    more: Mapping[str, object] | None = None,
) -> None:
    """Tell some people of a cycle, but for who did it."""
    said = {
        "order_title": cycle.title,
        "closes_at": cycle.closes_at,
        "delivery_on": cycle.delivery_on,
        **(more or {}),
    }
    for person_id in people:
        if but is not None and person_id in (but.person_id, but.recorder_id):
            continue
        notify(
            session,
            person_id=person_id,
            community_id=cycle.community_id,
            notice=notice,
            params=notice.taking(said),
            endpoint="purchasing.show",
            values={"cycle_id": cycle.id},
            key=key,
            matter=f"order_cycle:{cycle.id}",
        )
