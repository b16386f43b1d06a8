"""Where a person's phone or computer is told of things."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.crypto.sealed import Sealed
from foundation.database import UtcDateTime


class PushSubscription(SQLModel, table=True):
    """One browser that asked to be told, by way of its maker's push service.

    It lives as long as the sign-in it was turned on in: see queries.live.
    """

    __tablename__ = "push_subscription"
    __table_args__ = (UniqueConstraint("endpoint"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    session_id: int
    """The sign-in in whose browser it is. No foreign key: sessions are forgotten after a year, and this with them."""
    endpoint: str = Field(max_length=1000)
    public_key: str = Field(max_length=120)
    """What is encrypted with it only that browser reads: not the push service either."""
    secret: str = Field(sa_type=Sealed("push_subscription.secret"))
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    last_ok_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    gone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Since when the push service knows it no longer."""
