"""Who comes back: to a date that takes place after all, and to a course when who came instead of them may not."""

from collections.abc import Collection, Sequence

from sqlmodel import col, select

from civic_centers.activities.tables import Activity
from civic_centers.enrolling.actions.line import Line, settle
from civic_centers.enrolling.queries.fitting import refused
from civic_centers.enrolling.rules import LIVE, moved
from civic_centers.enrolling.tables import Enrolment
from community.dependants.queries import standings_of
from community.dependants.rules import Standing
from community.households.tables import Dependant
from community.members.queries import membership_of
from foundation import clock
from foundation.database import Session


def may_come_back(session: Session, activity: Activity, rows: Sequence[Enrolment]) -> list[Enrolment]:
    """Those who did not leave the course meanwhile, are members still, and for whom no yes is absent."""
    found = []
    for row in rows:
        who = (
            col(Enrolment.person_id) == row.person_id
            if row.person_id is not None
            else col(Enrolment.dependant_id) == row.dependant_id
        )
        gone_since = (col(Enrolment.request_id) == row.request_id, col(Enrolment.ended_at) > row.ended_at)
        left = select(col(Enrolment.id)).where(who, *gone_since, col(Enrolment.state).in_(("cancelled", "lost")))
        if row.party_id is None or session.scalar(left.limit(1)) is not None:
            continue
        if row.person_id is not None:
            member = membership_of(session, row.community_id, row.person_id)
            if member is None or member.state != "approved":
                continue
        elif row.dependant_id is None or no_yes(session, activity, row.dependant_id):
            continue
        found.append(row)
    return found


def no_yes(session: Session, activity: Activity, dependant_id: int) -> bool:
    """Whether somebody may not come: taken off the list, a no, or an absent yes where they would stay alone."""
    dependant = session.get(Dependant, dependant_id)
    if dependant is None or dependant.removed_at is not None or refused(session, [dependant_id]):
        return True
    return activity.left_alone and standings_of(session, [dependant])[dependant_id] is not Standing.GIVEN


def party_of(session: Session, row: Enrolment) -> int | None:
    """Who somebody is looked after by now: a place that was swapped did not go along to another household."""
    if row.state != "swapped" or row.dependant_id is None:
        return row.party_id
    return session.get_one(Dependant, row.dependant_id).party_id


def give_back(line: Line, rows: Sequence[Enrolment], closing: Collection[int]) -> list[Enrolment]:
    """Give the places of a course that stand-ins lose back to who gave them for one date; the places nobody takes back.

    As they said, they are away on that date, and may come after all; the place is one of the whole course and stays
    theirs. `closing` are households that end now: nobody of theirs comes again.
    """
    session, left, requests = line.session, [], set()
    for row in rows:
        member = _member_for(session, row)
        if member is None or member.party_id in closing or not _may_have(line, member):
            left.append(row)
            continue
        again = Enrolment(
            community_id=row.community_id,
            request_id=row.request_id,
            session_id=row.session_id,
            party_id=party_of(session, member),
            person_id=member.person_id,
            dependant_id=member.dependant_id,
            is_child=member.is_child,
            state="away" if row.state == "held" else row.state,
        )
        row.state, row.ended_at = moved(row.state, "give_back"), clock.now()
        session.add_all([row, again])
        requests.add(row.request_id)
        session.flush()
    for request_id in sorted(requests):
        settle(session, request_id)
    return left


def _member_for(session: Session, stand_in: Enrolment) -> Enrolment | None:
    """The place of the member of a course in whose stead somebody comes on a date; None for who is a member.

    Each swap ends one place and makes the next: the youngest places of a request are those of stand-ins, in the order
    in which others were swapped. Whom a stand-in let come in turn comes for the same member.
    """
    of_date = (col(Enrolment.request_id) == stand_in.request_id, col(Enrolment.session_id) == stand_in.session_id)
    rows = session.exec(select(Enrolment).where(*of_date).order_by(col(Enrolment.id))).all()
    ended = [(row.ended_at, row.id or 0, row) for row in rows if row.state == "swapped" and row.ended_at is not None]
    swapped = [row for _at, _number, row in sorted(ended, key=lambda each: each[:2])]
    came_for = {row.id: given for row, given in zip(rows[len(rows) - len(swapped) :], swapped, strict=True)}
    member = came_for.get(stand_in.id)
    while member is not None and member.id in came_for:
        member = came_for[member.id]
    is_theirs = member is not None and _person(member) == _person(stand_in)
    return None if is_theirs else member


def _may_have(line: Line, member: Enrolment) -> bool:
    """Whether a member may come again, and is not on that date already, instead of somebody else."""
    there = (col(Enrolment.session_id) == member.session_id, col(Enrolment.state).in_(LIVE))
    live = line.session.exec(select(Enrolment).where(*there, col(Enrolment.request_id) == member.request_id)).all()
    if _person(member) in {_person(row) for row in live}:
        return False
    return bool(may_come_back(line.session, line.activity, [member]))


def _person(row: Enrolment) -> tuple[int | None, int | None]:
    return row.person_id, row.dependant_id
