"""What happens by itself: people are missing, nobody answered, tomorrow is the shift, somebody is not insured yet."""

from civic_centers.volunteering.actions.holding import held_sign_up, held_slot
from civic_centers.volunteering.actions.making import lay_out
from civic_centers.volunteering.actions.passing_on import ask_others
from civic_centers.volunteering.actions.telling import tell, watching
from civic_centers.volunteering.notices import MISSING, TO_INSURE, TOMORROW
from civic_centers.volunteering.queries.single import insured_on
from civic_centers.volunteering.rules import due_announcement
from civic_centers.volunteering.tables import Series
from community.parties.queries import people_of
from community.safeguarding.queries import day_in
from foundation import clock
from foundation.database import Session


def announce_missing(session: Session, slot_id: int) -> int:
    """Tell who watches that people are missing, 7 and 2 days before, each once; how many were told."""
    slot = held_slot(session, slot_id)
    days = due_announcement(slot.starts_at, slot.announced_days, clock.now())
    if slot.state != "open" or slot.taken >= slot.least or slot.starts_at <= clock.now() or days is None:
        return 0
    slot.announced_days = days
    session.add(slot)
    people = watching(session, slot)
    for person_id in people:
        tell(session, person_id, slot, MISSING, key=f"{slot_id}:{slot.version}:{days}")
    return len(people)


def ask_more(session: Session, slot_id: int) -> int:
    """Ask the next ones, where nobody came instead of who gave up; how many."""
    slot = held_slot(session, slot_id)
    if slot.cover_asked_at is None or slot.state != "open" or slot.starts_at <= clock.now():
        return 0
    slot.cover_asked_at = clock.now() if slot.taken < slot.most else None
    session.add(slot)
    return ask_others(session, slot) if slot.taken < slot.most else 0


def remind(session: Session, sign_up_id: int) -> None:
    """Tell somebody of their shift of tomorrow."""
    row, slot = held_sign_up(session, sign_up_id)
    if row.state == "held" and slot.state == "open" and slot.starts_at > clock.now():
        tell(session, row.person_id, slot, TOMORROW, key=f"{sign_up_id}:{slot.version}")


def warn_uninsured(session: Session, sign_up_id: int) -> None:
    """Tell the people of the organisation that somebody is not insured yet for a shift to come."""
    row, slot = held_sign_up(session, sign_up_id)
    if row.state != "held" or slot.exchange or slot.party_id is None or slot.starts_at <= clock.now():
        return
    if insured_on(session, slot.party_id, row.person_id, day_in(session, slot.community_id, slot.starts_at)):
        return
    for person in people_of(session, slot.party_id):
        tell(session, person.id or 0, slot, TO_INSURE, key=f"{sign_up_id}")


def lay_out_series(session: Session, series_id: int) -> int:
    """The slots of a series for dates that were laid out meanwhile; how many."""
    series = session.get(Series, series_id)
    return lay_out(session, series) if series is not None and series.ended_at is None else 0
