"""Posts that are asked about: which may be, what was asked, and how somebody stands to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from community.conversations.rules import Standing, Talk
from community.moderation.policies import are_apart, own_ids
from community.parties.policies import is_present
from community.parties.tables import Party
from exchanges.agreements.policies import TAKE_PART
from exchanges.agreements.queries import is_reachable, reachable
from exchanges.asking.tables import PostQuestion
from exchanges.posts.queries import post_visible_to
from exchanges.posts.tables import Post
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

LIVING = ("open", "paused")
"""While a post is like this, it can be talked about."""


@dataclass(frozen=True)
class Question:
    """A question about a post, with the side that reads it on the other end."""

    question: PostQuestion
    other: Party


def post_to_ask_about(session: Session, actor: Actor, post_id: int) -> Post:
    """A post of somebody else that can be asked about. Raises Missing for any other.

    Not a confidential need, which makers mediate, nor one of who has no address: a maker calls those.
    """
    if not actor.may(TAKE_PART) or actor.party_id is None:
        raise Missing()
    view = post_visible_to(session, actor, post_id)
    post = view.post
    if view.is_own or post.state != "open" or post.visibility == "confidential":
        raise Missing()
    if are_apart(session, actor, post.party_id) or not is_reachable(session, post.party_id):
        raise Missing()
    return post


def asking_on_page(session: Session, actor: Actor, post: Post) -> tuple[bool, bool]:
    """Whether a post that the actor reads can be asked about, and whether they did already, in one question."""
    may = actor.may(TAKE_PART) and actor.party_id is not None and post.party_id not in actor.party_ids
    if not may or post.state != "open" or post.visibility == "confidential":
        return False, False
    asked = exists().where(col(PostQuestion.post_id) == post.id, col(PostQuestion.party_id) == actor.party_id)
    of_owner = select(reachable(col(Party.id)), asked).where(col(Party.id) == post.party_id)
    row = session.execute(of_owner).one()
    return bool(row[0]), bool(row[1])


def question_of(session: Session, actor: Actor, post_id: int) -> PostQuestion | None:
    """What the actor's party asked about a post."""
    return session.scalars(
        select(PostQuestion).where(
            col(PostQuestion.post_id) == post_id,
            col(PostQuestion.party_id) == actor.party_id,
            col(PostQuestion.community_id) == actor.community_id,
        )
    ).one_or_none()


def questions_about(session: Session, post: Post, limit: int = 20) -> list[Question]:
    """What was asked about one's own post, the newest first."""
    statement = (
        select(PostQuestion, Party)
        .join(Party, col(Party.id) == col(PostQuestion.party_id))
        .where(col(PostQuestion.post_id) == post.id)
        .order_by(col(PostQuestion.id).desc())
        .limit(limit)
    )
    return [Question(row[0], row[1]) for row in session.execute(statement)]


def own_threads(actor: Actor) -> SelectOfScalar[int]:
    """The ids of the threads about posts in which the actor's parties take part."""
    of_posts = select(col(PostQuestion.thread_id)).join(Post, col(Post.id) == col(PostQuestion.post_id))
    return of_posts.where(_mine(actor))


def talks_of(session: Session, actor: Actor, threads: Sequence[int]) -> dict[int, Talk]:
    """What the conversations about posts are about, by their thread."""
    mine = sorted(own_ids(actor))
    other = aliased(Party)
    whose = case((col(PostQuestion.party_id).in_(mine), col(Post.party_id)), else_=col(PostQuestion.party_id))
    statement = (
        select(PostQuestion, Post, other)
        .join(Post, col(Post.id) == col(PostQuestion.post_id))
        .join(other, col(other.id) == whose)
        .where(col(PostQuestion.thread_id).in_(threads), _mine(actor))
    )
    return {
        question.thread_id: Talk(
            title=post.title,
            state=post.state,
            endpoint="conversations.show",
            values={"thread_id": question.thread_id},
            other=party,
        )
        for question, post, party in session.execute(statement)
    }


def standing_of(session: Session, actor: Actor, thread_id: int, write: Callable[..., int]) -> Standing | None:
    """How the actor stands to a conversation about a post; None where it is none of theirs."""
    statement = (
        select(PostQuestion, Post)
        .join(Post, col(Post.id) == col(PostQuestion.post_id))
        .where(col(PostQuestion.thread_id) == thread_id, _mine(actor))
    )
    row = session.execute(statement).one_or_none()
    if row is None:
        return None
    question, post = row
    sides = (post.party_id, question.party_id)
    mine = next(one for one in (actor.party_id, *actor.party_ids) if one in sides)
    other_id = question.party_id if mine == post.party_id else post.party_id
    apart = are_apart(session, actor, other_id)
    there = session.scalar(
        select(col(Party.id)).where(
            col(Party.id) == other_id, col(Party.closed_at).is_(None), is_present(actor.community_id, col(Party.id))
        )
    )
    return Standing(
        thread_id=thread_id,
        title=post.title,
        endpoint="conversations.show",
        values={"thread_id": thread_id},
        kind="post_question",
        object_id=question.id or 0,
        write=write,
        may_write=post.state in LIVING and there is not None and not apart and actor.may(TAKE_PART),
        apart=apart,
        sides=sides,
        mine=mine,
        about=("posts.show", {"post_id": post.id}) if post.state in LIVING and not apart else None,
    )


def number_asked(session: Session, actor: Actor, since: datetime) -> int:
    """About how many posts the person asked since a moment."""
    statement = select(func.count()).where(
        col(PostQuestion.asked_by_id) == actor.person_id,
        col(PostQuestion.community_id) == actor.community_id,
        col(PostQuestion.asked_at) > since,
    )
    return session.scalar(statement) or 0


def _mine(actor: Actor) -> ColumnElement[bool]:
    mine = sorted(own_ids(actor))
    here = col(PostQuestion.community_id) == actor.community_id
    return here & or_(col(PostQuestion.party_id).in_(mine), col(Post.party_id).in_(mine))
