"""What is due by itself: rhythms whose window moves on, dates with few people, activities of closed centers."""

from sqlmodel import col, select

from civic_centers.activities.rules import A_DAY, ADDED_EVERY, FEW_BEFORE, WINDOW
from civic_centers.activities.tables import Activity, ActivityRhythm, ActivitySession
from civic_centers.centers.tables import Center
from foundation import clock
from foundation.database import Session


def rhythms_to_roll(session: Session) -> list[int]:
    """Rhythms without an end of which a week or more does not stand yet."""
    last = clock.now().date() + WINDOW - ADDED_EVERY
    statement = (
        select(col(ActivityRhythm.id))
        .join(Activity, col(Activity.id) == col(ActivityRhythm.activity_id))
        .where(
            col(Activity.state) == "open",
            col(ActivityRhythm.last_on).is_(None),
            col(ActivityRhythm.laid_out_until).is_(None) | (col(ActivityRhythm.laid_out_until) < last),
        )
        .order_by(col(ActivityRhythm.id))
    )
    return [number or 0 for number in session.scalars(statement)]


def few_are_coming(session: Session) -> list[int]:
    """Dates that are near and have fewer people than they need."""
    now = clock.now()
    statement = (
        select(col(ActivitySession.id))
        .join(Activity, col(Activity.id) == col(ActivitySession.activity_id))
        .where(
            col(Activity.state) == "open",
            col(ActivitySession.state) == "planned",
            col(ActivitySession.starts_at) > now,
            col(ActivitySession.starts_at) <= now + FEW_BEFORE,
            col(ActivitySession.taken) < col(Activity.min_places),
        )
        .order_by(col(ActivitySession.id))
    )
    return [number or 0 for number in session.scalars(statement)]


def of_closed_centers(session: Session) -> list[int]:
    """Activities that are on at centers whose last day is over for good everywhere."""
    statement = (
        select(col(Activity.id))
        .join(Center, col(Center.id) == col(Activity.center_id))
        .where(col(Activity.state) == "open", col(Center.closed_on) < clock.now().date() - A_DAY)
        .order_by(col(Activity.id))
    )
    return [number or 0 for number in session.scalars(statement)]
