"""A thread a page at a time, and words looked for in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CompoundSelect, func
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from community.threads.queries.lines import Line, lines_of
from community.threads.rules import LOOKED_THROUGH, PAGE
from community.threads.tables import Message
from foundation.database import Session, fold


@dataclass(frozen=True)
class ThreadPage:
    """Lines from older to newer. `older` and `newer` are what to ask for next, `last_id` how far this page reads.

    `older_end` is the line just before the first of this page, from which one reads on backwards.
    """

    lines: tuple[Line, ...]
    older: int | None
    last_id: int
    newer: int | None = None
    older_end: int | None = None


def page_of(
    session: Session,
    thread_id: int,
    *,
    before: int | None = None,
    after: int | None = None,
    at: int | None = None,
    limit: int = PAGE,
) -> ThreadPage:
    """The newest `limit` lines of a thread; or those before or after a message, or those from the message `at` on.

    Where less than a page follows `at`, it is the newest page, so that nobody reads half a page.
    """
    if at is not None and before is None and after is None:
        following = select(col(Message.id)).where(col(Message.thread_id) == thread_id, col(Message.id) >= at)
        if len(session.scalars(following.order_by(col(Message.id)).limit(limit + 1)).all()) > limit:
            after = at - 1
    of_thread = select(Message).where(col(Message.thread_id) == thread_id)
    if after is not None:
        statement = of_thread.where(col(Message.id) > after).order_by(col(Message.id))
        found = list(session.scalars(statement.limit(limit + 1)))
        shown, more = found[:limit], len(found) > limit
        first = shown[0].id if shown else after + 1
        earlier = select(func.max(col(Message.id))).where(col(Message.thread_id) == thread_id, col(Message.id) < first)
        return _page(session, shown, before_it=session.scalar(earlier), newer=more)
    statement = of_thread.order_by(col(Message.id).desc())
    if before is not None:
        statement = statement.where(col(Message.id) < before)
    found = list(session.scalars(statement.limit(limit + 1)))
    before_it = found[limit].id if len(found) > limit else None
    return _page(session, list(reversed(found[:limit])), before_it=before_it, newer=before is not None)


def _page(session: Session, shown: Sequence[Message], *, before_it: int | None, newer: bool) -> ThreadPage:
    lines = lines_of(session, shown)
    return ThreadPage(
        lines=lines,
        older=lines[0].id if lines and before_it else None,
        last_id=lines[-1].id if lines else 0,
        newer=lines[-1].id if lines and newer else None,
        older_end=before_it,
    )


@dataclass(frozen=True)
class LookedThrough:
    """What a search found, the newest first; `before` is where to look further back, None at the end."""

    lines: tuple[tuple[int, Line], ...]
    before: int | None


def found_in(
    session: Session,
    threads: SelectOfScalar[int] | CompoundSelect[Any],
    words: str,
    *,
    before: int | None = None,
    limit: int = PAGE,
    most: int = LOOKED_THROUGH,
) -> LookedThrough:
    """The messages of some threads in which all the words stand, without case and accents.

    They are compared here and not in the database: so it is the same on both, words that are sealed are found by who
    may read them, and no index of what people write to each other is kept. One search looks at `most` messages.
    """
    asked = fold(words).split()
    if not asked:
        return LookedThrough((), None)
    statement = (
        select(col(Message.id), col(Message.words))
        .where(
            col(Message.thread_id).in_(threads),
            col(Message.words) != "",
            col(Message.hidden_at).is_(None),
            col(Message.withdrawn_at).is_(None),
        )
        .order_by(col(Message.id).desc())
        .limit(most)
    )
    if before is not None:
        statement = statement.where(col(Message.id) < before)
    ids: list[int] = []
    last, looked = None, 0
    for message_id, said in session.execute(statement):
        last, looked = message_id, looked + 1
        plain = fold(said)
        if all(word in plain for word in asked):
            ids.append(message_id)
            if len(ids) == limit:
                break
    found = list(session.scalars(select(Message).where(col(Message.id).in_(ids)).order_by(col(Message.id).desc())))
    rows = zip(found, lines_of(session, found), strict=True)
    more = looked == most or len(ids) == limit
    return LookedThrough(tuple((one.thread_id, line) for one, line in rows), last if more else None)
