"""Groups that have not begun, though who was to give may no longer. Locks nothing: each job looks again."""

from sqlalchemy import or_
from sqlmodel import col, select

from exchanges.agreements.queries.care import Named, lacking
from exchanges.groups.tables import GroupExchange
from exchanges.posts.tables import Post
from foundation import clock
from foundation.database import Session


def cannot_come(session: Session, community_id: int, person_id: int | None) -> list[tuple[int, int]]:
    """Planned groups whose adult may not come any more, with their versions."""
    now = clock.now()
    statement = (
        select(GroupExchange, col(Post.category_id))
        .outerjoin(Post, col(Post.id) == col(GroupExchange.post_id))
        .where(
            col(GroupExchange.community_id) == community_id,
            col(GroupExchange.state) == "planned",
            col(GroupExchange.adult_id).is_not(None),
            col(GroupExchange.starts_at) > now,
        )
        .order_by(col(GroupExchange.id))
    )
    if person_id is not None:
        either = or_(col(GroupExchange.adult_id) == person_id, col(GroupExchange.second_id) == person_id)
        statement = statement.where(either)
    named = [
        Named(
            one.id or 0,
            one.version,
            one.adult_id or 0,
            (one.category_id, of_post),
            one.starts_at or now,
            one.second_id,
        )
        for one, of_post in session.execute(statement)
    ]
    return lacking(session, community_id, named)
