"""Where a household has still to say for whom it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, exists, or_, union_all
from sqlmodel import col, select

from community.dependants.queries import standings_of
from community.dependants.rules import MINORS, Standing
from community.households.tables import Dependant
from exchanges.agreements.tables import Agreement
from exchanges.entrusting.queries.choosing import threads_with_children
from exchanges.entrusting.tables import Entrusting
from exchanges.matching.policies import demands_care
from exchanges.series.tables import Series
from foundation import clock
from foundation.access import Actor
from foundation.database import Session, number_of

MOST = 20


@dataclass(frozen=True)
class Unsaid:
    """A thing agreed or proposed of which a household has still to say for whom it is, and who it may be for."""

    thread_id: int
    title: str
    dependants: Sequence[Dependant]
    """Those for whom nobody's yes is absent; children alone where children are looked after."""
    for_children: bool


def to_say(session: Session, actor: Actor) -> Sequence[tuple[int, str]]:
    """Where a household of the actor has still to say for whom it is: thread and title, the oldest first."""
    if not actor.party_ids:
        return []
    return [(thread_id, title) for thread_id, title in session.execute(_unsaid(actor).limit(MOST))]


def still_to_say(session: Session, actor: Actor, most: int = 5) -> list[Unsaid]:
    """The same with those it may be for, in a few questions; the others wait until these are said."""
    threads = to_say(session, actor)[:most]
    if not threads:
        return []
    ours = (col(Dependant.party_id).in_(actor.party_ids), col(Dependant.removed_at).is_(None))
    kept = session.exec(select(Dependant).where(*ours).order_by(col(Dependant.id))).all()
    standings = standings_of(session, kept)
    ready = [one for one in kept if standings[one.id or 0] is Standing.GIVEN]
    minors = [one for one in ready if one.age_band in MINORS]
    children = threads_with_children(session, [thread_id for thread_id, _title in threads], Agreement, Series)
    return [
        Unsaid(thread_id, title, minors if thread_id in children else ready, thread_id in children)
        for thread_id, title in threads
    ]


def number_to_say(actor: Actor) -> ColumnElement[int] | None:
    """How many these are, as an expression."""
    return number_of(_unsaid(actor).limit(MOST)) if actor.party_ids else None


def _unsaid(actor: Actor) -> Select[Any]:
    now = clock.now()
    single = _lines(actor, Agreement, ("proposed", "accepted")).where(
        col(Agreement.series_id).is_(None), or_(col(Agreement.starts_at).is_(None), col(Agreement.starts_at) > now)
    )
    both = union_all(single, _lines(actor, Series, ("proposed", "open", "changing"))).subquery()
    return select(both.c.thread_id, both.c.title).order_by(both.c.thread_id)


def _lines(actor: Actor, table: Any, states: tuple[str, ...]) -> Select[Any]:
    keeps = exists().where(col(Dependant.party_id) == col(table.receiver_id), col(Dependant.removed_at).is_(None))
    said = exists().where(
        col(Entrusting.thread_id) == col(table.thread_id), col(Entrusting.party_id) == col(table.receiver_id)
    )
    lines = cast(Select[Any], select(col(table.thread_id).label("thread_id"), col(table.title).label("title")))
    return lines.where(
        col(table.community_id) == actor.community_id,
        col(table.receiver_id).in_(actor.party_ids),
        col(table.state).in_(states),
        demands_care(col(table.category_id)),
        keeps,
        ~said,
    )
