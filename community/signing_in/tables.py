"""Attempts at signing in, counted in the database so that many processes count together."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime


class SignInAttempt(SQLModel, table=True):
    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index("ix_sign_in_attempt_subject", "subject", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    subject: str = Field(max_length=80)
    """A keyed hash of the e-mail address, or of the network address."""
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
