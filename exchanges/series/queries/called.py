"""Weekly proposals that wait for people without e-mail: a maker of the zone calls them."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists
from sqlmodel import col, select

from community.mandates.queries import is_kept_by
from exchanges.agreements.policies import ANSWER, mediated
from exchanges.agreements.queries import reachable
from exchanges.agreements.queries.single import mediates
from exchanges.posts.policies import kept_from
from exchanges.series.tables import Series
from foundation.access import Actor
from foundation.database import Session, one_if_any
from foundation.errors import Missing

WAITING = ("proposed", "changing")


def series_to_mediate(session: Session, actor: Actor, series_id: int) -> Series:
    """A series into which a maker may step. Raises Missing outside their zones, or where they take part."""
    series = session.get(Series, series_id)
    if series is None or not mediates(session, actor, series, ANSWER):
        raise Missing()
    return series


def series_to_call_about(session: Session, actor: Actor, limit: int = 100) -> list[Series]:
    """Proposals and changes that wait for the answer of people without e-mail, in the maker's zones; oldest first."""
    statement = select(Series).where(_to_call_about(actor)).order_by(col(Series.id)).limit(limit)
    return list(session.scalars(statement))


def line_for_makers(actor: Actor) -> ColumnElement[int] | None:
    """1 where there are any of these, as an expression."""
    return one_if_any(select(col(Series.id)).where(_to_call_about(actor))) if actor.may(ANSWER) else None


def series_kept_from(actor: Actor, series_id: Any) -> ColumnElement[bool]:
    """The condition that what a series, by its id in a column, is about is kept from this maker."""
    return exists().where(col(Series.id) == series_id, kept_from(actor, col(Series.post_id)))


def thread_kept_from(actor: Actor, thread_id: Any) -> ColumnElement[bool]:
    """The same, by the thread of a series."""
    return exists().where(col(Series.thread_id) == thread_id, kept_from(actor, col(Series.post_id)))


def _to_call_about(actor: Actor) -> ColumnElement[bool]:
    awaited = col(Series.state).in_(WAITING)
    theirs = is_kept_by(actor, col(Series.turn_id))
    return and_(awaited, ~reachable(col(Series.turn_id)), theirs, mediated(actor, Series, ANSWER))
