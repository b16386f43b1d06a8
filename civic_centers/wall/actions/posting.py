"""A need of the wall becomes a post on the board: the first of the ways in which something is made of it."""

from collections.abc import Collection

from sqlmodel import col, select

from civic_centers.centers.tables import Center
from civic_centers.wall.rules import Becoming
from civic_centers.wall.tables import WallNeed
from exchanges.posts.actions import What, save_what, start_draft
from exchanges.posts.policies import WRITE, seen_by
from exchanges.posts.tables import Post
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_

KIND = "post"
LONGEST_TITLE = 120


def may_post(actor: Actor, _need: WallNeed) -> bool:
    """Whether the actor writes posts of their own."""
    return actor.may(WRITE) and actor.party_id is not None


def begin_post(session: Session, actor: Actor, need: WallNeed) -> int:
    """A draft with the words of the need, of the party acted for."""
    post = start_draft(session, actor, "need")
    center = session.get_one(Center, need.center_id)
    title = need.words if len(need.words) <= LONGEST_TITLE else f"{need.words[: LONGEST_TITLE - 1]}…"
    description = need.words if title != need.words else ""
    save_what(
        session, actor, post.id or 0, What(title, None, f"{description}\n{center.name}".strip()), version=post.version
    )
    return post.id or 0


def posts_seen(session: Session, actor: Actor, ids: Collection[int]) -> set[int]:
    """Those of some posts that the actor may read."""
    return set(session.scalars(select(col(Post.id)).where(col(Post.id).in_(ids), seen_by(actor))))


POST = Becoming(
    kind=KIND,
    words=N_("Make a post of it"),
    line=N_("It goes on the board, and whoever can lend a hand answers"),
    icon="board",
    became=N_("It is on the board"),
    may=may_post,
    begin=begin_post,
    seen=posts_seen,
    edit="posts.edit",
    show="posts.show",
    parameter="post_id",
    more=(("step", "what"),),
)
