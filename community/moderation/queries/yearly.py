"""What makers did in a year, without names, and without numbers so small that a person could be found in them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import col, select

from community.moderation.rules import about
from community.moderation.tables import Appeal, Case, Decision
from foundation import clock
from foundation.database import Session


@dataclass(frozen=True)
class Year:
    """About how many; None means fewer than five. `decisions` by outcome, only those that took place often enough."""

    year: int
    reported: int | None
    noticed: int | None
    in_time: int | None
    appeals: int | None
    overturned: int | None
    decisions: dict[str, int | None]


def year_of(session: Session, community_id: int, year: int, time_zone: str) -> Year:
    """The numbers of a year, by the wall clock of the community."""
    since, until = _start(year, time_zone), _start(year + 1, time_zone)
    cases = dict(
        session.execute(
            select(col(Case.source), func.count())
            .where(col(Case.community_id) == community_id, col(Case.opened_at) >= since, col(Case.opened_at) < until)
            .group_by(col(Case.source))
        ).all()
    )
    made = (
        col(Decision.community_id) == community_id,
        col(Decision.decided_at) >= since,
        col(Decision.decided_at) < until,
    )
    outcomes = dict(
        session.execute(select(col(Decision.outcome), func.count()).where(*made).group_by(col(Decision.outcome))).all()
    )
    in_time = session.scalar(
        select(func.count())
        .select_from(Decision)
        .join(Case, col(Case.id) == col(Decision.case_id))
        .where(*made, col(Decision.decided_at) <= col(Case.due_at))
    )
    answers = dict(
        session.execute(
            select(col(Appeal.outcome), func.count())
            .where(
                col(Appeal.community_id) == community_id,
                col(Appeal.appealed_at) >= since,
                col(Appeal.appealed_at) < until,
            )
            .group_by(col(Appeal.outcome))
        ).all()
    )
    return Year(
        year=year,
        reported=about(cases.get("report", 0)),
        noticed=about(cases.get("sign", 0)),
        in_time=about(in_time or 0),
        appeals=about(sum(answers.values())),
        overturned=about(answers.get("overturned", 0)),
        decisions={outcome: about(count) for outcome, count in outcomes.items()},
    )


def _start(year: int, time_zone: str) -> datetime:
    return clock.start_of_day(date(year, 1, 1), time_zone)
