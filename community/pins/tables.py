"""The card of who has no e-mail: its code is a token of foundation, its PIN is known to the holder alone."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime


class PinCard(SQLModel, table=True):
    """One printed card. A lost one is void at once; a new one has another code and another PIN."""

    __tablename__ = "pin_card"
    __table_args__ = (
        CheckConstraint("attempts_left BETWEEN 0 AND 5", name="attempts_sane"),
        CheckConstraint(
            "voided_why IN ('', 'lost', 'replaced', 'taken_over', 'left')",
            name="voided_why_known",
        ),
        CheckConstraint("(voided_at IS NULL) = (voided_why = '')", name="voided_whole"),
        Index(
            "uq_pin_card_one_good",
            "community_id",
            "person_id",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    pin_hash: str = Field(max_length=200)
    attempts_left: int = 5
    """Paid before the PIN is looked at, so that many tries at once are no way around; at none the card is locked."""
    issued_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    issued_by_id: int | None = Field(default=None, foreign_key="person.id")
    voided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    voided_by_id: int | None = Field(default=None, foreign_key="person.id")
    voided_why: str = Field(default="", max_length=20)
