"""What was told to whom, how they wish to be reached, and who must be called."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import JsonColumn, UtcDateTime


class CallToMake(SQLModel, table=True):
    """A notice for somebody without e-mail: a maker of the zone calls instead."""

    __tablename__ = "call_to_make"
    __table_args__ = (
        UniqueConstraint("community_id", "key"),
        Index("ix_call_to_make_open", "community_id", "made_at", "person_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    person_id: int = Field(foreign_key="person.id")
    key: str | None = Field(default=None, max_length=200)
    notice: str = Field(max_length=60)
    params: dict[str, str | int] = Field(default_factory=dict, sa_type=JSON)
    since: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    made_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    made_by_id: int | None = Field(default=None, foreign_key="person.id")


class CallTry(SQLModel, table=True):
    """One call that was made: the person was told, or nobody answered and somebody tries again."""

    __tablename__ = "call_try"
    __table_args__ = (
        CheckConstraint("outcome IN ('told', 'no_answer')", name="outcome_known"),
        Index("ix_call_try_person", "community_id", "person_id", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    person_id: int = Field(foreign_key="person.id")
    outcome: str = Field(max_length=10)
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    by_id: int | None = Field(default=None, foreign_key="person.id")


class Notification(SQLModel, table=True):
    """One thing told to one person: it stands in the app, and may go out by letter or push as well."""

    __tablename__ = "notification"
    __table_args__ = (
        CheckConstraint("way IN ('new', 'app', 'told', 'same', 'digest', 'summed', 'call')", name="way_known"),
        Index("ix_notification_person", "person_id", "id"),
        Index(
            "ix_notification_unseen",
            "person_id",
            "matter",
            sqlite_where=text("seen_at IS NULL"),
            postgresql_where=text("seen_at IS NULL"),
        ),
        Index(
            "ix_notification_told",
            "person_id",
            "told_at",
            sqlite_where=text("told_at IS NOT NULL"),
            postgresql_where=text("told_at IS NOT NULL"),
        ),
        Index(
            "ix_notification_held",
            "person_id",
            "digest_at",
            sqlite_where=text("way = 'digest'"),
            postgresql_where=text("way = 'digest'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    community_id: int | None = Field(default=None, foreign_key="community.id")
    key: str | None = Field(default=None, max_length=200, unique=True)
    notice: str = Field(max_length=60)
    topic: str = Field(max_length=20)
    matter: str = Field(default="", max_length=80)
    """What it is about: `agreement:42`. Whoever looks at it has seen all that was told about it."""
    urgent: bool = False
    params: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)
    endpoint: str = Field(default="", max_length=80)
    place: dict[str, Any] = Field(default_factory=dict, sa_type=JsonColumn)
    """The values of the address, without the community."""
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    way: str = Field(default="new", max_length=10)
    """See rules.Route; `new` until that is decided, `summed` once it went out in a summary."""
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it goes, or went, out of the house."""
    digest_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class NoticeWishes(SQLModel, table=True):
    """How a person wishes to be reached, in all their communities; no row means the usual (rules.Wishes)."""

    __tablename__ = "notice_wishes"
    __table_args__ = (
        CheckConstraint("quiet_from BETWEEN 1080 AND 1440", name="quiet_from_sane"),
        CheckConstraint("quiet_until BETWEEN 300 AND 600", name="quiet_until_sane"),
        CheckConstraint("digest IN ('daily', 'weekly', 'never')", name="digest_known"),
        CheckConstraint("digest_weekday BETWEEN 1 AND 7", name="weekday_known"),
        CheckConstraint("digest_hour BETWEEN 7 AND 21", name="hour_sane"),
        CheckConstraint("most_a_day BETWEEN 1 AND 50", name="most_sane"),
    )

    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_column_kwargs={"autoincrement": False})
    by_mail: bool = True
    by_push: bool = True
    quiet: bool = True
    quiet_from: int = 21 * 60 + 30
    quiet_until: int = 7 * 60 + 30
    digest: str = Field(default="weekly", max_length=10)
    digest_weekday: int = 7
    digest_hour: int = 18
    most_a_day: int = 5


class NoticeChoice(SQLModel, table=True):
    """How a person wishes to hear of one topic, where it is not the usual."""

    __tablename__ = "notice_choice"
    __table_args__ = (CheckConstraint("how IN ('at_once', 'digest', 'app')", name="how_known"),)

    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_column_kwargs={"autoincrement": False})
    topic: str = Field(primary_key=True, max_length=20)
    how: str = Field(max_length=10)


class NoticeStop(SQLModel, table=True):
    """Three notices of a kind were not looked at: we stopped, and asked whether to go on."""

    __tablename__ = "notice_stop"
    __table_args__ = (CheckConstraint("answer IN ('', 'yes', 'no')", name="answer_known"),)

    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_column_kwargs={"autoincrement": False})
    notice: str = Field(primary_key=True, max_length=60)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    answer: str = Field(default="", max_length=3)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class DigestRun(SQLModel, table=True):
    """That a person's summary of a day was seen to: so it is made once, whatever is killed."""

    __tablename__ = "digest_run"

    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_column_kwargs={"autoincrement": False})
    day: date = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
