"""What somebody may have meant: asking the words that are known which of them a typed one may be.

They come from everything that stands in the index, whoever may see it: to ask with, never to show. `rules.words_in`
gives those to show.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, literal, union_all
from sqlmodel import col, select

from foundation.database import Session
from foundation.search import spelling
from foundation.search.closeness import Readings, close_among, looked_up
from foundation.search.rules import Question, Reading
from foundation.search.tables import SearchSpelling, SearchTrigram, SearchWord

MOST_ALIKE = 400
MOST_CANDIDATES = 60
MOST_BEGUN = 3
FEWEST_SHARED = 0.3
"""How many of its trigrams a mistyped word shares at least with the one that was meant."""


def close_readings(session: Session, asked: Question) -> Readings:
    """For each typed word others that are the same, misspelt there or here; of its family; it as two, or with the next.

    They may be asked for besides it, even where it stands there as it was typed.
    """
    keys, written = looked_up(asked.words)
    if not keys:
        return {}
    alike = select(col(SearchSpelling.word)).where(col(SearchSpelling.key).in_(sorted(keys))).limit(MOST_ALIKE)
    there = select(col(SearchWord.word)).where(col(SearchWord.word).in_(sorted(written)))
    return close_among(asked.words, set(session.scalars(union_all(select(alike.subquery().c.word), there))))


def near_readings(session: Session, words: Sequence[str]) -> tuple[Readings, Readings]:
    """For each of these words those that were perhaps meant, where it stands nowhere: near ones, or what it begins.

    The likeliest, and the others.
    """
    found: dict[str, list[str]] = {word: [] for word in words}
    statements = [statement for word in words if word.isalpha() for statement in _candidates(word)]
    if statements:
        for typed, word in session.execute(union_all(*statements)):
            found[typed].append(word)
    likely: dict[str, list[Reading]] = {}
    others: dict[str, list[Reading]] = {}
    for typed, known in found.items():
        for readings, near in zip((likely, others), spelling.nearest(typed, known), strict=True):
            readings[typed] = [(word,) for word in near]
    return likely, others


def _candidates(word: str) -> list[Any]:
    """The questions for what may have been meant by a word."""
    typed, known = literal(word).label("typed"), col(SearchWord.word)
    # The letter after the last bounds what begins so: an index finds it, whatever the order of the database.
    within = (known > word, known < word[:-1] + chr(ord(word[-1]) + 1), known.startswith(word, autoescape=True))
    begun = select(known.label("word")).where(*within).order_by(func.length(known), known).limit(MOST_BEGUN).subquery()
    statements: list[Any] = [select(typed, begun.c.word)] if len(word) >= spelling.SHORTEST_BEGUN else []
    if len(word) < spelling.SHORTEST_MISSPELT:
        return statements
    pieces, shared, of_piece = spelling.trigrams_of(word), func.count(), col(SearchTrigram.word)
    alike = (
        select(of_piece.label("word"))
        .where(col(SearchTrigram.trigram).in_(sorted(pieces)))
        .group_by(of_piece)
        .having(shared >= max(1, round(len(pieces) * FEWEST_SHARED)))
        .order_by(shared.desc(), of_piece)
        .limit(MOST_CANDIDATES)
        .subquery()
    )
    by_key = select(col(SearchSpelling.word)).where(col(SearchSpelling.key).in_(sorted(spelling.keys_of(word))))
    of_family = by_key.limit(MOST_CANDIDATES).subquery()
    swapped = select(typed, known).where(known.in_(spelling.swaps_of(word)))
    return [*statements, select(typed, alike.c.word), select(typed, of_family.c.word), swapped]
