"""Changes of an e-mail address: asked for, agreed to at both addresses, done or stopped."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime


class AddressChange(SQLModel, table=True):
    """A wish for another e-mail address, until both addresses agreed, the waiting time is over, or it was stopped."""

    __tablename__ = "address_change"
    __table_args__ = (
        CheckConstraint(
            "state IN ('open', 'done', 'stopped', 'dropped', 'replaced', 'expired', 'taken')", name="state_known"
        ),
        Index(
            "uq_address_change_open",
            "person_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_address_change_due", "state", "due_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    new_email: str = Field(max_length=254)
    old_email: str | None = Field(default=None, max_length=254)
    state: str = Field(default="open", max_length=10)
    """`stopped` from the old address, `dropped` by who asked, `taken` when somebody else has the address meanwhile."""
    asked_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    """From when on the new address alone is enough: the old one had time to say no."""
    new_confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    old_confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
