"""What happens by itself: dates laid out later are for who enrolled for all, reminders, and what keepers must know."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import exists, func
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.enrolling.actions.coming_back import may_come_back, party_of
from civic_centers.enrolling.actions.ending import warn_of_adults
from civic_centers.enrolling.actions.fetching import tell_if_unfetched
from civic_centers.enrolling.actions.line import Line, hold_line, people_in, room_for, serve
from civic_centers.enrolling.actions.telling import tell_family
from civic_centers.enrolling.notices import REMINDER
from civic_centers.enrolling.tables import Enrolment, EnrolRequest
from foundation import clock
from foundation.database import Session

REMIND_BEFORE = timedelta(hours=24)
WARN_BEFORE = timedelta(days=2)
_GO_ON = ("held", "away", "waiting")


def due_offers(session: Session) -> list[tuple[int, int]]:
    """Offers whose time is over, with their versions."""
    over = (col(EnrolRequest.state) == "offered", col(EnrolRequest.offer_ends_at) <= clock.now())
    statement = select(col(EnrolRequest.id), col(EnrolRequest.version)).where(*over).order_by(col(EnrolRequest.id))
    return [(number or 0, version) for number, version in session.execute(statement)]


def lines_with_room(session: Session) -> list[int]:
    """One date of every line in which somebody waits though there seems to be room: places or adults were added."""
    free = col(ActivitySession.places).is_(None) | (col(ActivitySession.taken) < col(ActivitySession.places))
    statement = (
        select(func.min(col(ActivitySession.id)))
        .join(Enrolment, col(Enrolment.session_id) == col(ActivitySession.id))
        .where(
            col(Enrolment.state) == "waiting",
            col(ActivitySession.state) == "planned",
            col(ActivitySession.starts_at) > clock.now(),
            free,
        )
        .group_by(col(Enrolment.request_id))
    )
    return sorted(set(session.scalars(statement)))


def serve_line(session: Session, session_id: int) -> None:
    """Serve who waits at a date."""
    one = session.get(ActivitySession, session_id)
    if one is not None:
        serve(hold_line(session, session.get_one(Activity, one.activity_id), session_id))


def dates_to_follow(session: Session) -> list[int]:
    """Dates to come for which one enrols with all the others, where somebody enrolled for all is not on the list."""
    there = aliased(Enrolment)
    on_it = exists().where(col(there.request_id) == col(EnrolRequest.id), col(there.session_id) == ActivitySession.id)
    statement = (
        select(col(ActivitySession.id))
        .join(Activity, col(Activity.id) == col(ActivitySession.activity_id))
        .join(EnrolRequest, col(EnrolRequest.activity_id) == col(Activity.id))
        .where(
            col(Activity.enrol_for) == "all",
            col(Activity.state) == "open",
            col(ActivitySession.state) == "planned",
            col(ActivitySession.starts_at) > clock.now(),
            col(EnrolRequest.state).in_(("held", "waiting")),
            ~on_it,
        )
        .distinct()
        .order_by(col(ActivitySession.id))
    )
    return [number or 0 for number in session.scalars(statement)]


def follow(session: Session, session_id: int) -> None:
    """Put who enrolled for all on the list of a date that was laid out later, in the order of arrival."""
    one = session.get(ActivitySession, session_id)
    if one is None:
        return
    activity = session.get_one(Activity, one.activity_id)
    line = hold_line(session, activity, session_id)
    only = [each for each in line.dates if each.id == session_id]
    if activity.enrol_for != "all" or not only:
        return
    line.dates = only
    statement = select(EnrolRequest).where(
        col(EnrolRequest.activity_id) == activity.id, col(EnrolRequest.state).in_(("held", "waiting"))
    )
    for request in session.exec(statement.order_by(col(EnrolRequest.id))).all():
        _follow(session, line.dates[0], request, line)


def _follow(session: Session, one: ActivitySession, request: EnrolRequest, line: Line) -> None:
    mine = select(Enrolment).where(col(Enrolment.request_id) == request.id)
    rows = session.exec(mine.order_by(col(Enrolment.session_id).desc(), col(Enrolment.id))).all()
    if any(row.session_id == one.id for row in rows):
        return
    last = next((row.session_id for row in rows if row.state in _GO_ON), None)
    people = _who_goes_on(session, line.activity, [row for row in rows if row.session_id == last])
    if not people:
        return
    held = request.state == "held" and room_for(line, people_in(people))
    for row in people:
        session.add(
            Enrolment(
                community_id=row.community_id,
                request_id=row.request_id,
                session_id=one.id or 0,
                party_id=party_of(session, row),
                person_id=row.person_id,
                dependant_id=row.dependant_id,
                is_child=row.is_child,
                state="held" if held else "waiting",
            )
        )
    session.flush()


def _who_goes_on(session: Session, activity: Activity, rows: Sequence[Enrolment]) -> list[Enrolment]:
    """Who of a request at its last date comes to those after it too; `rows` are all its places there, oldest first.

    Who came instead of somebody did so on that date alone, as the page says where one chooses them: their places are
    the youngest, one for each that was swapped. Whose place they took comes again, if they still may.
    """
    instead = sum(row.state == "swapped" for row in rows)
    members = rows[: len(rows) - instead]
    back = may_come_back(session, activity, [row for row in members if row.state == "swapped"])
    return [row for row in members if row.state in _GO_ON or row in back]


def dates_soon(session: Session, within: timedelta) -> list[tuple[int, str]]:
    """Dates that begin within so long and to which somebody comes, with when they begin."""
    somebody = exists().where(col(Enrolment.session_id) == col(ActivitySession.id), col(Enrolment.state) == "held")
    now = clock.now()
    statement = (
        select(col(ActivitySession.id), col(ActivitySession.starts_at))
        .where(
            col(ActivitySession.state) == "planned",
            col(ActivitySession.starts_at) > now,
            col(ActivitySession.starts_at) <= now + within,
            somebody,
        )
        .order_by(col(ActivitySession.id))
    )
    return [(number or 0, starts_at.isoformat()) for number, starts_at in session.execute(statement)]


def remind(session: Session, session_id: int) -> None:
    """Remind the families who come to a date, once, and those whose child nobody may fetch.

    Who asked only just now needs no word."""
    one = session.get(ActivitySession, session_id)
    if one is None or one.state != "planned" or one.starts_at <= clock.now():
        return
    activity = session.get_one(Activity, one.activity_id)
    held = select(col(Enrolment.request_id)).where(
        col(Enrolment.session_id) == session_id, col(Enrolment.state) == "held"
    )
    statement = select(EnrolRequest).where(
        col(EnrolRequest.id).in_(held), col(EnrolRequest.made_at) < clock.now() - timedelta(hours=2)
    )
    for request in session.exec(statement.order_by(col(EnrolRequest.id))).all():
        tell_family(session, request, activity, one, REMINDER, key=f"soon-{one.starts_at.isoformat()}")
    if activity.left_alone:
        _remind_of_fetching(session, session_id)


def _remind_of_fetching(session: Session, session_id: int) -> None:
    there = (col(Enrolment.session_id) == session_id, col(Enrolment.state) == "held", col(Enrolment.is_child))
    children = session.scalars(select(col(Enrolment.dependant_id)).where(*there)).all()
    for dependant_id in sorted(number for number in children if number is not None):
        tell_if_unfetched(session, dependant_id, key=f"{clock.now():%Y-%m-%d}")


def warn(session: Session, session_id: int) -> None:
    """Tell the keepers two days before where there are not adults enough for the children."""
    one = session.get(ActivitySession, session_id)
    if one is None or one.state != "planned" or one.starts_at <= clock.now():
        return
    warn_of_adults(session, session.get_one(Activity, one.activity_id), one)


def dates_to_warn_of(session: Session) -> list[tuple[int, str]]:
    """Dates within two days that need adults for the children."""
    now = clock.now()
    statement = (
        select(col(ActivitySession.id), col(ActivitySession.starts_at))
        .join(Activity, col(Activity.id) == col(ActivitySession.activity_id))
        .where(
            col(ActivitySession.state) == "planned",
            col(Activity.state) == "open",
            col(ActivitySession.starts_at) > now,
            col(ActivitySession.starts_at) <= now + WARN_BEFORE,
            col(Activity.ratio_rule) != "off",
        )
        .order_by(col(ActivitySession.id))
    )
    return [(number or 0, starts_at.isoformat()) for number, starts_at in session.execute(statement)]
