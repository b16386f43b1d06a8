"""How far somebody has read, what is new to them, and whom to tell."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, exists, func, or_
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from community.threads.tables import Message, Thread, ThreadMute, ThreadRead
from foundation.database import Session

_PERSON = "_person_id"


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
    """How many words of others are new to a person in the threads that a select of ids gives, as an expression.

    Muted threads do not count: they are read when it suits.
    """
    muted = exists().where(col(ThreadMute.thread_id) == col(Message.thread_id), col(ThreadMute.person_id) == person_id)
    statement = _unread(person_id).add_columns(func.count()).where(col(Message.thread_id).in_(threads), ~muted)
    return statement.scalar_subquery()


def muted_among(session: Session, person_id: int, thread_ids: Iterable[int]) -> set[int]:
    """Which of the threads a person has muted."""
    theirs = (col(ThreadMute.person_id) == person_id, col(ThreadMute.thread_id).in_(list(thread_ids)))
    return set(session.scalars(select(col(ThreadMute.thread_id)).where(*theirs)))


@dataclass(frozen=True)
class Met:
    """A thread as one person meets it."""

    confidential: bool
    muted: bool
    first_unread: int | None


def as_met(session: Session, person_id: int, thread_id: int) -> Met:
    """Whether a thread is confidential or muted, and where what is new to a person begins, in one question."""
    muted = exists().where(col(ThreadMute.thread_id) == col(Thread.id), col(ThreadMute.person_id) == person_id)
    first = _unread(person_id).add_columns(func.min(col(Message.id))).where(col(Message.thread_id) == thread_id)
    statement = select(col(Thread.confidential), muted, first.scalar_subquery()).where(col(Thread.id) == thread_id)
    row = session.execute(statement).one()
    return Met(bool(row[0]), bool(row[1]), row[2])


def to_tell(session: Session, thread_id: int, person_ids: Iterable[int]) -> dict[int, str]:
    """Who of these people hears of new words, each with a key that stays the same until they have read the thread.

    So whoever has not looked yet is told once, however much is written meanwhile. Who muted it is left out.
    """
    wanted = sorted(set(person_ids))
    of_thread = (col(ThreadMute.thread_id) == thread_id, col(ThreadMute.person_id).in_(wanted))
    muted = set(session.scalars(select(col(ThreadMute.person_id)).where(*of_thread)))
    marks = marks_of(session, thread_id, wanted)
    return {one: f"words-after-{marks.get(one, 0)}" for one in wanted if one not in muted}


def marks_of(session: Session, thread_id: int, person_ids: Iterable[int]) -> dict[int, int]:
    """Up to which message each of these people has read a thread."""
    theirs = (col(ThreadRead.thread_id) == thread_id, col(ThreadRead.person_id).in_(list(person_ids)))
    rows = session.execute(select(col(ThreadRead.person_id), col(ThreadRead.message_id)).where(*theirs))
    return {row[0]: row[1] for row in rows}


def _unread(person_id: int) -> "Select[tuple[()]]":
    mark = and_(col(ThreadRead.thread_id) == col(Message.thread_id), col(ThreadRead.person_id) == person_id)
    statement: Select[tuple[()]] = (
        sqlalchemy.select()
        .select_from(Message)
        .outerjoin(ThreadRead, mark)
        .where(
            col(Message.event) == "",
            col(Message.hidden_at).is_(None),
            col(Message.withdrawn_at).is_(None),
            or_(col(Message.author_id).is_(None), col(Message.author_id) != person_id),
            or_(col(ThreadRead.message_id).is_(None), col(Message.id) > col(ThreadRead.message_id)),
        )
    )
    return statement
