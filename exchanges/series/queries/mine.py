"""My series: what waits for me in each, told once; and their conversations."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import col, select

from community.communities.queries import today_of
from community.conversations.rules import Talk
from community.parties.tables import Party
from exchanges.agreements.policies import others_side, own_side
from exchanges.agreements.queries import STATUS
from exchanges.agreements.queries.lists import waits_for
from exchanges.agreements.tables import Agreement
from exchanges.posts.tables import Post
from exchanges.series.queries.lists import mine
from exchanges.series.rules import ENDED, STANDING
from exchanges.series.tables import Series, SeriesTerms
from foundation import clock
from foundation.access import Actor
from foundation.database import Session, number_of

MOST = 50


@dataclass
class Standing:
    """A series and how many of its meetings wait for the reader's word."""

    series: Series
    other: Party
    my_turn: bool
    to_write_down: int = 0
    to_confirm: int = 0
    to_mend: int = 0
    """Those that are not certain, and that the reader's side can mend or answer."""


def standing_of(session: Session, actor: Actor, limit: int = MOST) -> list[Standing]:
    """The series of the actor in which something waits for them, oldest first."""
    if not actor.party_ids:
        return []
    waits = _meetings_that_wait(session, actor)
    statement = _with_others(actor).where(mine(actor), _my_turn(actor) | col(Series.id).in_(list(waits)))
    standing = [
        Standing(one, other, one.state in ("proposed", "changing") and one.turn_id in actor.party_ids)
        for one, other in session.execute(statement.order_by(col(Series.id)).limit(limit))
    ]
    for each in standing:
        for state in waits.get(each.series.id or 0, []):
            each.to_write_down += state == "accepted"
            each.to_confirm += state == "delivered"
            each.to_mend += state == "proposed"
    return standing


def meetings_waiting(session: Session, actor: Actor, limit: int = MOST) -> list[tuple[Agreement, Party]]:
    """The meetings that took place and wait for a word of the actor's, with the other party, oldest first."""
    took_place = col(Agreement.state).in_(("accepted", "delivered"))
    statement = (
        select(Agreement, Party)
        .join(Party, col(Party.id) == others_side(actor, Agreement))
        .where(waits_for(actor), col(Agreement.series_id).is_not(None), took_place)
    )
    return [(row[0], row[1]) for row in session.execute(statement.order_by(col(Agreement.id)).limit(limit))]


def number_waiting(actor: Actor) -> ColumnElement[int] | None:
    """How many of these there are, as an expression."""
    if not actor.party_ids:
        return None
    with_meetings = select(col(Agreement.series_id)).where(_waits_for(actor))
    statement = select(col(Series.id)).where(mine(actor), _my_turn(actor) | col(Series.id).in_(with_meetings))
    return number_of(statement.limit(MOST))


@dataclass(frozen=True)
class Mine:
    """One of the actor's series as a list shows it."""

    series: Series
    other: Party
    terms: SeriesTerms
    next_at: datetime | None
    """When the two meet next, as far as it has been laid out."""


def my_series(session: Session, actor: Actor, *, over: bool = False, limit: int = MOST) -> list[Mine]:
    """The actor's series that go on or wait for an answer; with `over` those that have ended, newest first."""
    if not actor.party_ids:
        return []
    among = col(Series.state).in_(ENDED) if over else col(Series.state).in_(("proposed", *STANDING))
    statement = _with_others(actor).where(mine(actor), among).order_by(col(Series.id).desc()).limit(limit)
    found = session.execute(statement).all()
    ids = [one.id or 0 for one, _other in found]
    today = today_of(session, actor.community_id)
    terms, next_at = _terms_of(session, ids, today), _next_of(session, ids)
    return [Mine(one, other, terms[one.id or 0], next_at.get(one.id or 0)) for one, other in found]


def count_standing(session: Session, actor: Actor) -> int:
    """How many series of the actor go on."""
    statement = select(func.count(col(Series.id))).where(mine(actor), col(Series.state).in_(STANDING))
    return session.scalar(statement) or 0


def _terms_of(session: Session, ids: Sequence[int], today: date) -> dict[int, SeriesTerms]:
    """The terms by which each series meets now, or those that come next, or else those spoken of last."""
    spoken: dict[int, list[SeriesTerms]] = defaultdict(list)
    statement = select(SeriesTerms).where(col(SeriesTerms.series_id).in_(ids))
    for row in session.scalars(statement.order_by(col(SeriesTerms.first_day), col(SeriesTerms.id))):
        spoken[row.series_id].append(row)
    chosen = {}
    for series_id, rows in spoken.items():
        agreed = [row for row in rows if row.state == "agreed"]
        to_come = [row for row in agreed if row.last_day is None or row.last_day >= today]
        chosen[series_id] = (to_come[:1] or agreed[-1:] or [max(rows, key=lambda row: row.id or 0)])[0]
    return chosen


def _next_of(session: Session, ids: Sequence[int]) -> dict[int, datetime]:
    """The next meeting of each series that stands."""
    if not ids:
        return {}
    statement = (
        select(col(Agreement.series_id), func.min(col(Agreement.starts_at)))
        .where(
            col(Agreement.series_id).in_(ids),
            # Joined to nothing, it is not looked for in the index of what is accepted, whosever it is.
            col(Agreement.state).concat("") == "accepted",
            col(Agreement.starts_at) > clock.now(),
        )
        .group_by(col(Agreement.series_id))
    )
    return {series_id: moment for series_id, moment in session.execute(statement) if series_id is not None}


def talks_of(session: Session, actor: Actor, threads: Sequence[int]) -> dict[int, Talk]:
    """What the conversations of series are about, by their thread."""
    with_meetings = col(Series.id).in_(select(col(Agreement.series_id)).where(_waits_for(actor)))
    statement = _with_others(actor).add_columns(with_meetings).where(col(Series.thread_id).in_(threads), mine(actor))
    return {
        one.thread_id: Talk(
            title=one.title,
            state=one.state,
            endpoint="series.show",
            values={"series_id": one.id},
            other=other,
            status=STATUS[one.state],
            my_turn=waits or (one.state in ("proposed", "changing") and one.turn_id == own_side(actor, one)),
        )
        for one, other, waits in session.execute(statement)
    }


def answers_to(session: Session, actor: Actor, post: Post, limit: int = MOST) -> list[tuple[Series, Party]]:
    """The weekly answers to a post in which the actor takes part, each with the other side: all of them for its owner.

    Those that wait come first.
    """
    statement = (
        _with_others(actor)
        .where(col(Series.post_id) == post.id, mine(actor))
        .order_by(col(Series.state) != "proposed", col(Series.id).desc())
        .limit(limit)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def _meetings_that_wait(session: Session, actor: Actor) -> dict[int, list[str]]:
    """The states of the meetings that wait for a party of the actor, by series; those still to come wait for nobody."""
    statement = select(col(Agreement.series_id), col(Agreement.state)).where(_waits_for(actor))
    waits: dict[int, list[str]] = {}
    for series_id, state in session.execute(statement):
        waits.setdefault(series_id, []).append(state)
    return waits


def _waits_for(actor: Actor) -> ColumnElement[bool]:
    return col(Agreement.series_id).is_not(None) & waits_for(actor)


def _my_turn(actor: Actor) -> ColumnElement[bool]:
    return col(Series.state).in_(("proposed", "changing")) & col(Series.turn_id).in_(actor.party_ids)


def _with_others(actor: Actor) -> Any:
    """The beginning of a question for series, each with the other side, seen from the actor's."""
    return select(Series, Party).join(Party, col(Party.id) == others_side(actor, Series))
