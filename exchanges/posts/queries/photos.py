"""The photographs of posts, and who sees them."""

from sqlmodel import col, select

from exchanges.posts.policies import seen_by
from exchanges.posts.tables import Post, PostPhoto
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing


def photos_of(session: Session, post_id: int) -> list[PostPhoto]:
    """The photographs of a post, in order."""
    return list(
        session.exec(select(PostPhoto).where(col(PostPhoto.post_id) == post_id).order_by(col(PostPhoto.position)))
    )


def may_see_photo(session: Session, actor: Actor, file_id: int) -> bool:
    """Whether a picture belongs to a post that the actor may read."""
    found = session.exec(
        select(col(PostPhoto.post_id))
        .join(Post, col(Post.id) == col(PostPhoto.post_id))
        .where(col(PostPhoto.file_id) == file_id, seen_by(actor))
    ).first()
    return found is not None


def post_of_photo(session: Session, file_id: int) -> Post:
    """The post that has a photograph. Raises Missing. The caller looks at who may see it."""
    statement = select(Post).join(PostPhoto, col(PostPhoto.post_id) == col(Post.id))
    post = session.exec(statement.where(col(PostPhoto.file_id) == file_id).limit(1)).one_or_none()
    if post is None:
        raise Missing()
    return post
