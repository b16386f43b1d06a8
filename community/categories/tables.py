"""What an offer or a need is about: a tree of two levels, kept by the makers."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from foundation.database import UtcDateTime, raise_with_every_change


class Category(SQLModel, table=True):
    __tablename__ = "category"
    __table_args__ = (
        UniqueConstraint("community_id", "slug"),
        CheckConstraint("care IN ('none', 'children', 'frail')", name="care_known"),
        CheckConstraint("fields IN ('none', 'childcare', 'purchasing', 'housing')", name="fields_known"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_its_own_parent"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    parent_id: int | None = Field(default=None, foreign_key="category.id")
    slug: str = Field(max_length=60)
    names: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """The name by language code."""
    icon: str = Field(default="tie", max_length=40)
    care: str = Field(default="none", max_length=20)
    """Whom it looks after: `children` and `frail` demand a verified person (domain, Children 1-2)."""
    fields: str = Field(default="none", max_length=20)
    """Which fields of its own a post has: childcare, purchasing or housing."""
    confidential: bool = False
    """Whether a need starts as visible to the makers of the zone only."""
    position: int = 0
    retired_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def demands_care(self) -> bool:
        return self.care != "none"


raise_with_every_change(Category, of="community", column="catalogue", by="community_id")
