"""Seals: what the ledger of a community was at a moment, in one number that anybody can keep."""

from datetime import datetime

from sqlalchemy import CheckConstraint, LargeBinary
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime, append_only, register_trigger

FIRST = "0" * 64
"""What stands in place of the seal before the first one."""


class Seal(SQLModel, table=True):
    """The transfers of a community after those of the seal before, up to `last_transfer_id`, hashed and chained.

    How the hashes are made is written in docs/decisions/0018, so that anybody can make them again.
    """

    __tablename__ = "seal"
    __table_args__ = (
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("transfers >= 1 AND entries >= 0", name="seals_something"),
        CheckConstraint(
            "length(root) = 64 AND length(rules) = 64 AND length(previous) = 64 AND length(hash) = 64",
            name="hashes_whole",
        ),
    )

    community_id: int = Field(foreign_key="community.id", primary_key=True)
    number: int = Field(primary_key=True)
    """1, 2, 3... without gaps, for each community."""
    version: int = 1
    """Which way of making the hashes."""
    made_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    last_transfer_id: int
    transfers: int
    """How many transfers this seal closes, those of the seals before left out."""
    entries: int
    last_rules_id: int = 0
    """The newest rules of the community (floor, ceiling and the like) that it knew; 0 for none."""
    root: str = Field(max_length=64)
    """The root of the tree of its transfers."""
    rules: str = Field(max_length=64)
    """The hash of the rules written since the seal before."""
    previous: str = Field(max_length=64)
    """The hash of the seal before; zeros for the first."""
    hash: str = Field(max_length=64)
    """The hash of all of the above."""
    marks: bytes = Field(sa_type=LargeBinary)
    """For each transfer its id and the beginnings of its hashes: only to say later which one was touched."""


append_only(Seal)

_FOLLOWS = "a seal follows the one before"
_IN_CHAIN = f"""((NEW.number = 1 AND NEW.previous = '{FIRST}') OR EXISTS (
      SELECT 1 FROM seal s WHERE s.community_id = NEW.community_id AND s.number = NEW.number - 1
      AND s.hash = NEW.previous AND s.last_transfer_id < NEW.last_transfer_id))"""
register_trigger(
    Seal,
    "seal_follows",
    sqlite=f"""BEFORE INSERT ON seal BEGIN
  SELECT RAISE(ABORT, '{_FOLLOWS}')
    WHERE NOT {_IN_CHAIN};
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: seal.community_id, seal.number')
    WHERE EXISTS (SELECT 1 FROM seal WHERE community_id = NEW.community_id AND number = NEW.number);
END""",
    postgresql="BEFORE INSERT ON seal FOR EACH ROW",
    function=f"""BEGIN
  IF NOT {_IN_CHAIN} THEN
    RAISE EXCEPTION '{_FOLLOWS}';
  END IF;
  RETURN NEW;
END""",
)
