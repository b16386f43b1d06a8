"""Reservations: minutes promised by who will receive, until they are settled or given back."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, text
from sqlmodel import Field, SQLModel

from exchanges.ledger.rules import MOST_MINUTES
from foundation.clock import now
from foundation.database import UtcDateTime, register_trigger


class Reservation(SQLModel, table=True):
    """Minutes an account has promised to one source (an agreement, a sign-up). It is closed once, and stays.

    The two sequences say between which entries of the account it was open, so that verification can tell how
    much was reserved at each of them.
    """

    __tablename__ = "reservation"
    __table_args__ = (
        CheckConstraint(f"minutes BETWEEN 1 AND {MOST_MINUTES}", name="minutes_sane"),
        CheckConstraint("outcome IN ('settled', 'released')", name="outcome_known"),
        CheckConstraint("(closed_at IS NULL) = (outcome IS NULL)", name="closed_with_outcome"),
        CheckConstraint("(closed_at IS NULL) = (closed_sequence IS NULL)", name="closed_with_sequence"),
        CheckConstraint(
            "(settled_sequence IS NULL AND (outcome IS NULL OR outcome = 'released'))"
            " OR (settled_sequence = closed_sequence + 1 AND outcome = 'settled')",
            name="settled_by_next_entry",
        ),
        ForeignKeyConstraint(
            ["account_id", "settled_sequence"],
            ["entry.account_id", "entry.sequence"],
            name="fk_reservation_settling_entry",
            deferrable=True,
            initially="DEFERRED",
        ),
        Index(
            "uq_reservation_open_source",
            "source_kind",
            "source_id",
            "account_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index(
            "ix_reservation_open",
            "account_id",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        # What happened on an account between two entries of it, for seals and verification.
        Index("ix_reservation_opened", "account_id", "opened_sequence"),
        Index("ix_reservation_closed", "account_id", "closed_sequence"),
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    source_kind: str = Field(max_length=30)
    source_id: int
    minutes: int
    available_after: int
    """Balance less all that was reserved, this included, when it was made."""
    opened_sequence: int
    reserved_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_sequence: int | None = None
    outcome: str | None = Field(default=None, max_length=10)
    settled_sequence: int | None = None
    """The entry of the account that took the minutes: the very next one."""


_FITS = "a reservation starts open and agrees with its account"
register_trigger(
    Reservation,
    "reservation_fits",
    sqlite=f"""BEFORE INSERT ON reservation BEGIN
  SELECT RAISE(ABORT, '{_FITS}')
    WHERE NEW.closed_at IS NOT NULL OR typeof(NEW.minutes) <> 'integer' OR NOT EXISTS (
      SELECT 1 FROM account a WHERE a.id = NEW.account_id AND a.sequence = NEW.opened_sequence
      AND a.balance - a.reserved - NEW.minutes = NEW.available_after);
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: reservation.id')
    WHERE EXISTS (SELECT 1 FROM reservation WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: reservation.source_kind, reservation.source_id')
    WHERE EXISTS (SELECT 1 FROM reservation WHERE source_kind = NEW.source_kind AND source_id = NEW.source_id
                  AND account_id = NEW.account_id AND closed_at IS NULL);
END""",
    postgresql="BEFORE INSERT ON reservation FOR EACH ROW",
    function=f"""BEGIN
  IF NEW.closed_at IS NOT NULL OR NOT EXISTS (
      SELECT FROM account a WHERE a.id = NEW.account_id AND a.sequence = NEW.opened_sequence
      AND a.balance - a.reserved - NEW.minutes = NEW.available_after FOR NO KEY UPDATE) THEN
    RAISE EXCEPTION '{_FITS}';
  END IF;
  RETURN NEW;
END""",
)
register_trigger(
    Reservation,
    "reservation_takes_minutes",
    sqlite="""AFTER INSERT ON reservation BEGIN
  UPDATE account SET reserved = reserved + NEW.minutes WHERE id = NEW.account_id;
END""",
    postgresql="AFTER INSERT ON reservation FOR EACH ROW",
    function="""BEGIN
  UPDATE account SET reserved = reserved + NEW.minutes WHERE id = NEW.account_id;
  RETURN NULL;
END""",
)

_KEPT = "id account_id source_kind source_id minutes available_after opened_sequence reserved_at"
_UNCHANGED = " AND ".join(f"NEW.{name} = OLD.{name}" for name in _KEPT.split())
_ONCE = "a reservation is closed once and never changed"
register_trigger(
    Reservation,
    "reservation_closes_once",
    sqlite=f"""BEFORE UPDATE ON reservation BEGIN
  SELECT RAISE(ABORT, '{_ONCE}')
    WHERE NOT (OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL AND {_UNCHANGED})
       OR NOT EXISTS (SELECT 1 FROM account WHERE id = NEW.account_id AND sequence = NEW.closed_sequence);
END""",
    postgresql="BEFORE UPDATE ON reservation FOR EACH ROW",
    function=f"""BEGIN
  IF NOT (OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL AND {_UNCHANGED}) OR NOT EXISTS (
      SELECT FROM account WHERE id = NEW.account_id AND sequence = NEW.closed_sequence FOR NO KEY UPDATE) THEN
    RAISE EXCEPTION '{_ONCE}';
  END IF;
  RETURN NEW;
END""",
)
register_trigger(
    Reservation,
    "reservation_gives_minutes_back",
    sqlite="""AFTER UPDATE ON reservation BEGIN
  UPDATE account SET reserved = reserved - OLD.minutes WHERE id = NEW.account_id;
END""",
    postgresql="AFTER UPDATE ON reservation FOR EACH ROW",
    function="""BEGIN
  UPDATE account SET reserved = reserved - OLD.minutes WHERE id = NEW.account_id;
  RETURN NULL;
END""",
)

_KEEPS = "a reservation is never removed"
register_trigger(
    Reservation,
    "reservation_no_delete",
    sqlite=f"BEFORE DELETE ON reservation BEGIN SELECT RAISE(ABORT, '{_KEEPS}'); END",
    postgresql="BEFORE DELETE ON reservation FOR EACH ROW",
    function=f"BEGIN RAISE EXCEPTION '{_KEEPS}'; END",
)
register_trigger(
    Reservation,
    "reservation_no_truncate",
    postgresql="BEFORE TRUNCATE ON reservation FOR EACH STATEMENT",
    function=f"BEGIN RAISE EXCEPTION '{_KEEPS}'; END",
)
