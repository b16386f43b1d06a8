"""What only a household has: the people it looks after."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime

AGE_BANDS = ("0-2", "3-5", "6-10", "11-13", "14-17", "adult", "elder")


class Dependant(SQLModel, table=True):
    """A child or frail adult: nickname and age band only, never public."""

    __tablename__ = "dependant"
    __table_args__ = (
        CheckConstraint(
            "age_band IN ('0-2', '3-5', '6-10', '11-13', '14-17', 'adult', 'elder')", name="age_band_known"
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    party_id: int = Field(foreign_key="party.id", index=True)
    nickname: str = Field(max_length=40)
    age_band: str = Field(max_length=10)
    added_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
