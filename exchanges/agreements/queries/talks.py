"""My conversations: the threads of my agreements, and of what agreements are a part of, each told once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CompoundSelect, func, union
from sqlmodel import col, select

from community.parties.tables import Party
from community.threads.queries import Line, last_words, unread
from community.threads.tables import Message
from exchanges.agreements.policies import others_side, own_side
from exchanges.agreements.queries.lists import mine
from exchanges.agreements.rules import OPEN
from exchanges.agreements.tables import Agreement
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import registry

PAGE = 30


@dataclass(frozen=True)
class Talk:
    """What a conversation is about, for a list: where it leads, how it stands, whether it waits for my word."""

    title: str
    state: str
    endpoint: str
    values: Mapping[str, object]
    other: Party
    my_turn: bool


@dataclass(frozen=True)
class Conversation:
    """One row of the messages: what it is about, what was last said, how much of it is new."""

    thread_id: int
    talk: Talk
    last: Line | None
    last_id: int
    unread: int


def my_threads(actor: Actor) -> CompoundSelect[Any]:
    """The ids of the threads in which the actor takes part, to be used in another question.

    A feature whose meetings are agreements, such as series, gives its own threads by the hook `talk_threads`.
    """
    of_agreements = select(col(Agreement.thread_id)).where(mine(actor), col(Agreement.series_id).is_(None))
    return union(of_agreements, *(threads(actor) for threads in registry.hooks("talk_threads")))


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
    talks = _talks(session, actor, threads)
    news = unread(session, actor.must_be_person(), threads)
    words = last_words(session, threads)
    return [
        Conversation(thread_id, talks[thread_id], words.get(thread_id), last_ids[thread_id], news.get(thread_id, 0))
        for thread_id in threads
        if thread_id in talks
    ]


def _talks(session: Session, actor: Actor, threads: Sequence[int]) -> dict[int, Talk]:
    """What each thread is about: the hook `talks` gives those of other features."""
    statement = (
        select(Agreement, Party)
        .join(Party, col(Party.id) == others_side(actor, Agreement))
        .where(col(Agreement.thread_id).in_(threads), col(Agreement.series_id).is_(None))
    )
    talks = {one.thread_id: _talk(one, actor, other) for one, other in session.execute(statement)}
    for of_feature in registry.hooks("talks"):
        talks |= of_feature(session, actor, threads)
    return talks


def _talk(agreement: Agreement, actor: Actor, other: Party) -> Talk:
    waits = agreement.state in OPEN and agreement.state != "accepted"
    return Talk(
        title=agreement.title,
        state=agreement.state,
        endpoint="agreements.show",
        values={"agreement_id": agreement.id},
        other=other,
        my_turn=waits and agreement.turn_id == own_side(actor, agreement),
    )
