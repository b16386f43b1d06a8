"""Saying yes to a place that is kept for one, "I can't come", and no to being asked."""

from civic_centers.volunteering.actions.freeing import free_place
from civic_centers.volunteering.actions.holding import SIGN_UP, held_slot, must_be_to_come
from civic_centers.volunteering.actions.signing import must_suit, volunteer_of
from civic_centers.volunteering.queries.single import slot_visible_to, standing_of
from civic_centers.volunteering.rules import NotNow, is_late
from civic_centers.volunteering.tables import Call, SignUp
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing


def accept_offer(session: Session, actor: Actor, slot_id: int) -> SignUp:
    """Say yes to a place that is kept for one; twice changes nothing.

    Raises Missing, NotNow once it went on, Unsuitable for what is asked and not shown any more.
    """
    person_id = volunteer_of(actor)
    slot_visible_to(session, actor, slot_id)
    slot = held_slot(session, slot_id)
    must_be_to_come(slot)
    row = standing_of(session, slot_id, person_id)
    if row is not None and row.state == "held":
        return row
    if row is None or row.offered_until is None or row.offered_until <= clock.now():
        raise NotNow()
    must_suit(session, slot, person_id)
    row.state, row.offered_until = "held", None
    session.add(row)
    session.flush()
    audit.record(session, actor, "took", SIGN_UP, row.id)
    return row


def give_up(session: Session, actor: Actor, slot_id: int) -> SignUp:
    """ "I can't come": the place goes to who waits, or others are asked. Also a no to an offer, or leaving the list.

    Raises Missing, NotNow for who is not on it, or has begun.
    """
    person_id = volunteer_of(actor)
    slot_visible_to(session, actor, slot_id)
    slot = held_slot(session, slot_id)
    row = standing_of(session, slot_id, person_id)
    now = clock.now()
    if row is None or row.came_at is not None or slot.ends_at <= now:
        raise NotNow()
    before = row.state
    row.state, row.offered_until = ("passed" if before == "offered" else "gave_up"), None
    row.late = before == "held" and is_late(slot.starts_at, slot.cancel_hours, now)
    row.ended_at = now
    session.add(row)
    session.flush()
    audit.record(session, actor, "gave_up", SIGN_UP, row.id, late=row.late)
    free_place(session, slot, row, before, actor=actor)
    return row


def decline_call(session: Session, actor: Actor, slot_id: int) -> None:
    """Say that one cannot come instead; nobody else hears of it. Raises Missing for who was not asked."""
    call = session.get(Call, (slot_id, volunteer_of(actor)))
    if call is None:
        raise Missing()
    call.declined_at = call.declined_at or clock.now()
    session.add(call)
