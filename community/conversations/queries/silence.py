"""Direct conversations in which somebody waits for a word."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, exists, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from community.conversations.rules import REMIND_AFTER, REMIND_UNTIL
from community.conversations.tables import DirectThread
from community.threads.tables import Message, ThreadMute, ThreadRead
from foundation import clock
from foundation.database import Session

BATCH = 1000


@dataclass(frozen=True)
class Silent:
    """Somebody wrote, the other is awaited."""

    direct_id: int
    community_id: int
    thread_id: int
    author_id: int
    awaited_id: int
    message_id: int


def silent_talks(session: Session, *, direct_id: int | None = None, limit: int = BATCH) -> list[Silent]:
    """Direct conversations whose newest words have waited for some days: not read, or the first the other ever got.

    What was read needs no answer, once the two have written to each other. Not after a week, nor in what is muted.
    """
    now, later = clock.now(), aliased(Message)
    here, theirs = col(Message.thread_id), col(Message.author_id)
    awaited = case((col(DirectThread.low_id) == theirs, col(DirectThread.high_id)), else_=DirectThread.low_id)
    newest = ~exists().where(col(later.thread_id) == here, _is_read(later), col(later.id) > col(Message.id))
    spoke = exists().where(col(later.thread_id) == here, col(later.event) == "", col(later.author_id) == awaited)
    read = exists().where(
        col(ThreadRead.thread_id) == here,
        col(ThreadRead.person_id) == awaited,
        col(ThreadRead.message_id) >= col(Message.id),
    )
    muted = exists().where(col(ThreadMute.thread_id) == here, col(ThreadMute.person_id) == awaited)
    statement = (
        select(DirectThread, theirs, awaited, col(Message.id))
        .join(Message, here == col(DirectThread.thread_id))
        .where(
            _is_read(Message),
            theirs.in_((col(DirectThread.low_id), col(DirectThread.high_id))),
            col(Message.sent_at) <= now - REMIND_AFTER,
            col(Message.sent_at) >= now - REMIND_UNTIL,
            col(DirectThread.low_left_at).is_(None),
            col(DirectThread.high_left_at).is_(None),
            newest,
            ~muted,
            or_(~spoke, ~read),
        )
        .order_by(col(Message.id))
        .limit(limit)
    )
    if direct_id is not None:
        statement = statement.where(col(DirectThread.id) == direct_id)
    return [
        Silent(one.id or 0, one.community_id, one.thread_id, author_id, awaited_id, message_id)
        for one, author_id, awaited_id, message_id in session.execute(statement)
    ]


def own_last_words(session: Session, thread_id: int, person_id: int) -> int:
    """The newest message somebody wrote in a thread: from there on they are silent. 0 where they never wrote."""
    mine = (col(Message.thread_id) == thread_id, col(Message.author_id) == person_id, col(Message.event) == "")
    return session.scalar(select(func.max(col(Message.id))).where(*mine)) or 0


def _is_read(message: type[Message]) -> ColumnElement[bool]:
    return and_(col(message.event) == "", col(message.hidden_at).is_(None), col(message.withdrawn_at).is_(None))
