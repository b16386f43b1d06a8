"""My conversations of every kind, each told once, and looking for words in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CompoundSelect, func, union
from sqlmodel import col, select

from community.conversations.rules import PAGE, Talk, excerpt
from community.threads.queries import Line, found_in, last_words, muted_among, unread
from community.threads.tables import Message, Thread
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import registry


@dataclass(frozen=True)
class Conversation:
    """One row of the messages: what it is about, what was last said, how much of it is new."""

    thread_id: int
    talk: Talk
    last: Line | None
    last_id: int
    unread: int
    muted: bool = False


@dataclass(frozen=True)
class Hit:
    """A message that was found, and what it stands beside."""

    line: Line
    talk: Talk
    said: str
    """The words around what was asked for."""


def my_threads(actor: Actor) -> CompoundSelect[Any]:
    """The ids of the threads in which the actor takes part, to be used in another question.

    Whatever has threads gives its own by the hook `talk_threads`.
    """
    nothing = select(col(Thread.id)).where(col(Thread.id).is_(None))
    return union(nothing, *(threads(actor) for threads in registry.hooks("talk_threads")))


def conversations(
    session: Session, actor: Actor, *, before: int | None = None, limit: int = PAGE
) -> list[Conversation]:
    """The actor's conversations, the one last written in first; `before` is the `last_id` of the page before."""
    newest = func.max(col(Message.id))
    statement = (
        select(col(Message.thread_id), newest)
        .where(col(Message.thread_id).in_(my_threads(actor)))
        .group_by(col(Message.thread_id))
        .order_by(newest.desc())
        .limit(limit)
    )
    if before is not None:
        statement = statement.having(newest < before)
    last_ids = {row[0]: row[1] for row in session.execute(statement)}
    threads = list(last_ids)
    talks = talks_about(session, actor, threads)
    news = unread(session, actor.must_be_person(), threads)
    words = last_words(session, threads)
    muted = muted_among(session, actor.must_be_person(), threads)
    return [
        Conversation(one, talks[one], words.get(one), last_ids[one], news.get(one, 0), one in muted)
        for one in threads
        if one in talks
    ]


def talks_about(session: Session, actor: Actor, threads: Sequence[int]) -> dict[int, Talk]:
    """What each thread is about: the hook `talks(session, actor, threads)` of whatever has threads says it."""
    found: dict[int, Talk] = {}
    for of_feature in registry.hooks("talks") if threads else ():
        found |= of_feature(session, actor, threads)
    return found


def search_mine(
    session: Session, actor: Actor, words: str, *, before: int | None = None
) -> tuple[list[Hit], int | None]:
    """Messages of the actor's own conversations with all these words, and where to look further back."""
    looked = found_in(session, my_threads(actor), words, before=before)
    talks = talks_about(session, actor, sorted({thread_id for thread_id, _line in looked.lines}))
    hits = [
        Hit(line, talks[thread_id], excerpt(line.words, words))
        for thread_id, line in looked.lines
        if thread_id in talks
    ]
    return hits, looked.before
