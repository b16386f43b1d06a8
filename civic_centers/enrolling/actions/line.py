"""The line at an activity: who is served next. Everything here is decided while the dates are held.

Dates are locked in the order of their numbers, whoever locks them; so people arrive one after the other, and a place
that comes free goes to who waits first in the same transaction, never to who comes along meanwhile.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy
from sqlalchemy import ColumnElement, bindparam, exists, literal
from sqlmodel import col, select

from civic_centers.activities.actions import give_back_places, take_places
from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.enrolling.actions.telling import tell_family
from civic_centers.enrolling.notices import OFFERED
from civic_centers.enrolling.queries.counting import adults_and_children
from civic_centers.enrolling.rules import LIVE, moved, offer_end, too_many_children
from civic_centers.enrolling.tables import Enrolment, EnrolRequest
from foundation import clock
from foundation.database import Session
from foundation.errors import Missing
from foundation.jobs import enqueue

OFFER_ENDS = "enrolling.offer_ends"
_ONE = select(ActivitySession).where(col(ActivitySession.id) == bindparam("date")).with_for_update()
_WITH_ACTIVITY = (
    select(ActivitySession, Activity)
    .join(Activity, col(Activity.id) == col(ActivitySession.activity_id))
    .where(col(ActivitySession.id) == bindparam("date"))
    .with_for_update(of=ActivitySession)
)
_WAITING = (
    sqlalchemy.select(literal(1))
    .where(
        col(EnrolRequest.activity_id) == bindparam("activity"),
        col(EnrolRequest.session_id) == bindparam("date"),
        col(EnrolRequest.state) == "waiting",
    )
    .limit(1)
)
_ANEW = {"populate_existing": True}


@dataclass
class Line:
    """Dates that people enrol for together: one, or all that are to come. Held until the end of the transaction."""

    session: Session
    activity: Activity
    dates: list[ActivitySession]
    session_id: int | None
    """None where one enrols for all of them."""

    @property
    def is_course(self) -> bool:
        return self.session_id is None

    def waits(self) -> ColumnElement[bool]:
        """The condition on EnrolRequest that it waits in this line."""
        where = col(EnrolRequest.session_id)
        of_line = where.is_(None) if self.session_id is None else where == self.session_id
        return (col(EnrolRequest.activity_id) == self.activity.id) & of_line & (col(EnrolRequest.state) == "waiting")


def hold_line(session: Session, activity: Activity, session_id: int) -> Line:
    """Hold the line at a date: that one, or every one to come where people enrol for all."""
    if activity.enrol_for != "all":
        dates = session.exec(_ONE, params={"date": session_id}, execution_options=_ANEW).all()
        return Line(session, activity, list(dates), session_id)
    coming = (col(ActivitySession.state) == "planned", col(ActivitySession.starts_at) > clock.now())
    statement = select(ActivitySession).where(col(ActivitySession.activity_id) == activity.id, *coming)
    locking = statement.order_by(col(ActivitySession.id)).with_for_update()
    return Line(session, activity, list(session.exec(locking, execution_options=_ANEW)), None)


def hold_date(session: Session, session_id: int) -> Line:
    """Hold the line at one date, with its activity as it is then, in one question. Raises Missing."""
    found = session.execute(_WITH_ACTIVITY, {"date": session_id}, execution_options=_ANEW).one_or_none()
    if found is None:
        raise Missing()
    one, activity = found
    return Line(session, activity, [one], session_id)


def line_of(session: Session, request: EnrolRequest) -> Line:
    """The line that a request stands in, held; the request as it is once it is."""
    activity = session.get_one(Activity, request.activity_id)
    line = hold_line(session, activity, request.session_id or 0)
    session.refresh(request)
    return line


def is_somebody_waiting(line: Line) -> bool:
    """Whether anybody stands in the line: then who arrives goes to its end."""
    if line.is_course:
        return bool(line.session.scalar(select(exists().where(line.waits()))))
    told = {"activity": line.activity.id, "date": line.session_id}
    return line.session.connection().execute(_WAITING, told).first() is not None


def room_for(line: Line, people: Sequence[bool]) -> bool:
    """Take a place at every date for each of `people` (whether they are children), or none at all."""
    number = len(people)
    if not line.dates or any(one.places is not None and one.taken + number > one.places for one in line.dates):
        return False
    if not _are_looked_after(line, people):
        return False
    return all(take_places(line.session, one.id or 0, number) for one in line.dates)


def _are_looked_after(line: Line, people: Sequence[bool]) -> bool:
    """Whether there are adults enough with these people too, where the activity refuses without them."""
    activity, children = line.activity, sum(people)
    if activity.ratio_rule != "refuse" or not children:
        return True
    there = adults_and_children(line.session, [one.id or 0 for one in line.dates])
    adults = len(people) - children
    return not any(
        too_many_children(found.children + children, found.adults + adults, activity.children_per_adult)
        for found in there.values()
    )


def rows_of_request(session: Session, request_id: int, *states: str) -> list[Enrolment]:
    """The places of a request in these states, oldest first."""
    statement = select(Enrolment).where(col(Enrolment.request_id) == request_id, col(Enrolment.state).in_(states))
    return list(session.exec(statement.order_by(col(Enrolment.id))))


def people_in(rows: Sequence[Enrolment]) -> list[bool]:
    """Each person of some rows once: whether they are children."""
    return list({(row.person_id, row.dependant_id): row.is_child for row in rows}.values())


def serve(line: Line, *, fresh: Sequence[int] = ()) -> None:
    """Offer what is free to who waits first, until the first for whom there is no room.

    Who waits only for adults to come holds up nobody who is one. Those of `fresh` have just asked: they need no offer.
    """
    session = line.session
    if not any(one.has_room for one in line.dates):
        return
    only_adults = False
    waiting = session.exec(select(EnrolRequest).where(line.waits()).order_by(col(EnrolRequest.id))).all()
    for request in waiting:
        rows = rows_of_request(session, request.id or 0, "waiting")
        people = people_in(rows)
        if only_adults and any(people):
            continue
        if any(one.places is not None and len(people) > one.places for one in line.dates):
            continue  # places were taken away since: these wait for nothing, and hold up nobody
        if room_for(line, people):
            _give(line, request, rows, held=request.id in fresh)
            if only_adults:  # with one more adult there may be room for the children before them
                serve(line, fresh=fresh)
                return
        elif all(one.places is None or one.taken + len(people) <= one.places for one in line.dates):
            only_adults = True
        else:
            break


def _give(line: Line, request: EnrolRequest, rows: Sequence[Enrolment], *, held: bool) -> None:
    session, activity = line.session, line.activity
    for row in rows:
        row.state = moved(row.state, "hold" if held else "offer")
        session.add(row)
    request.state = "held" if held else "offered"
    request.version += 1
    session.add(request)
    if held:
        return
    first = min(line.dates, key=lambda one: one.starts_at)
    request.offer_ends_at = offer_end(clock.now(), activity.offer_hours, first.starts_at)
    session.flush()
    payload = {"request": request.id}
    due_at = request.offer_ends_at
    enqueue(session, OFFER_ENDS, payload, due_at=due_at, key=f"{request.id}:{request.version}")
    tell_family(session, request, activity, first, OFFERED, more={"until_at": due_at}, key=f"{request.version}")


def end_rows(line: Line, rows: Sequence[Enrolment], verb: str) -> None:
    """Let places go again, and end the request of whom nobody comes or waits any more. The caller serves the line."""
    session = line.session
    for row in rows:
        if row.state in ("held", "away", "offered"):
            give_back_places(session, row.session_id)
        row.state = moved(row.state, verb)
        row.ended_at = None if row.state in LIVE else clock.now()
        session.add(row)
    session.flush()
    for request_id in sorted({row.request_id for row in rows}):
        settle(session, request_id)


def settle(session: Session, request_id: int) -> None:
    """Say of a request how the people of it stand."""
    request = session.get_one(EnrolRequest, request_id)
    found = set(session.scalars(select(col(Enrolment.state)).where(col(Enrolment.request_id) == request_id)))
    state = next((one for one in ("offered", "held", "waiting") if one in found), "ended")
    if state == "ended" and "away" in found:
        state = "held"
    if state != "offered":
        request.offer_ends_at = None
    if state != request.state:
        request.state = state
        request.version += 1
    session.add(request)
    session.flush()
