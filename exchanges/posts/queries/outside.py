"""What a title may say outside the house: in a letter, which others at home or on a bus may read."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from sqlmodel import col, select

from community.categories.tables import Category
from exchanges.posts.tables import Post
from foundation.database import Session

CARE_TITLE = {"it": "un aiuto in famiglia", "en": "a hand in the family"}
"""People write names into titles ("Chi prende Luca a scuola?"): where somebody is cared for, none leaves the house."""


def title_outside(kind: str, table: Any) -> Callable[[Session, str], Mapping[str, str] | None]:
    """The hook `title_outside` of things in a table that have a category; `kind` is theirs in a matter (`post:7`)."""

    def words(session: Session, matter: str) -> Mapping[str, str] | None:
        name, _colon, number = matter.partition(":")
        if name != kind or not number.isdecimal():
            return None
        statement = (
            select(col(Category.care)).join(table, table.category_id == col(Category.id)).where(table.id == int(number))
        )
        return CARE_TITLE if session.scalar(statement) not in (None, "none") else None

    return words


def about_care(session: Session, post_ids: Collection[int]) -> set[int]:
    """Which of these posts are in a category that looks after somebody."""
    statement = (
        select(col(Post.id))
        .join(Category, col(Category.id) == col(Post.category_id))
        .where(col(Post.id).in_(post_ids), col(Category.care) != "none")
    )
    return {number for number in session.scalars(statement) if number is not None}
