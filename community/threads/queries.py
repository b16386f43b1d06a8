"""Reading a thread, a page at a time, and what of it is new to a person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, func, or_
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from community.members.tables import Person
from community.threads.rules import PAGE
from community.threads.tables import Message, ThreadRead
from foundation.database import Session

_PERSON = "_person_id"


@dataclass(frozen=True)
class Line:
    """One message as it is read. Either `words`, or `event`: a sentence of the catalogue with `params` to fill it."""

    id: int
    words: str
    event: str
    params: dict[str, str | int]
    author_id: int | None
    author: str
    recorder: str
    """Who wrote it for the author, when a maker did."""
    party_id: int | None
    sent_at: datetime
    hidden: bool


@dataclass(frozen=True)
class ThreadPage:
    """Lines from older to newer. `older` is what to ask for next, `last_id` how far this page reads."""

    lines: tuple[Line, ...]
    older: int | None
    last_id: int


def page_of(session: Session, thread_id: int, *, before: int | None = None, limit: int = PAGE) -> ThreadPage:
    """The newest `limit` lines of a thread, or those before the message `before`."""
    statement = (
        select(Message).where(col(Message.thread_id) == thread_id).order_by(col(Message.id).desc()).limit(limit + 1)
    )
    if before is not None:
        statement = statement.where(col(Message.id) < before)
    found = list(session.scalars(statement))
    shown = list(reversed(found[:limit]))
    names = _names(session, shown)
    lines = tuple(_line(message, names) for message in shown)
    return ThreadPage(
        lines=lines,
        older=lines[0].id if len(found) > limit else None,
        last_id=lines[-1].id if lines else 0,
    )


def unread(session: Session, person_id: int, thread_ids: Iterable[int]) -> dict[int, int]:
    """How many words of others are new to a person, by thread; threads without any are left out."""
    wanted = list(thread_ids)
    if not wanted:
        return {}
    statement = (
        _unread(person_id)
        .add_columns(col(Message.thread_id), func.count())
        .where(col(Message.thread_id).in_(wanted))
        .group_by(col(Message.thread_id))
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def number_unread(person_id: int, threads: SelectOfScalar[int] | CompoundSelect[Any]) -> ColumnElement[int]:
    """How many words of others are new to a person in the threads that a select of ids gives, as an expression."""
    statement = _unread(person_id).add_columns(func.count()).where(col(Message.thread_id).in_(threads))
    return statement.scalar_subquery()


def last_words(session: Session, thread_ids: Sequence[int]) -> dict[int, Line]:
    """The newest line of each thread that has any."""
    if not thread_ids:
        return {}
    newest = (
        select(func.max(col(Message.id))).where(col(Message.thread_id).in_(thread_ids)).group_by(col(Message.thread_id))
    )
    found = list(session.scalars(select(Message).where(col(Message.id).in_(newest))))
    names = _names(session, found)
    return {message.thread_id: _line(message, names) for message in found}


def thread_of_message(session: Session, message_id: int) -> Message | None:
    """The message with its `thread_id`, for the owner of the thread to check who may see it."""
    return session.get(Message, message_id)


def _unread(person_id: int) -> "Select[tuple[()]]":
    mark = and_(col(ThreadRead.thread_id) == col(Message.thread_id), col(ThreadRead.person_id) == person_id)
    statement: Select[tuple[()]] = (
        select()  # type: ignore[call-overload]  # the caller adds the columns
        .select_from(Message)
        .outerjoin(ThreadRead, mark)
        .where(
            col(Message.event) == "",
            col(Message.hidden_at).is_(None),
            or_(col(Message.author_id).is_(None), col(Message.author_id) != person_id),
            or_(col(ThreadRead.message_id).is_(None), col(Message.id) > col(ThreadRead.message_id)),
        )
    )
    return statement


def _names(session: Session, messages: Iterable[Message]) -> dict[int, str]:
    people: set[int] = set()
    for message in messages:
        people |= {who for who in (message.author_id, message.recorded_by_id) if who is not None}
        people |= {int(value) for name, value in message.params.items() if name.endswith(_PERSON)}
    if not people:
        return {}
    rows = session.execute(select(col(Person.id), col(Person.given_name)).where(col(Person.id).in_(people)))
    return {row[0]: row[1] for row in rows}


def _line(message: Message, names: dict[int, str]) -> Line:
    author = names.get(message.author_id or 0, "")
    params: dict[str, str | int] = {"who": author, **message.params}
    for name, value in message.params.items():
        if name.endswith(_PERSON):
            params[name.removesuffix(_PERSON)] = names.get(int(value), "")
    return Line(
        id=message.id or 0,
        words="" if message.hidden_at else message.words,
        event=message.event,
        params=params,
        author_id=message.author_id,
        author=author,
        recorder=names.get(message.recorded_by_id or 0, ""),
        party_id=message.party_id,
        sent_at=message.sent_at,
        hidden=message.hidden_at is not None,
    )


def author_of_message(session: Session, message_id: int) -> int | None:
    """Who wrote a message; None for an event."""
    return session.scalar(select(col(Message.author_id)).where(col(Message.id) == message_id))
