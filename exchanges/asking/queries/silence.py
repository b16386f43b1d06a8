"""Questions about posts in which one side waits for a word of the other."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, exists, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from community.conversations.rules import REMIND_AFTER, REMIND_UNTIL
from community.parties.policies import acting
from community.parties.tables import PartyMember
from community.threads.tables import Message, ThreadRead
from exchanges.agreements.tables import Agreement
from exchanges.asking.queries.single import LIVING
from exchanges.asking.tables import PostQuestion
from exchanges.posts.tables import Post
from foundation import clock
from foundation.database import Session

BATCH = 1000


@dataclass(frozen=True)
class Silent:
    """Somebody of one side wrote, the other side is awaited."""

    question_id: int
    community_id: int
    thread_id: int
    author_id: int
    awaited_id: int
    """The party."""
    message_id: int


def silent_questions(session: Session, *, question_id: int | None = None, limit: int = BATCH) -> list[Silent]:
    """Questions whose newest words have waited for some days: read by nobody of the other side, or their first ever.

    Not after a week, nor where the post is gone, or where they went on to a proposal.
    """
    now, later = clock.now(), aliased(Message)
    here, theirs = col(Message.thread_id), col(Message.party_id)
    awaited = case((col(PostQuestion.party_id) == theirs, col(Post.party_id)), else_=col(PostQuestion.party_id))
    newest = ~exists().where(col(later.thread_id) == here, _is_read(later), col(later.id) > col(Message.id))
    spoke = exists().where(col(later.thread_id) == here, col(later.event) == "", col(later.party_id) == awaited)
    read = exists().where(
        col(ThreadRead.thread_id) == here,
        col(ThreadRead.message_id) >= col(Message.id),
        col(ThreadRead.person_id) == col(PartyMember.person_id),
        col(PartyMember.party_id) == awaited,
        *acting(),
    )
    agreed = exists().where(
        col(Agreement.post_id) == col(Post.id),
        or_(
            col(Agreement.giver_id) == col(PostQuestion.party_id),
            col(Agreement.receiver_id) == col(PostQuestion.party_id),
        ),
    )
    statement = (
        select(PostQuestion, col(Message.author_id), awaited, col(Message.id))
        .join(Post, col(Post.id) == col(PostQuestion.post_id))
        .join(Message, here == col(PostQuestion.thread_id))
        .where(
            _is_read(Message),
            theirs.in_((col(PostQuestion.party_id), col(Post.party_id))),
            col(Message.sent_at) <= now - REMIND_AFTER,
            col(Message.sent_at) >= now - REMIND_UNTIL,
            col(Post.state).in_(LIVING),
            newest,
            ~agreed,
            or_(~spoke, ~read),
        )
        .order_by(col(Message.id))
        .limit(limit)
    )
    if question_id is not None:
        statement = statement.where(col(PostQuestion.id) == question_id)
    return [
        Silent(one.id or 0, one.community_id, one.thread_id, author_id or 0, awaited_id, message_id)
        for one, author_id, awaited_id, message_id in session.execute(statement)
    ]


def own_last_words(session: Session, thread_id: int, party_id: int) -> int:
    """The newest message a side wrote in a thread: from there on it is silent. 0 where it never wrote."""
    mine = (col(Message.thread_id) == thread_id, col(Message.party_id) == party_id, col(Message.event) == "")
    return session.scalar(select(func.max(col(Message.id))).where(*mine)) or 0


def _is_read(message: type[Message]) -> ColumnElement[bool]:
    return and_(col(message.event) == "", col(message.hidden_at).is_(None), col(message.withdrawn_at).is_(None))
