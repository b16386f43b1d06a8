"""What of posts can be reported: its words, and who wrote it or sent its photograph."""

from exchanges.posts.queries import (
    draft_to_read,
    post_of_photo,
    post_visible_to,
)
from exchanges.posts.tables import Post
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing


def reported(session: Session, actor: Actor, post_id: int) -> tuple[str, int | None, int | None]:
    """A post, for the makers who look at a report, or read it before the others do. Raises Missing."""
    try:
        post = post_visible_to(session, actor, post_id).post
    except Missing:
        post = draft_to_read(session, actor, post_id)
    return f"{post.title}. {post.description}".strip(), post.zone_id, post.party_id


def author_of(session: Session, post_id: int) -> int | None:
    """Who wrote a post."""
    post = session.get(Post, post_id)
    return post.author_id if post is not None else None


def author_of_photo(session: Session, file_id: int) -> int | None:
    """Who wrote the post of a photograph."""
    return post_of_photo(session, file_id).author_id
