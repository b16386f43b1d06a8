"""A thread: what people wrote to each other about one thing. The owner holds `thread_id` and says who may read."""

from datetime import datetime

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.crypto.sealed import Sealed, SealedIfConfidential
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
    edited_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When its words were put right last: only the newest are kept, but for the makers."""
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Taken back by who wrote it: nobody in the thread reads it any more. What was reported is kept for the makers."""
    reported_words: str | None = Field(default=None, sa_type=Sealed("message.reported_words"))
    """What stood here when it was reported, where it was put right since; read by the makers of the case alone."""


class MessagePhoto(SQLModel, table=True):
    """A photograph that came with a message."""

    __tablename__ = "message_photo"
    __table_args__ = (Index("ix_message_photo_file", "file_id"),)

    message_id: int = Field(foreign_key="message.id", primary_key=True)
    file_id: int = Field(foreign_key="stored_file.id", primary_key=True)
    words: str = Field(default="", max_length=200)
    """What is seen on it, for who cannot see it."""


class ThreadRead(SQLModel, table=True):
    """Up to which message a person has read a thread."""

    __tablename__ = "thread_read"

    thread_id: int = Field(foreign_key="thread.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    message_id: int = Field(foreign_key="message.id")


class ThreadMute(SQLModel, table=True):
    """A person who wants to hear nothing of a thread: they read it when they like."""

    __tablename__ = "thread_mute"
    __table_args__ = (Index("ix_thread_mute_person", "person_id"),)

    thread_id: int = Field(foreign_key="thread.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    since: datetime = Field(default_factory=now, sa_type=UtcDateTime)
