"""After closing: sent to the supplier, there to be fetched, done; or called off."""

from sqlmodel import col, select

from civic_centers.purchasing.actions.holding import CYCLE, hold_to_keep, move
from civic_centers.purchasing.actions.summing import announce
from civic_centers.purchasing.actions.telling import tell, tell_families, tell_keepers, tell_sums
from civic_centers.purchasing.actions.turning import call_off_turns
from civic_centers.purchasing.notices import CALLED_OFF, CLOSES_SOON, FINAL_SUM, READY
from civic_centers.purchasing.queries.asked import who_ordered_before
from civic_centers.purchasing.queries.bills import OWING
from civic_centers.purchasing.queries.single import orders_of, places_of
from civic_centers.purchasing.queries.totals import dearer_until
from civic_centers.purchasing.rules.cycles import SOON
from civic_centers.purchasing.tables import OrderCycle
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Refused


def send(session: Session, actor: Actor, cycle_id: int) -> None:
    """Note that the order has gone to the supplier.

    Raises Missing, NotNow; Refused while families may still take out what became dearer: they were told until when.
    """
    cycle = hold_to_keep(session, actor, cycle_id)
    until = dearer_until(session, cycle_id)
    if cycle.state == "closed" and until is not None and until > clock.now():
        raise Refused(
            N_("A price changed: families may take the product out until %(until)s. It goes to the supplier then."),
            until=until,
        )
    move(session, cycle, "send", sent_at=clock.now())
    audit.record(session, actor, "sent", CYCLE, cycle_id)


def deliver(session: Session, actor: Actor, cycle_id: int) -> None:
    """Note that the goods are there: every family is told where and when to fetch them. Raises Missing, NotNow."""
    cycle = hold_to_keep(session, actor, cycle_id)
    move(session, cycle, "deliver", delivered_at=clock.now())
    audit.record(session, actor, "delivered", CYCLE, cycle_id)
    places = {place.id: place for place in places_of(session, cycle_id)}
    for order in orders_of(session, cycle_id):
        place = places[order.place_id]
        more = {"place": place.name, "starts_at": place.starts_at}
        if order.goods_cents:
            tell_families(session, cycle, [order], READY, key=str(order.id), but=actor, more=more)


def finish(session: Session, actor: Actor, cycle_id: int) -> None:
    """Everything is weighed and given out: the sums are final, and whose is another than they heard is told it.

    Raises Missing, NotNow.
    """
    cycle = hold_to_keep(session, actor, cycle_id)
    now = clock.now()
    move(session, cycle, "finish", done_at=now, ended_at=now)
    audit.record(session, actor, "finished", CYCLE, cycle_id)
    announce(session, actor, cycle, None)
    news = [one for one in orders_of(session, cycle_id) if one.total_cents != one.told_cents]
    tell_sums(session, cycle, news, FINAL_SUM, key=str(cycle_id), but=actor)


def cancel(session: Session, actor: Actor, cycle_id: int, reason: str) -> None:
    """Call a cycle off, the supplier's doing or the group's: sums are zero, everybody who ordered is told.

    Its turns to come are called off with it. Raises Missing, NotNow, Invalid without a reason.
    """
    cycle = hold_to_keep(session, actor, cycle_id)
    words = reason.strip()
    if not words:
        raise Invalid(N_("Say why: those who ordered read it."), field="reason")
    owed = cycle.state in OWING
    move(session, cycle, "cancel", reason=words[:500], ended_at=clock.now())
    audit.record(session, actor, "cancelled", CYCLE, cycle_id)
    if owed:
        announce(session, actor, cycle, None)
    call_off_turns(session, actor, cycle_id, words[:500])
    tell_families(session, cycle, orders_of(session, cycle_id), CALLED_OFF, key=str(cycle_id), but=actor)
    tell_keepers(session, cycle, CALLED_OFF, key=str(cycle_id), but=actor)


def remind(session: Session, cycle_id: int) -> bool:
    """Tell those who bought before and have not ordered that it closes soon, once; whether it was time."""
    statement = select(OrderCycle).where(col(OrderCycle.id) == cycle_id, col(OrderCycle.state) == "open")
    cycle = session.exec(statement.with_for_update(key_share=True)).one_or_none()
    now = clock.now()
    if (
        cycle is None
        or cycle.reminded_at is not None
        or cycle.hidden_at is not None
        or not now < cycle.closes_at <= now + SOON
    ):
        return False
    cycle.reminded_at = now
    session.add(cycle)
    session.flush()
    people = who_ordered_before(session, cycle, but_those_who_did=True)
    tell(session, cycle, people, CLOSES_SOON, key=str(cycle_id))
    return True
