"""What is due by itself: each as number and version, for one job each."""

from datetime import timedelta

from sqlmodel import col, or_, select

from civic_centers.circles.rules import LAST_CALL, UNCOVERED, WINDOW
from civic_centers.circles.tables import CareCircle, CircleChild, CircleFamily, CircleRhythm, CircleTurn
from foundation import clock
from foundation.database import Session

Due = list[tuple[int, object]]
MOST = 500
A_DAY = timedelta(days=1)


def circles_to_roll(session: Session) -> Due:
    """Circles with turns to lay out, once a day."""
    today = clock.now().date()
    statement = (
        select(col(CareCircle.id))
        .join(CircleRhythm, col(CircleRhythm.circle_id) == col(CareCircle.id))
        .where(
            col(CareCircle.state) == "running",
            or_(col(CircleRhythm.last_on).is_(None), col(CircleRhythm.last_on) >= today),
            or_(col(CircleRhythm.laid_out_until).is_(None), col(CircleRhythm.laid_out_until) < today + WINDOW),
        )
        .distinct()
        .order_by(col(CareCircle.id))
    )
    return [(number or 0, today.isoformat()) for number in session.scalars(statement.limit(MOST))]


def turns_to_ask_for(session: Session) -> Due:
    """Open turns where those asked last had their time, and those that come near with nobody looked for."""
    now = clock.now()
    statement = select(col(CircleTurn.id), col(CircleTurn.asked_until), col(CircleTurn.version)).where(
        col(CircleTurn.state) == "open",
        or_(
            col(CircleTurn.asked_until) <= now,
            col(CircleTurn.asked_until).is_(None) & (col(CircleTurn.starts_at) <= now + UNCOVERED),
            col(CircleTurn.starts_at) <= now + LAST_CALL / 2,
        ),
    )
    rows = session.execute(statement.order_by(col(CircleTurn.starts_at)).limit(MOST))
    return [(number or 0, f"{until}:{version}:{now:%Y-%m-%dT%H:%M}") for number, until, version in rows]


def turns_of_tomorrow(session: Session) -> Due:
    """Turns that begin within a day."""
    now = clock.now()
    statement = select(col(CircleTurn.id), col(CircleTurn.version)).where(
        col(CircleTurn.state) == "held", col(CircleTurn.starts_at) > now, col(CircleTurn.starts_at) <= now + A_DAY
    )
    return [(number or 0, version) for number, version in session.execute(statement.limit(MOST))]


def turns_to_tell(session: Session) -> Due:
    """Turns that ended some hours ago, of which nobody has said how long they were."""
    now = clock.now()
    statement = select(col(CircleTurn.id)).where(
        col(CircleTurn.state) == "held",
        col(CircleTurn.ends_at) <= now - A_DAY / 2,
        col(CircleTurn.starts_at) > now - 7 * A_DAY,
    )
    return [(number or 0, "once") for number in session.scalars(statement.limit(MOST))]


def notes_to_erase(session: Session) -> Due:
    """Children that are in no circle any more, or whose circle has ended, with something written still."""
    statement = (
        select(col(CircleChild.id))
        .join(CircleFamily, col(CircleFamily.id) == col(CircleChild.family_id))
        .join(CareCircle, col(CareCircle.id) == col(CircleFamily.circle_id))
        .where(
            col(CircleChild.first_aid).is_not(None),
            or_(col(CircleChild.gone_at).is_not(None), col(CareCircle.state) == "ended"),
        )
    )
    moment = f"{clock.now():%Y-%m-%dT%H:%M}"
    return [(number or 0, moment) for number in session.scalars(statement.limit(MOST))]
