"""What is due by itself: each as number and version, for one job each."""

from collections import defaultdict
from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import exists, func, or_
from sqlmodel import col, select

from civic_centers.activities.tables import ActivitySession
from civic_centers.volunteering.rules import ANNOUNCED, ASK_AGAIN
from civic_centers.volunteering.tables import Insurance, Series, SignUp, Slot
from foundation import clock
from foundation.database import Session

Due = list[tuple[int, object]]
MOST = 500
INSURE_BEFORE = timedelta(days=3)


def offers_over(session: Session) -> Due:
    """Offers that nobody answered in time."""
    statement = select(col(SignUp.id), col(SignUp.offered_until)).where(
        col(SignUp.state) == "offered", col(SignUp.offered_until) <= clock.now()
    )
    return [(number, until.isoformat()) for number, until in session.execute(statement.limit(MOST))]


def missing_people(session: Session) -> Due:
    """Understaffed slots to announce: seven days before, and two."""
    now = clock.now()
    ways = [
        (col(Slot.starts_at) <= now + timedelta(days=days))
        & or_(col(Slot.announced_days).is_(None), col(Slot.announced_days) > days)
        for days in ANNOUNCED
    ]
    coming = (col(Slot.state) == "open", col(Slot.starts_at) > now, col(Slot.taken) < col(Slot.least))
    statement = select(col(Slot.id), col(Slot.announced_days), col(Slot.version), col(Slot.taken)).where(
        *coming, or_(*ways)
    )
    rows = session.execute(statement.order_by(col(Slot.starts_at)).limit(MOST))
    return [(number, f"{days}:{version}:{taken}") for number, days, version, taken in rows]


def still_uncovered(session: Session) -> Due:
    """Slots where others were asked to come instead, and nobody has said yes for a while."""
    now = clock.now()
    statement = select(col(Slot.id), col(Slot.cover_asked_at)).where(
        col(Slot.state) == "open", col(Slot.starts_at) > now, col(Slot.cover_asked_at) <= now - ASK_AGAIN
    )
    return [(number, asked.isoformat()) for number, asked in session.execute(statement.limit(MOST))]


def shifts_of_tomorrow(session: Session) -> Due:
    """Shifts that begin within a day."""
    now = clock.now()
    statement = (
        select(col(SignUp.id), col(Slot.version))
        .join(Slot, col(Slot.id) == col(SignUp.slot_id))
        .where(
            col(SignUp.state) == "held",
            col(Slot.state) == "open",
            col(Slot.starts_at) > now,
            col(Slot.starts_at) <= now + timedelta(hours=24),
        )
        .order_by(col(Slot.starts_at))
        .limit(MOST)
    )
    return [(number, version) for number, version in session.execute(statement)]


def uninsured(session: Session) -> Due:
    """Shifts of volunteers within three days that no insurance reaches."""
    now = clock.now()
    covered = exists().where(
        col(Insurance.party_id) == col(Slot.party_id),
        col(Insurance.person_id) == col(SignUp.person_id),
        col(Insurance.until) >= func.date(col(Slot.starts_at)),
    )
    statement = (
        select(col(SignUp.id))
        .join(Slot, col(Slot.id) == col(SignUp.slot_id))
        .where(
            col(SignUp.state) == "held",
            col(Slot.state) == "open",
            col(Slot.exchange).is_(False),
            col(Slot.starts_at) > now,
            col(Slot.starts_at) <= now + INSURE_BEFORE,
            ~covered,
        )
        .order_by(col(Slot.starts_at))
        .limit(MOST)
    )
    return [(number or 0, "once") for number in session.scalars(statement)]


def adults_on_duty(session: Session, session_ids: Collection[int]) -> dict[int, set[int]]:
    """The volunteers who come to dates of activities: with them children are looked after (a hook)."""
    statement = (
        select(col(Slot.session_id), col(SignUp.person_id))
        .join(SignUp, col(SignUp.slot_id) == col(Slot.id))
        .where(col(Slot.session_id).in_(session_ids), col(SignUp.state).in_(("held", "served")))
    )
    found: dict[int, set[int]] = defaultdict(set)
    for session_id, person_id in session.execute(statement):
        found[session_id or 0].add(person_id)
    return found


def series_behind(session: Session) -> Due:
    """Series with dates to come that have no slot of theirs yet."""
    there = exists().where(col(Slot.series_id) == col(Series.id), col(Slot.session_id) == col(ActivitySession.id))
    statement = (
        select(col(Series.id), func.max(col(ActivitySession.id)))
        .join(ActivitySession, col(ActivitySession.activity_id) == col(Series.activity_id))
        .where(
            col(Series.ended_at).is_(None),
            col(ActivitySession.state) == "planned",
            col(ActivitySession.starts_at) > clock.now(),
            ~there,
        )
        .group_by(col(Series.id))
        .limit(MOST)
    )
    return [(number, newest) for number, newest in session.execute(statement)]
