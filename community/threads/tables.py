"""A thread: what people wrote to each other about one thing. The owner holds `thread_id` and says who may read."""

from datetime import datetime

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.crypto.sealed import SealedIfConfidential
from foundation.database import UtcDateTime


class Thread(SQLModel, table=True):
    __tablename__ = "thread"

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    opened_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    confidential: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    """What it is about is read by makers only: so what people write to each other about it is sealed too."""


class Message(SQLModel, table=True):
    """Words of a person, or an event (`event` is an English sentence of the catalogue, filled by `params`)."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_thread", "thread_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    thread_id: int = Field(foreign_key="thread.id")
    author_id: int | None = Field(default=None, foreign_key="person.id")
    party_id: int | None = Field(default=None, foreign_key="party.id")
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id")
    words: str = Field(default="", max_length=4000, sa_type=SealedIfConfidential("message.words"))
    event: str = Field(default="", max_length=300)
    params: dict[str, str | int] = Field(default_factory=dict, sa_type=JSON)
    sent_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    hidden_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    hidden_by_id: int | None = Field(default=None, foreign_key="person.id")


class ThreadRead(SQLModel, table=True):
    """Up to which message a person has read a thread."""

    __tablename__ = "thread_read"

    thread_id: int = Field(foreign_key="thread.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    message_id: int = Field(foreign_key="message.id")
