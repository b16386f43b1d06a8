"""For whom it is, where somebody is looked after: said by the household that receives, in each thing agreed upon.

A thing agreed upon is known here by its thread: an agreement has one, a series has one with all its meetings, and a
group has one with all who come.
"""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime


class Entrusting(SQLModel, table=True):
    """A household has said for whom it is: for those in `entrusted`, or for one of its own adults."""

    __tablename__ = "entrusting"
    __table_args__ = (Index("ix_entrusting_party", "party_id"),)

    thread_id: int = Field(foreign_key="thread.id", primary_key=True)
    party_id: int = Field(foreign_key="party.id", primary_key=True)
    for_adult: bool = False
    """For one of the household's own adults, who decides for themselves: nobody's needs are shown."""
    said_by_id: int | None = Field(default=None, foreign_key="person.id")
    said_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class Entrusted(SQLModel, table=True):
    """One of those who are looked after in it."""

    __tablename__ = "entrusted"
    __table_args__ = (Index("ix_entrusted_dependant", "dependant_id"),)

    thread_id: int = Field(foreign_key="thread.id", primary_key=True)
    dependant_id: int = Field(foreign_key="dependant.id", primary_key=True)
