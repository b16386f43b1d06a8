"""Requests already answered, so that a repeated one does nothing and goes where the first went."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from foundation.database import UtcDateTime


class RequestKey(SQLModel, table=True):
    """One form sent. `fingerprint` binds person and key, so that nobody meets another's answer."""

    __tablename__ = "request_key"

    fingerprint: str = Field(primary_key=True, max_length=64)
    content: str = Field(default="", max_length=64)
    location: str = Field(default="", max_length=2000)
    at: datetime = Field(sa_type=UtcDateTime, index=True)
