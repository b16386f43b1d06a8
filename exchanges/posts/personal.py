"""What is kept of what people offered and looked for."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from sqlmodel import SQLModel, col, select

from exchanges.posts.tables import Post, PostChildcare, PostDate, PostHousing, PostPhoto, PostPurchasing
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row

FIELDS: dict[str, type[SQLModel]] = {
    "dates": PostDate, "childcare": PostChildcare, "purchasing": PostPurchasing, "housing": PostHousing,
}  # fmt: skip


def _posts(session: Session, whose: Whose) -> Iterator[Row]:
    return rows_of(session, Post, col(Post.party_id).in_(whose.household_ids), without=("import_key",))


def _fields(session: Session, whose: Whose, table: Any) -> Iterator[Row]:
    mine = select(col(Post.id)).where(col(Post.party_id).in_(whose.household_ids))
    return rows_of(session, table, table.post_id.in_(mine))


def _photos(session: Session, whose: Whose) -> list[int]:
    statement = select(col(PostPhoto.file_id)).join(Post, col(Post.id) == col(PostPhoto.post_id))
    return list(session.scalars(statement.where(col(Post.party_id).in_(whose.household_ids))))


PERSONAL = (
    PersonalData(
        kind="posts",
        words=N_("What your household offered and looked for, with photographs"),
        purpose=N_("So that others can answer"),
        basis="agreement",
        keeping=N_("As long as your household belongs to the community"),
        rows=_posts,
        tables=(Post, PostPhoto),
        pictures=_photos,
    ),
    *(
        PersonalData(
            kind=f"post_{name}",
            words=N_("What such a post asks for beside its words: days, ages, quantities, rooms"),
            purpose=N_("So that others can answer"),
            basis="agreement",
            keeping=N_("As long as your household belongs to the community"),
            rows=partial(_fields, table=table),
            tables=(table,),
        )
        for name, table in FIELDS.items()
    ),
)
