"""A place that came free: offered to who waits, in order; then those are asked who were asked longest ago."""

from sqlmodel import col, select

from civic_centers.volunteering.actions.holding import give_place_back, keep_sign_up, take_place
from civic_centers.volunteering.actions.telling import tell
from civic_centers.volunteering.notices import COVER, OFFERED
from civic_centers.volunteering.queries.suiting import clash_of, lacking, suitable_people
from civic_centers.volunteering.rules import AT_ONCE, offer_ends
from civic_centers.volunteering.tables import Call, SignUp, Slot
from community.members.queries import membership_of
from foundation import clock
from foundation.database import Session, insert_if_absent


def open_place(session: Session, slot: Slot, *, ask: bool) -> None:
    """Pass a place on that is taken and stands free: to who waits, or to nobody. The slot is held by the caller.

    `ask`: where nobody waits, suitable volunteers are asked.
    """
    if slot.state == "open" and slot.starts_at > clock.now() and _offer(session, slot):
        return
    give_place_back(session, slot.id or 0)
    session.refresh(slot)
    if ask and slot.state == "open" and slot.starts_at > clock.now():
        slot.cover_asked_at = clock.now()
        session.add(slot)
        ask_others(session, slot)


def fill_places(session: Session, slot: Slot) -> int:
    """Offer what is free to who waits; how many. The slot is held by the caller."""
    number = 0
    while slot.starts_at > clock.now() and take_place(session, slot.id or 0):
        if not _offer(session, slot):
            give_place_back(session, slot.id or 0)
            break
        number += 1
    session.refresh(slot)
    return number


def ask_others(session: Session, slot: Slot) -> int:
    """Ask the next few suitable volunteers to come; how many."""
    people = suitable_people(session, slot, AT_ONCE)
    for person_id in people:
        call = {"slot_id": slot.id, "person_id": person_id, "asked_at": clock.now()}
        if insert_if_absent(session, Call, call, conflict=["slot_id", "person_id"]):
            tell(session, person_id, slot, COVER, key=f"{slot.id}")
    return len(people)


def _offer(session: Session, slot: Slot) -> bool:
    """Keep a place that is taken for the first who waits and can come; False where there is none."""
    waiting = select(SignUp).where(col(SignUp.slot_id) == slot.id, col(SignUp.state) == "waiting")
    for row in session.exec(waiting.order_by(col(SignUp.id)).with_for_update()).all():
        member = membership_of(session, slot.community_id, row.person_id)
        if member is None or member.state != "approved" or clash_of(session, slot, row.person_id) is not None:
            continue
        if lacking(session, slot, row.person_id):
            continue
        until = offer_ends(slot.starts_at, clock.now())
        if not keep_sign_up(session, row, state="offered", offered_until=until):
            continue
        tell(session, row.person_id, slot, OFFERED, key=f"{row.id}", until_at=until)
        return True
    return False
