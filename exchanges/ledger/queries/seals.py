"""The seals of a community, as anybody may read and keep them."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlmodel import col

from exchanges.ledger.tables import Seal
from exchanges.ledger.tables.record_seals import RecordSeal
from foundation.database import Session

_PUBLISHED = (
    col(Seal.community_id),
    col(Seal.number),
    col(Seal.version),
    col(Seal.made_at),
    col(Seal.last_transfer_id),
    col(Seal.transfers),
    col(Seal.entries),
    col(Seal.last_rules_id),
    col(Seal.root),
    col(Seal.rules),
    col(Seal.previous),
    col(Seal.hash),
)
OF_RECORD = "# record of deeds"
"""The heading, in the text of the seals, of those of the record."""


@dataclass(frozen=True, slots=True)
class PublishedRecordSeal:
    """A seal of the record of deeds without its marks: nothing of it says who did what."""

    number: int
    version: int
    made_at: datetime
    last_entry_id: int
    lines: int
    root: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class PublishedSeal:
    """A seal without its marks: nothing of it says who did what."""

    community_id: int
    number: int
    version: int
    made_at: datetime
    last_transfer_id: int
    transfers: int
    entries: int
    last_rules_id: int
    root: str
    rules: str
    previous: str
    hash: str


def latest_seal(session: Session, community_id: int) -> PublishedSeal | None:
    """The newest seal of a community; None before the first."""
    row = session.execute(_seals(community_id).order_by(col(Seal.number).desc()).limit(1)).one_or_none()
    return None if row is None else _published(row)


def newest_seals(session: Session, community_id: int, limit: int, before: int | None = None) -> list[PublishedSeal]:
    """The newest seals with numbers below `before`, newest first, one more than `limit` when there are more."""
    statement = _seals(community_id).order_by(col(Seal.number).desc()).limit(limit + 1)
    if before is not None:
        statement = statement.where(col(Seal.number) < before)
    return [_published(row) for row in session.execute(statement)]


def all_seals(session: Session, community_id: int) -> Iterator[PublishedSeal]:
    """Every seal of a community, from the first."""
    statement = _seals(community_id).order_by(col(Seal.number))
    return (_published(row) for row in session.execute(statement))


def latest_record_seal(session: Session) -> PublishedRecordSeal | None:
    """The newest seal of the record of deeds; None before the first."""
    row = session.execute(_record_seals().order_by(col(RecordSeal.number).desc()).limit(1)).one_or_none()
    return None if row is None else PublishedRecordSeal(*row)


def all_record_seals(session: Session) -> Iterator[PublishedRecordSeal]:
    """Every seal of the record of deeds, from the first."""
    return (PublishedRecordSeal(*row) for row in session.execute(_record_seals().order_by(col(RecordSeal.number))))


def sealed_transfers(session: Session, community_id: int) -> int:
    """How many transfers of a community stand under a seal."""
    statement = select(func.coalesce(func.sum(col(Seal.transfers)), 0)).where(col(Seal.community_id) == community_id)
    return int(session.execute(statement).scalar_one())


def _seals(community_id: int) -> Select[*tuple[Any, ...]]:
    return select(*_PUBLISHED).where(col(Seal.community_id) == community_id)


def _record_seals() -> Select[*tuple[Any, ...]]:
    return select(*(getattr(RecordSeal, field.name) for field in fields(PublishedRecordSeal)))


def _published(row: Row[*tuple[Any, ...]]) -> PublishedSeal:
    return PublishedSeal(*row)
