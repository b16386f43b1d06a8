"""Asking the index: conditions for the tables that are listed, and ids of what was found."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any
from typing import cast as cast_as

from sqlalchemy import (
    ColumnElement,
    String,
    and_,
    bindparam,
    cast,
    column,
    literal,
    literal_column,
    or_,
    table,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlmodel import col, select

from foundation.database import Session
from foundation.search.rules import Groups, Question, audience_term, is_mark
from foundation.search.tables import BIG, SearchEntry

MOST_FOUND = 100
"""Of each kind: more is not looked at, whoever may see it."""
_TEXT = table("search_text", column("rowid"))
_OF_ENTRY: ColumnElement[Any] = literal_column("search_entry.search_text")


def audiences(kind: str, community_id: int, names: Sequence[str]) -> tuple[str, ...]:
    """The group of terms of everything that somebody in these audiences may see."""
    return tuple(audience_term(kind, community_id, name) for name in names)


def found(session: Session, groups: Groups) -> ColumnElement[bool]:
    """The condition on SearchEntry that it has one term of each group, by way of the index: where few entries have."""
    if on_sqlite(session) and groups:
        return col(SearchEntry.id).in_(select(_TEXT.c.rowid).where(_matching(groups)))
    return _having(groups)


def newest_between(kind: str, community_id: Any, on_sqlite: bool) -> Any:
    """A statement for the newest entries, with blanks.

    `wanted` is filled in with what `wanted_by` says, `after` and `before` are ids between which theirs are, `most` says
    how many.
    """
    entry_id, statement = _of_kind(kind, community_id, on_sqlite)
    wanted = bindparam("wanted", type_=String, literal_execute=not on_sqlite)
    after, before = (bindparam(name, type_=BIG) for name in ("after", "before"))
    between = statement.where(_answers(wanted, on_sqlite=on_sqlite), entry_id > after, entry_id < before)
    return between.order_by(entry_id.desc()).limit(cast_as(int, bindparam("most")))


def wanted_by(session: Session, groups: Groups, lacking: Groups = ()) -> str:
    """What has one term of each group, and does not have one of each of `lacking`, as the database writes it."""
    if on_sqlite(session):
        here = _said(groups, '"', " AND ", " OR ")
        return f"({here}) NOT (" + _said(lacking, '"', " AND ", " OR ") + ")" if lacking else here
    return _said(groups, "'", " & ", " | ") + (" & !(" + _said(lacking, "'", " & ", " | ") + ")" if lacking else "")


def newest_ids_of_each(
    session: Session, kind: str, community_id: int, some: Sequence[Groups], limit: int
) -> list[list[int]]:
    """For each of several questions the ids of the newest entries of a kind that have one term of each group."""
    found: list[list[int]] = [[] for _each in some]
    if not some:
        return found
    sqlite = on_sqlite(session)
    filled: dict[str, Any] = {"community": community_id, "most": limit}
    for number, groups in enumerate(some):
        wanted = [(audience_term(kind, community_id),), *groups] if sqlite else groups
        filled[f"wanted{number}"] = wanted_by(session, wanted)
    # All rows at once: they are many and small.
    for number, entry_id in session.execute(_newest_with_blanks(kind, len(some), sqlite), filled).all():
        found[number].append(entry_id)
    return found


@lru_cache(maxsize=64)
def _newest_with_blanks(kind: str, number: int, on_sqlite: bool) -> Any:
    """The same as a statement that is put together once: that would take longer than to answer it."""
    each = []
    for one in range(number):
        entry_id, statement = _of_kind(kind, cast_as(int, bindparam("community")), on_sqlite)
        wanted = bindparam(f"wanted{one}", type_=String, literal_execute=not on_sqlite)
        newest = statement.where(_answers(wanted, on_sqlite=on_sqlite)).order_by(entry_id.desc())
        each.append(select(literal(one), *newest.limit(cast_as(int, bindparam("most"))).subquery().c))
    return union_all(*each)


def answering(session: Session, kind: str, community_id: int, some: Sequence[Groups], limit: int) -> Any:
    """The newest entries of a kind that answer each of several questions, to be joined.

    Its columns are `id`, and as `rank` which of the questions it is: what answers several is there several times.
    """
    return _newest_of_each(session, community_id, [(kind, some)], limit).subquery()


def met_on_the_way(session: Session, groups: Groups) -> ColumnElement[bool]:
    """The same condition where nobody knows how many have the terms: looked at entry by entry on SQLite.

    PostgreSQL knows about how common each term is, and chooses between its index and looking at them in order.
    """
    return fits(groups) if on_sqlite(session) else _having(groups)


def fits(groups: Groups) -> ColumnElement[bool]:
    """The same condition looked at entry by entry: where many entries have the terms, and others lead to them."""
    return and_(*(or_(*(_column(term).contains(f" {term} ") for term in group)) for group in groups))


def found_objects(
    session: Session, community_id: int, wanted: Mapping[str, Sequence[Groups]], limit: int
) -> dict[str, list[int]]:
    """By kind the objects that have one term of each group, the newest first: one question for all kinds.

    What answers the first of several groups stands before what answers only the next; of each at most so many.
    """
    ranked = _newest_of_each(session, community_id, list(wanted.items()), limit).subquery()
    found: dict[str, dict[int, None]] = {kind: {} for kind in wanted}
    statement = select(SearchEntry.kind, SearchEntry.object_id).join(ranked, col(SearchEntry.id) == ranked.c.id)
    for kind, object_id in session.execute(statement.order_by(ranked.c.rank, ranked.c.id.desc())):
        found[kind][object_id] = None
    return {kind: list(ids) for kind, ids in found.items()}


def found_among(
    session: Session, community_id: int, among: Mapping[str, Sequence[str]], asked: Question
) -> dict[str, list[int]]:
    """By kind the objects that answer a question and are for one of these audiences, the likeliest first."""
    wanted = {
        kind: [[audiences(kind, community_id, names), *demands] for demands in asked.likeliest_first]
        for kind, names in among.items()
    }
    return found_objects(session, community_id, wanted, MOST_FOUND) if wanted else {}


def _newest_of_each(
    session: Session, community_id: int, wanted: Sequence[tuple[str, Sequence[Groups]]], limit: int
) -> Any:
    each = [
        (rank, _newest(session, kind, community_id, groups, limit).subquery())
        for kind, some in wanted
        for rank, groups in enumerate(some)
    ]
    return union_all(*(select(literal(rank).label("rank"), one.c[0].label("id")) for rank, one in each))


def _newest(session: Session, kind: str, community_id: int, groups: Groups, limit: int) -> Any:
    entry_id, statement = _of_kind(kind, community_id, on_sqlite(session))
    wanted = [(audience_term(kind, community_id),), *groups] if on_sqlite(session) else groups
    if wanted:
        statement = statement.where(_answers(wanted_by(session, wanted), on_sqlite=on_sqlite(session)))
    return statement.order_by(entry_id.desc()).limit(limit)


def _of_kind(kind: str, community_id: Any, on_sqlite: bool) -> tuple[Any, Any]:
    """The ids of entries, and a statement for those of a kind, which SQLite's index is told as one more term."""
    if on_sqlite:
        return _TEXT.c.rowid, select(_TEXT.c.rowid)
    entry_id = col(SearchEntry.id)
    return entry_id, select(entry_id).where(SearchEntry.community_id == community_id, SearchEntry.kind == kind)


