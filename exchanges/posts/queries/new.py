"""How many posts came to a board since somebody opened it."""

from datetime import datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import col, or_, select

from community.categories.tables import Category
from exchanges.posts.policies import on_board
from exchanges.posts.queries.filters import Filters
from exchanges.posts.tables import Post
from foundation.access import Actor
from foundation.database import Session

MOST_NEW = 99
"""More are not counted."""


def counts_new(filters: Filters) -> bool:
    """Whether what is new can be counted for these filters: those that stand in the post itself."""
    return not (filters.words or filters.weekday or filters.part or filters.language or filters.age)


def number_new(session: Session, actor: Actor, filters: Filters, since: datetime) -> int:
    """How many posts of others came since then that the actor may see: at most one more than MOST_NEW."""
    wanted = [
        on_board(actor),
        col(Post.community_id) == actor.community_id,
        col(Post.published_at) > since,
        col(Post.party_id).not_in(actor.party_ids),
        *_asked(filters),
    ]
    some = select(col(Post.id)).where(*wanted).limit(MOST_NEW + 1).subquery()
    return int(session.scalar(select(func.count()).select_from(some)) or 0)


def _asked(filters: Filters) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = []
    if filters.kind:
        asked.append(col(Post.kind) == filters.kind)
    if filters.zone_id is not None:
        asked.append(col(Post.zone_id) == filters.zone_id)
    if filters.pay:
        asked.append(col(Post.gift).is_(filters.pay == "gift"))
    if filters.category_id is not None:
        below = select(col(Category.id)).where(col(Category.parent_id) == filters.category_id)
        asked.append(or_(col(Post.category_id) == filters.category_id, col(Post.category_id).in_(below)))
    return asked
