"""Answering an offer, saying "I can't come", coming after all, leaving, and letting another of the family come."""

from collections.abc import Collection, Sequence

from sqlmodel import col, select

from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.enrolling.actions.enrolling import Already
from civic_centers.enrolling.actions.line import (
    Line,
    end_rows,
    line_of,
    rows_of_request,
    serve,
    settle,
)
from civic_centers.enrolling.actions.standing import KIND
from civic_centers.enrolling.actions.telling import tell_family, tell_of_fewer_adults
from civic_centers.enrolling.notices import LAPSED
from civic_centers.enrolling.policies import is_ours, must_enrol
from civic_centers.enrolling.queries.counting import adults_and_children
from civic_centers.enrolling.queries.fitting import candidates, check_fits
from civic_centers.enrolling.rules import LIVE, Begun, NotNow, is_late, moved, too_many_children
from civic_centers.enrolling.tables import Enrolment, EnrolRequest
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused


def accept_offer(session: Session, actor: Actor, request_id: int) -> None:
    """Say yes to the places that were offered; twice changes nothing. Raises Missing, NotNow when the time is over."""
    request = _own(session, actor, request_id)
    line = line_of(session, request)
    if request.state == "held":
        return
    if not any(one.starts_at > clock.now() for one in line.dates):  # it was moved to before the end of the offer
        raise NotNow()
    if request.state != "offered" or (request.offer_ends_at or clock.now()) <= clock.now():
        raise NotNow()
    for row in rows_of_request(session, request_id, "offered"):
        row.state = moved(row.state, "accept")
        session.add(row)
    session.flush()
    settle(session, request_id)
    audit.record(session, actor, "accepted", KIND, request_id)


def leave(session: Session, actor: Actor, request_id: int) -> None:
    """Say no to an offer, stop waiting, or leave a course: all that is still to come of a request, in one go.

    Raises Missing, NotNow where nothing of it is to come. Who waits next has the places.
    """
    request = _own(session, actor, request_id)
    line = line_of(session, request)
    coming = {one.id: one for one in line.dates if one.starts_at > clock.now() and one.state == "planned"}
    rows = [row for row in rows_of_request(session, request_id, *LIVE) if row.session_id in coming]
    if not rows:
        raise NotNow()
    held = [row for row in rows if row.state == "held"]
    for row in rows:
        if row.state in ("held", "away"):
            row.late = is_late(coming[row.session_id].starts_at, line.activity.cancel_hours, clock.now())
    offered = [row for row in rows if row.state == "offered"]
    end_rows(line, offered, "decline")
    end_rows(line, [row for row in rows if row not in offered], "leave")
    audit.record(session, actor, "declined" if offered else "left", KIND, request_id)
    serve(line)
    _tell_of_fewer(session, actor, held)


def cannot_come(session: Session, actor: Actor, session_id: int, enrolment_ids: Collection[int] = ()) -> int:
    """Say that people of the household cannot come on a date: these, or all of them. How many said so, now or before.

    Of a course one stays a member, and the place is kept; else who waits first has it. Raises Missing, Begun, NotNow
    where nobody of theirs was to come.
    """
    must_enrol(actor)
    one = session.get(ActivitySession, session_id)
    statement = select(Enrolment).where(is_ours(actor, Enrolment), col(Enrolment.session_id) == session_id)
    if enrolment_ids:
        statement = statement.where(col(Enrolment.id).in_(enrolment_ids))
    found = list(session.exec(statement.order_by(col(Enrolment.id))))
    if one is None or not found:
        raise Missing()
    line = line_of(session, session.get_one(EnrolRequest, found[0].request_id))
    found = list(session.exec(statement.execution_options(populate_existing=True)))
    if one.starts_at <= clock.now():
        raise Begun()
    held = [row for row in found if row.state == "held" and row.came_at is None]
    if not held and not any(row.state in ("away", "cancelled") for row in found):
        raise NotNow()
    for row in held:
        row.late = is_late(one.starts_at, line.activity.cancel_hours, clock.now())
    if line.is_course:
        for row in held:
            row.state = moved(row.state, "be_away")
            session.add(row)
        session.flush()
    else:
        end_rows(line, held, "cannot_come")
    for row in held:
        audit.record(session, actor, "cannot_come", KIND, row.request_id, date_id=session_id)
    serve(line)
    _tell_of_fewer(session, actor, held)
    return len([row for row in found if row.state in ("away", "cancelled")])


