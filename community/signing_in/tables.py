"""Attempts at signing in, the devices where people are signed in, and what makes their second step.

Attempts stand in the database so that many processes count together, sessions so that each can be ended.
"""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.crypto.sealed import Sealed
from foundation.database import UtcDateTime


class SignInAttempt(SQLModel, table=True):
    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index("ix_sign_in_attempt_subject", "subject", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    subject: str = Field(max_length=80)
    """A keyed hash of the e-mail address, or of the network address."""
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class SignInSession(SQLModel, table=True):
    """One browser in which a person is, or was, signed in. Its id and key stand in the cookies of that browser."""

    __tablename__ = "sign_in_session"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    key_hash: str = Field(max_length=64)
    """Of the key in the cookie: whoever reads the database, or knows the signing key alone, is not signed in."""
    version: int
    """The person's session_version then; once that was raised, the session has ended."""
    device_hash: str | None = Field(default=None, max_length=64)
    """Of the long-lived cookie by which a browser is known again; None once its owner said that it is not theirs."""
    browser: str = Field(default="", max_length=30)
    system: str = Field(default="", max_length=30)
    network: str = Field(default="", max_length=30)
    """The coarse part of the address only: enough for telling home from abroad, not for finding somebody."""
    way: str = Field(default="", max_length=20)
    started_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    last_seen_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    """Of the last thing done, not looked at; to the hour, since looking never writes."""
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SecondFactor(SQLModel, table=True):
    """The secret that a person's telephone shares with us, for the code that is asked for after the password."""

    __tablename__ = "second_factor"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    secret: str = Field(sa_type=Sealed("second_factor.secret"))
    begun_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """None until the first code was right: it asks for nothing until then."""
    last_step: int = 0
    """The half minute of the last code that was used: it, and those before it, are refused from then on."""
