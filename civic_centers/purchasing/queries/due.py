"""What is due by itself: cycles that open, close, were left half closed, or of which somebody is to be told."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from civic_centers.purchasing.rules.cycles import AHEAD, SOON
from civic_centers.purchasing.tables import OrderCycle, OrderRhythm
from foundation import clock
from foundation.database import Session

Due = list[tuple[int, object]]
A_QUARTER = 15


def to_open(session: Session) -> Due:
    """Planned cycles whose hour has come. What could not be opened is tried again every quarter of an hour."""
    now = clock.now()
    return _found(session, _quarter(now), col(OrderCycle.state) == "planned", col(OrderCycle.opens_at) <= now)


def to_shut(session: Session) -> Due:
    """Open cycles whose hour has come."""
    due = (col(OrderCycle.state) == "open", col(OrderCycle.closes_at) <= clock.now())
    return _found(session, "", *due)


def to_work_out(session: Session) -> Due:
    """Cycles whose door is shut and that are not worked out: where that was broken off it is done again."""
    now = clock.now()
    return _found(session, _quarter(now), col(OrderCycle.state) == "closing")


def to_remind(session: Session) -> Due:
    """Open cycles of which those who have not ordered are to be told."""
    now = clock.now()
    soon = (col(OrderCycle.closes_at) > now, col(OrderCycle.closes_at) <= now + SOON)
    return _found(session, "", col(OrderCycle.state) == "open", col(OrderCycle.reminded_at).is_(None), *soon)


def to_price(session: Session) -> Due:
    """Cycles whose prices may have changed."""
    return _found(session, _quarter(clock.now()), col(OrderCycle.state).in_(("open", "closing", "closed")))


def to_repeat(session: Session) -> Due:
    """Rhythms whose next day is near."""
    near = (clock.now() + AHEAD + timedelta(days=1)).date()
    due = (col(OrderRhythm.ended_at).is_(None), col(OrderRhythm.next_on) <= near)
    statement = select(col(OrderRhythm.id), col(OrderRhythm.next_on)).where(*due).order_by(col(OrderRhythm.id))
    hour = f"{clock.now():%Y-%m-%dT%H}"
    return [(number or 0, f"{next_on}:{hour}") for number, next_on in session.execute(statement)]


def _found(session: Session, turn: str, *conditions: Any) -> Due:
    statement = select(col(OrderCycle.id), col(OrderCycle.version)).where(*conditions).order_by(col(OrderCycle.id))
    return [(number or 0, f"{version}:{turn}") for number, version in session.execute(statement)]


def _quarter(now: datetime) -> str:
    return f"{now:%Y-%m-%dT%H}:{now.minute // A_QUARTER}"
