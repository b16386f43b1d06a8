"""The meetings of a series: laid out, ahead, past, and the days that they take."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, func, or_
from sqlmodel import col, select

from exchanges.agreements.rules import OPEN
from exchanges.agreements.tables import Agreement, AgreementEvent
from foundation import clock
from foundation.database import Session

PAST = 10
MOST_AHEAD = 100


@dataclass(frozen=True)
class Meetings:
    """The meetings of a series that have been laid out, by what they wait for; each list from the earliest on."""

    to_come: list[Agreement]
    """Certain, and not begun."""
    waiting: list[Agreement]
    """Not certain yet: hours or somebody who comes are lacking, or one side proposed it another way."""
    to_write_down: list[Agreement]
    """Begun, and nobody has said yet how long it took."""
    to_confirm: list[Agreement]
    disputed: list[Agreement]


def meetings_left(session: Session, party_id: int, other_id: int) -> list[Agreement]:
    """The meetings of all series of two parties that have not ended, also where the series has; in locking order."""
    statement = (
        select(Agreement)
        .where(
            or_(
                and_(col(Agreement.giver_id) == party_id, col(Agreement.receiver_id) == other_id),
                and_(col(Agreement.giver_id) == other_id, col(Agreement.receiver_id) == party_id),
            ),
            col(Agreement.series_id).is_not(None),
            col(Agreement.state).in_(OPEN),
        )
        .order_by(func.coalesce(col(Agreement.post_id), 0), col(Agreement.id))
    )
    return list(session.scalars(statement))


def meetings_ahead(session: Session, series_id: int) -> list[Agreement]:
    """The meetings of a series that are laid out and have not begun, also those called off, the earliest first."""
    statement = (
        select(Agreement)
        .where(col(Agreement.series_id) == series_id, col(Agreement.starts_at) > clock.now())
        .order_by(col(Agreement.starts_at), col(Agreement.id))
        .limit(MOST_AHEAD)
    )
    return list(session.scalars(statement))


def open_meetings(session: Session, series_id: int) -> Meetings:
    """The meetings of a series that have not ended, by what they wait for."""
    statement = (
        select(Agreement)
        .where(col(Agreement.series_id) == series_id, col(Agreement.ended_at).is_(None))
        .order_by(col(Agreement.starts_at), col(Agreement.id))
    )
    found = list(session.scalars(statement))
    now = clock.now()

    def those(state: str) -> list[Agreement]:
        return [one for one in found if one.state == state]

    accepted = those("accepted")
    begun = [one for one in accepted if one.starts_at is not None and one.starts_at <= now]
    return Meetings(
        to_come=[one for one in accepted if one not in begun],
        waiting=those("proposed"),
        to_write_down=begun,
        to_confirm=those("delivered"),
        disputed=those("disputed"),
    )


def past_meetings(
    session: Session, series_id: int, *, before: date | None = None, limit: int = PAST
) -> list[Agreement]:
    """The meetings that have ended in one way or another, the newest first; `before` is a day of the series.

    Those that were called off because the two agreed upon other days are left out: they never were to be.
    """
    statement = (
        select(Agreement)
        .where(
            col(Agreement.series_id) == series_id,
            col(Agreement.ended_at).is_not(None),
            or_(col(Agreement.state) != "cancelled", _by_a_person()),
        )
        .order_by(col(Agreement.series_day).desc(), col(Agreement.id).desc())
        .limit(limit)
    )
    if before is not None:
        statement = statement.where(col(Agreement.series_day) < before)
    return list(session.scalars(statement))


def days_taken(session: Session, series_id: int, since: date) -> set[date]:
    """The days from `since` on for which there is a meeting, or for which somebody left it out."""
    statement = select(col(Agreement.series_day)).where(
        col(Agreement.series_id) == series_id,
        col(Agreement.series_day) >= since,
        or_(col(Agreement.state) != "cancelled", _by_a_person()),
    )
    return {day for day in session.scalars(statement) if day is not None}


def days_left_out(session: Session, series_id: int, since: date) -> set[date]:
    """The days from `since` on that somebody left out: they stay so, whatever is changed later."""
    statement = select(col(Agreement.series_day)).where(
        col(Agreement.series_id) == series_id,
        col(Agreement.series_day) >= since,
        col(Agreement.state) == "cancelled",
        _by_a_person(),
    )
    return {day for day in session.scalars(statement) if day is not None}


def meeting_on(session: Session, series_id: int, day: date, *, lock: bool = False) -> Agreement | None:
    """The meeting of a day, the one that stands before any that was called off."""
    statement = (
        select(Agreement)
        .where(col(Agreement.series_id) == series_id, col(Agreement.series_day) == day)
        .order_by(col(Agreement.state) == "cancelled", col(Agreement.id).desc())
        .limit(1)
    )
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return session.scalars(statement).one_or_none()


def locked_meetings(session: Session, series_id: int, states: Sequence[str]) -> list[Agreement]:
    """The meetings of a series in some states, held until the end of the transaction, always in the same order."""
    statement = (
        select(Agreement)
        .where(col(Agreement.series_id) == series_id, col(Agreement.state).in_(states))
        .order_by(col(Agreement.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    # What changed while this waited for its turn is in another state by now.
    return [one for one in session.scalars(statement) if one.state in states]


def _by_a_person() -> ColumnElement[bool]:
    """The condition that somebody of the two called a meeting off, and not its series."""
    return exists().where(
        col(AgreementEvent.agreement_id) == col(Agreement.id),
        col(AgreementEvent.verb).in_(("cancel", "skip")),
        col(AgreementEvent.party_id).is_not(None),
    )
