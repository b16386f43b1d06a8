"""A common word among a million posts: what the database takes to answer the board that asks for it.

The statements of one such request are noted, then each is asked again as it was, by itself.
"""

import statistics
import time
from collections import Counter
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from app import load_features
from bench.grown import HUGE, KINDS, Grown, databases, grown
from bench.measures import Measure
from community.members.queries import actor_for
from exchanges.posts.queries import Filters, board
from foundation.access import Actor
from foundation.database import Database, Session
from foundation.feature import registry
from foundation.search import counting
from foundation.search.rules import is_mark
from foundation.search.stems import terms_of
from foundation.search.tables import SearchEntry, SearchWord
from foundation.search.words import TITLE

TIMES = 31
MOST_MS = 5.0
SAMPLE = 3000

Asked = tuple[str, Any]


def measure() -> list[Measure]:
    """The measure on both databases."""
    measures = []
    for kind in KINDS:
        with databases(kind) as base:
            here = grown(base, HUGE)
            print(f"words: {kind} ...", flush=True)
            measures += _measure(kind, here)
    return measures


def _measure(kind: str, here: Grown) -> list[Measure]:
    registry.register(load_features())
    database = Database(here.url)
    with database.reading() as session:
        actor = actor_for(session, here.person_id, here.community_id)
        word = common_word(session)
        whole = board(session, actor, Filters()).total
        asked = _asked(session, actor, Filters(words=word, order="newest"))
        best = _asked(session, actor, Filters(words=word))
        counted = _asked(session, actor, Filters(words=word), anew=True)
        times = {name: _time(session, one) for name, one in (("newest", asked), ("best", best), ("counted", counted))}
    database.dispose()
    label = f"{kind}, “{word}” in {whole} posts"
    return [
        _under(f"in the database, newest first, {label}", times["newest"]),
        _under(f"in the database, best first, {label}", times["best"]),
        Measure(f"the same with its numbers counted anew, once in 30 s at most, {kind}", f"{times['counted']:.2f} ms"),
    ]


def _under(name: str, figure: float) -> Measure:
    return Measure(name, f"{figure:.2f} ms", f"under {MOST_MS:g} ms", figure < MOST_MS)


def common_word(session: Session) -> str:
    """The word that stands in most posts."""
    newest = select(SearchEntry.terms).where(SearchEntry.kind == "post").order_by(col(SearchEntry.id).desc())
    counted = Counter(term for terms in session.scalars(newest.limit(SAMPLE)) for term in terms.split())
    words = {term: word for word in session.scalars(select(SearchWord.word)) for term in terms_of(word)}
    for term, _count in counted.most_common():
        if term in words and not is_mark(term) and not term.startswith(TITLE):
            return words[term]
    raise LookupError("no words")


def _asked(session: Session, actor: Actor, filters: Filters, *, anew: bool = False) -> list[Asked]:
    """The statements of one board, which answers it warm or counting what has the words anew."""
    board(session, actor, filters)
    if anew:
        for counted in counting.all_counted():
            counted.tally.forget_kept()
    asked: list[Asked] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        asked.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        board(session, actor, filters)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return asked


def _time(session: Session, asked: list[Asked]) -> float:
    """The milliseconds that these statements take together, one after the other."""
    connection = session.connection()
    took = []
    for _time in range(TIMES):
        began = time.perf_counter()
        for statement, parameters in asked:
            connection.exec_driver_sql(statement, parameters).fetchall()
        took.append(1000 * (time.perf_counter() - began))
    return statistics.median(took)
