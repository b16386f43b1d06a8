"""Taking a shift with one tap, waiting for one, saying yes to what is offered, and "I can't come"."""

from civic_centers.centers.queries import people_behind
from civic_centers.centers.tables import Center
from civic_centers.volunteering.actions.holding import (
    SIGN_UP,
    held_slot,
    keep_sign_up,
    must_be_to_come,
    take_place,
)
from civic_centers.volunteering.actions.passing_on import open_place
from civic_centers.volunteering.actions.telling import tell
from civic_centers.volunteering.notices import GAVE_UP
from civic_centers.volunteering.policies import SERVE
from civic_centers.volunteering.queries.single import slot_visible_to, standing_of
from civic_centers.volunteering.queries.suiting import clash_of, lacking
from civic_centers.volunteering.rules import Clash, NotNow, Unsuitable, is_late
from civic_centers.volunteering.tables import Call, SignUp, Slot
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing
from foundation.feature import registry

LACKING = {
    "verified": N_("For this shift one has to be verified: two references and identity, seen by a maker."),
    "qualification": N_("For this shift a training is asked for that you do not have, or that has run out."),
    "birthday": N_("For this shift there is a least age: write your birthday on your sheet."),
    "age": N_("For this shift you are not old enough yet."),
}
ADVICE = {
    "verified": N_("Speak with a maker of your zone: it takes one meeting."),
    "qualification": N_("Look among the trainings of the center."),
    "birthday": N_("It is kept sealed, and asked once."),
    "age": N_("Look at the other shifts of the center."),
}


def sign_up(session: Session, actor: Actor, slot_id: int) -> SignUp:
    """Take a place of a slot, or the next one on its list where all are taken; twice changes nothing.

    Raises Missing, NotNow for what is over, Unsuitable for what is asked and not shown, Clash with one's own slots.
    """
    person_id = _person(actor)
    slot_visible_to(session, actor, slot_id)
    slot = held_slot(session, slot_id)
    must_be_to_come(slot)
    before = standing_of(session, slot_id, person_id)
    if before is not None:
        return before
    must_suit(session, slot, person_id)
    must_be_free(session, slot, person_id)
    row = SignUp(
        community_id=slot.community_id,
        slot_id=slot_id,
        person_id=person_id,
        party_id=actor.must_be_party() if slot.exchange else None,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        state="held" if take_place(session, slot_id) else "waiting",
        since=clock.now(),
        recorded_by_id=actor.recorder_id,
    )
    if not keep_sign_up(session, row):
        must_be_free(session, slot, person_id)
        raise Clash(slot.role, slot.starts_at)
    audit.record(session, actor, "took" if row.state == "held" else "waits", SIGN_UP, row.id)
    return row


def accept_offer(session: Session, actor: Actor, slot_id: int) -> SignUp:
    """Say yes to a place that is kept for one; twice changes nothing.

    Raises Missing, NotNow once it went on, Unsuitable for what is asked and not shown any more.
    """
    person_id = _person(actor)
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
    person_id = _person(actor)
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
    if before != "waiting":
        open_place(session, slot, ask=before == "held")
    if before == "held" and not _adults_are_missing(session, actor, slot, row):
        for keeper_id in people_behind(session, session.get_one(Center, slot.center_id)):
            if keeper_id != person_id:
                tell(session, keeper_id, slot, GAVE_UP, key=f"{row.id}")
    return row


def _adults_are_missing(session: Session, actor: Actor, slot: Slot, row: SignUp) -> bool:
    """Whether children have too few adults now: then who counts them has told the keepers what it means."""
    asked = registry.hooks("adult_gave_up") if slot.session_id is not None else []
    return any(hook(session, actor, slot.session_id, f"shift-{row.id}") for hook in asked)


def decline_call(session: Session, actor: Actor, slot_id: int) -> None:
    """Say that one cannot come instead; nobody else hears of it. Raises Missing for who was not asked."""
    call = session.get(Call, (slot_id, _person(actor)))
    if call is None:
        raise Missing()
    call.declined_at = call.declined_at or clock.now()
    session.add(call)


def must_suit(session: Session, slot: Slot, person_id: int) -> None:
    """Raises Unsuitable for the first thing a slot asks for and somebody has not shown, or not any more."""
    for word in lacking(session, slot, person_id)[:1]:
        raise Unsuitable(LACKING[word], advice=ADVICE[word])


def must_be_free(session: Session, slot: Slot, person_id: int) -> None:
    """Raises Clash where somebody holds another slot at that time."""
    other = clash_of(session, slot, person_id)
    if other is not None:
        raise Clash(other.role, other.starts_at)


def _person(actor: Actor) -> int:
    if actor.person_id is None or not actor.may(SERVE):
        raise Missing()
    return actor.person_id
