"""Seals of the record of deeds: one chain for the installation, since deeds of no community are in it too."""

from datetime import datetime

from sqlalchemy import CheckConstraint, LargeBinary
from sqlmodel import Field, SQLModel

from exchanges.ledger.tables.seals import FIRST
from foundation.clock import now
from foundation.database import UtcDateTime, append_only, register_trigger


class RecordSeal(SQLModel, table=True):
    """The lines of the record of deeds after those of the seal before, up to `last_entry_id`, hashed and chained.

    How the hashes are made is written in docs/decisions/0046, so that anybody can make them again.
    """

    __tablename__ = "record_seal"
    __table_args__ = (
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("lines >= 1", name="seals_something"),
        CheckConstraint("length(root) = 64 AND length(previous) = 64 AND length(hash) = 64", name="hashes_whole"),
    )

    number: int = Field(primary_key=True)
    """1, 2, 3... without gaps."""
    version: int = 1
    """Which way of making the hashes."""
    made_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    last_entry_id: int
    lines: int
    """How many lines this seal closes, those of the seals before left out."""
    root: str = Field(max_length=64)
    """The root of the tree of its lines."""
    previous: str = Field(max_length=64)
    """The hash of the seal before; zeros for the first."""
    hash: str = Field(max_length=64)
    """The hash of all of the above."""
    marks: bytes = Field(sa_type=LargeBinary)
    """For each line its id and the beginnings of its hashes: only to say later which one was touched."""


append_only(RecordSeal)

_FOLLOWS = "a seal of the record follows the one before"
_IN_CHAIN = f"""((NEW.number = 1 AND NEW.previous = '{FIRST}') OR EXISTS (
      SELECT 1 FROM record_seal s WHERE s.number = NEW.number - 1
      AND s.hash = NEW.previous AND s.last_entry_id < NEW.last_entry_id))"""
register_trigger(
    RecordSeal,
    "record_seal_follows",
    sqlite=f"""BEFORE INSERT ON record_seal BEGIN
  SELECT RAISE(ABORT, '{_FOLLOWS}')
    WHERE NOT {_IN_CHAIN};
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: record_seal.number')
    WHERE EXISTS (SELECT 1 FROM record_seal WHERE number = NEW.number);
END""",
    postgresql="BEFORE INSERT ON record_seal FOR EACH ROW",
    function=f"""BEGIN
  IF NOT {_IN_CHAIN} THEN
    RAISE EXCEPTION '{_FOLLOWS}';
  END IF;
  RETURN NEW;
END""",
)