def on_sqlite(session: Session) -> bool:
    """Whether the index is SQLite's."""
    return session.get_bind().dialect.name == "sqlite"


def _matching(groups: Groups) -> ColumnElement[bool]:
    return _answers(_said(groups, '"', " AND ", " OR "), on_sqlite=True)


def _having(groups: Groups) -> ColumnElement[bool]:
    return _answers(_said(groups, "'", " & ", " | "), on_sqlite=False) if groups else true()


def _answers(wanted: Any, *, on_sqlite: bool) -> ColumnElement[bool]:
    """The condition that an entry has what is wanted; a string or a blank for one."""
    if on_sqlite:
        return literal_column("search_text").op("MATCH")(literal(wanted) if isinstance(wanted, str) else wanted)
    # Written into the statement: one prepared for any words would be planned for words of which nothing is known.
    written = literal(wanted, literal_execute=True) if isinstance(wanted, str) else wanted
    return _OF_ENTRY.op("@@")(cast(written, TSQUERY))


def _said(groups: Groups, quote: str, all_of: str, any_of: str) -> str:
    """The groups as the databases write them."""
    return all_of.join("(" + any_of.join(f"{quote}{term}{quote}" for term in group) + ")" for group in groups)


def _column(term: str) -> Any:
    return col(SearchEntry.marks if is_mark(term) else SearchEntry.terms)
