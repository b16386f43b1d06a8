"""A party: a household, an organisation or the community fund. What posts, agrees, pledges and holds an account."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime


class Party(SQLModel, table=True):
    __tablename__ = "party"
    __table_args__ = (
        CheckConstraint("kind IN ('household', 'organisation', 'fund')", name="kind_known"),
        CheckConstraint("kind <> 'household' OR zone_id IS NOT NULL", name="household_has_zone"),
        UniqueConstraint("community_id", "import_key"),
        Index(
            "uq_party_one_fund",
            "community_id",
            unique=True,
            sqlite_where=text("kind = 'fund'"),
            postgresql_where=text("kind = 'fund'"),
        ),
        Index("ix_party_community_zone", "community_id", "zone_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    kind: str = Field(max_length=20)
    name: str = Field(max_length=120)
    """As members see it: `Samira e famiglia`, `Panificio Bonali`."""
    zone_id: int | None = Field(default=None, foreign_key="zone.id")
    about: str = Field(default="", max_length=2000)
    address: str = Field(default="", max_length=300)
    """Seen by the other side of an accepted agreement only."""
    photo_file_id: int | None = Field(default=None, foreign_key="stored_file.id")
    import_key: str | None = Field(default=None, max_length=60)
    """The number it had in the register it was imported from."""
    opened_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PartyMember(SQLModel, table=True):
    """A person who may act for a party: an adult of a household, somebody of an organisation."""

    __tablename__ = "party_member"
    __table_args__ = (
        Index(
            "uq_party_member_present",
            "party_id",
            "person_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
        Index("ix_party_member_person", "person_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    party_id: int = Field(foreign_key="party.id")
    person_id: int = Field(foreign_key="person.id")
    since: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ends_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it will end, where that was said beforehand; `until` follows."""


class PartySkill(SQLModel, table=True):
    """What a party can give or needs in general, beside its posts."""

    __tablename__ = "party_skill"
    __table_args__ = (
        CheckConstraint("kind IN ('offer', 'need')", name="kind_known"),
        UniqueConstraint("party_id", "category_id", "kind"),
        Index("ix_party_skill_category", "category_id", "kind"),
    )

    id: int | None = Field(default=None, primary_key=True)
    party_id: int = Field(foreign_key="party.id")
    category_id: int = Field(foreign_key="category.id")
    kind: str = Field(max_length=10)