def come_after_all(session: Session, actor: Actor, enrolment_id: int) -> None:
    """Of a course: come all the same. Raises Missing, Begun, NotNow."""
    row, line, one = _row_of(session, actor, enrolment_id)
    if row.state == "held":
        return
    row.state, row.late = moved(row.state, "come_after_all"), False
    session.add(row)
    audit.record(session, actor, "comes", KIND, row.request_id, date_id=one.id)
    session.flush()
    serve(line)


def swap(session: Session, actor: Actor, enrolment_id: int, key: str) -> None:
    """Another of the household comes in the place of somebody, on this date alone, of a course too.

    Raises as `enrol` does.
    """
    row, line, one = _row_of(session, actor, enrolment_id)
    party_id = row.party_id or 0
    found = next((each for each in candidates(session, actor, party_id) if each.key == key), None)
    if found is None:
        raise Invalid(N_("Choose somebody of your household."), field="who")
    check_fits(session, line.activity, party_id, [found])
    there = (col(Enrolment.session_id) == one.id, col(Enrolment.state).in_(LIVE))
    who = (
        col(Enrolment.person_id) == found.person_id
        if found.person_id is not None
        else col(Enrolment.dependant_id) == found.dependant_id
    )
    if session.scalar(select(col(Enrolment.id)).where(*there, who)) is not None:
        raise Already()
    row.state, row.ended_at = moved(row.state, "swap"), clock.now()
    session.add(row)
    session.flush()
    _must_stay_looked_after(session, line.activity, one, is_child=found.is_child)
    session.add(
        Enrolment(
            community_id=row.community_id,
            request_id=row.request_id,
            session_id=row.session_id,
            party_id=party_id,
            person_id=found.person_id,
            dependant_id=found.dependant_id,
            is_child=found.is_child,
            state="held",
        )
    )
    session.flush()
    audit.record(session, actor, "swapped", KIND, row.request_id, date_id=one.id)
    if found.is_child:
        _tell_of_fewer(session, actor, [row])


def expire_offer(session: Session, request_id: int) -> bool:
    """Let an offer go whose time is over: who waits next has the places. Whether it was so."""
    request = session.get(EnrolRequest, request_id)
    if request is None:
        return False
    line = line_of(session, request)
    if request.state != "offered" or request.offer_ends_at is None or request.offer_ends_at > clock.now():
        return False
    rows = rows_of_request(session, request_id, "offered")
    one = session.get_one(ActivitySession, rows[0].session_id) if rows else None
    end_rows(line, rows, "lapse")
    audit.record(session, None, "lapsed", KIND, request_id, community_id=request.community_id)
    if one is not None:
        tell_family(session, request, line.activity, one, LAPSED, key=f"{request.version}")
    if not line.is_course and line.dates and line.dates[0].starts_at <= clock.now():
        return True
    serve(line)
    return True


def _must_stay_looked_after(session: Session, activity: Activity, one: ActivitySession, *, is_child: bool) -> None:
    if activity.ratio_rule != "refuse":
        return
    there = adults_and_children(session, [one.id or 0])[one.id or 0]
    children, adults = there.children + is_child, there.adults + (not is_child)
    if too_many_children(children, adults, activity.children_per_adult):
        raise Refused(
            N_("Then there would not be enough adults for the children."),
            advice=N_("Ask another adult to come too, or tell the people of the center."),
        )


def _tell_of_fewer(session: Session, actor: Actor, rows: Sequence[Enrolment]) -> None:
    """Tell the keepers where an adult who gave up leaves too few for the children."""
    adults = [row for row in rows if not row.is_child]
    if adults:
        key = f"fewer-{adults[0].id}-{adults[0].version}"
        tell_of_fewer_adults(session, actor, {row.session_id for row in adults}, key=key)


def _own(session: Session, actor: Actor, request_id: int) -> EnrolRequest:
    must_enrol(actor)
    found = session.exec(
        select(EnrolRequest).where(col(EnrolRequest.id) == request_id, is_ours(actor, EnrolRequest))
    ).one_or_none()
    if found is None:
        raise Missing()
    return found


def _row_of(session: Session, actor: Actor, enrolment_id: int) -> tuple[Enrolment, Line, ActivitySession]:
    """One's own place at a date that is to come, with the line held. Raises Missing, Begun."""
    must_enrol(actor)
    found = select(Enrolment).where(col(Enrolment.id) == enrolment_id, is_ours(actor, Enrolment))
    row = session.exec(found).one_or_none()
    if row is None:
        raise Missing()
    line = line_of(session, session.get_one(EnrolRequest, row.request_id))
    session.refresh(row)
    one = session.get_one(ActivitySession, row.session_id)
    if one.starts_at <= clock.now():
        raise Begun()
    if row.came_at is not None:
        raise NotNow()
    return row, line, one
