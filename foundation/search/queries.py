"""Asking the index: conditions for the tables that are listed, ids of what was found, and what was meant."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, cast, column, func, literal, literal_column, or_, table, true
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlmodel import col, select

from foundation.database import Session
from foundation.search.rules import (
    Groups,
    Question,
    audience_term,
    is_mark,
    mistakes_allowed,
    nearest_words,
    swaps_of,
    trigrams_of,
)
from foundation.search.tables import SearchEntry, SearchTrigram, SearchWord

MOST_CANDIDATES = 60
FEWEST_SHARED = 0.3
"""How many of its trigrams a mistyped word shares at least with the one that was meant."""

_TEXT = table("search_text", column("rowid"))
_OF_ENTRY: ColumnElement[Any] = literal_column("search_entry.search_text")


def audiences(kind: str, community_id: int, names: Sequence[str]) -> tuple[str, ...]:
    """The group of terms of everything that somebody in these audiences may see."""
    return tuple(audience_term(kind, community_id, name) for name in names)


def found(session: Session, groups: Groups) -> ColumnElement[bool]:
    """The condition on SearchEntry that it has one term of each group, by way of the index: where few entries have."""
    if _on_sqlite(session) and groups:
        return col(SearchEntry.id).in_(select(_TEXT.c.rowid).where(_matching(groups)))
    return _having(groups)


def newest_ids(session: Session, kind: str, community_id: int, groups: Groups, limit: int) -> list[int]:
    """The ids of the newest entries of a kind that have one term of each group."""
    if _on_sqlite(session):
        here = [(audience_term(kind, community_id),), *groups]
        statement = select(_TEXT.c.rowid).where(_matching(here)).order_by(_TEXT.c.rowid.desc())
    else:
        of_kind = (SearchEntry.community_id == community_id, SearchEntry.kind == kind)
        statement = select(SearchEntry.id).where(*of_kind, _having(groups)).order_by(col(SearchEntry.id).desc())
    return list(session.scalars(statement.limit(limit)))


def met_on_the_way(session: Session, groups: Groups) -> ColumnElement[bool]:
    """The same condition where nobody knows how many have the terms: looked at entry by entry on SQLite.

    PostgreSQL knows about how common each term is, and chooses between its index and looking at them in order.
    """
    return fits(groups) if _on_sqlite(session) else _having(groups)


def fits(groups: Groups) -> ColumnElement[bool]:
    """The same condition looked at entry by entry: where many entries have the terms, and others lead to them."""
    return and_(*(or_(*(_column(term).contains(f" {term} ") for term in group)) for group in groups))


def found_objects(session: Session, kind: str, community_id: int, groups: Groups, limit: int) -> list[int]:
    """The objects of a kind that have one term of each group, the newest first."""
    ids = newest_ids(session, kind, community_id, groups, limit)
    statement = select(SearchEntry.object_id).where(col(SearchEntry.id).in_(ids))
    return list(session.scalars(statement.order_by(col(SearchEntry.id).desc())))


def meant_by(session: Session, asked: Question) -> dict[str, list[str]]:
    """For each typed word the words of the index that were perhaps meant: near ones, or it and the next as one.

    They come from everything that stands there, whoever may see it: to ask with, never to show. `rules.words_in` gives
    those to show.
    """
    meant = {word: _near(session, word) for word in asked.words}
    pairs = {first + second: (first, second) for first, second in zip(asked.words, asked.words[1:], strict=False)}
    if pairs:
        for joined in session.scalars(select(SearchWord.word).where(col(SearchWord.word).in_(list(pairs)))):
            for part in pairs[joined]:
                meant[part].append(joined)
    return {word: near for word, near in meant.items() if near}


def _on_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _matching(groups: Groups) -> ColumnElement[bool]:
    wanted = " AND ".join("(" + " OR ".join(f'"{term}"' for term in group) + ")" for group in groups)
    return literal_column("search_text").op("MATCH")(literal(wanted))


def _having(groups: Groups) -> ColumnElement[bool]:
    if not groups:
        return true()
    wanted = " & ".join("(" + " | ".join(f"'{term}'" for term in group) + ")" for group in groups)
    # Written into the statement: one prepared for any words would be planned for words of which nothing is known.
    return _OF_ENTRY.op("@@")(cast(literal(wanted, literal_execute=True), TSQUERY))


def _column(term: str) -> Any:
    return col(SearchEntry.marks if is_mark(term) else SearchEntry.terms)


def _near(session: Session, word: str) -> list[str]:
    if not mistakes_allowed(word) or not word.isalpha():
        return []
    pieces = trigrams_of(word)
    shared = func.count()
    # Two letters swapped leave a short word hardly a trigram: such words are looked up as they are.
    swapped = list(session.scalars(select(SearchWord.word).where(col(SearchWord.word).in_(swaps_of(word)))))
    statement = (
        select(SearchTrigram.word)
        .where(col(SearchTrigram.trigram).in_(sorted(pieces)))
        .group_by(col(SearchTrigram.word))
        .having(shared >= max(1, round(len(pieces) * FEWEST_SHARED)))
        .order_by(shared.desc(), col(SearchTrigram.word))
        .limit(MOST_CANDIDATES)
    )
    near = nearest_words(word, [*swapped, *session.scalars(statement)])
    return near or _going_on(session, word)


def _going_on(session: Session, word: str) -> list[str]:
    """The shortest words that begin as somebody began one: `matem` for `matematica`."""
    known = col(SearchWord.word)
    # The letter after z bounds what begins so: an index finds it, whatever the order of the database.
    within = (known > word, known < word[:-1] + chr(ord(word[-1]) + 1), known.startswith(word, autoescape=True))
    return list(session.scalars(select(SearchWord.word).where(*within).order_by(func.length(known), known).limit(3)))
