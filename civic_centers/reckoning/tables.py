"""Purses, what moves between them, receipts, and what families ask of the solidarity quota."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from civic_centers.reckoning.rules import MOST_CENTS, MOVES, PURSES
from foundation.clock import now
from foundation.crypto.sealed import Sealed
from foundation.database import UtcDateTime, append_only, register_trigger

WAITING = "state = 'waiting'"
_ALONE = "party_id IS NULL AND cycle_id IS NULL"


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


class Purse(SQLModel, table=True):
    """Where money stands: of a family, of a cycle, of the group, the solidarity quota, and each way it is kept."""

    __tablename__ = "purse"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_quoted(PURSES)})", name="kind_known"),
        CheckConstraint("(kind = 'party') = (party_id IS NOT NULL)", name="party_named"),
        CheckConstraint("(kind = 'cycle') = (cycle_id IS NOT NULL)", name="cycle_named"),
        CheckConstraint("heir_party_id IS NULL OR kind = 'party'", name="heir_of_a_party"),
        CheckConstraint("reminders BETWEEN 0 AND 100", name="reminders_sane"),
        Index(
            "uq_purse_alone", "community_id", "kind", unique=True,
            sqlite_where=text(_ALONE), postgresql_where=text(_ALONE),
        ),
        Index("uq_purse_party", "party_id", unique=True),
        Index("uq_purse_cycle", "cycle_id", unique=True),
        Index("ix_purse_community", "community_id", "kind"),
        Index("ix_purse_heir", "heir_party_id"),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    kind: str = Field(max_length=10)
    party_id: int | None = Field(default=None, foreign_key="party.id")
    cycle_id: int | None = Field(default=None, foreign_key="order_cycle.id")
    heir_party_id: int | None = Field(default=None, foreign_key="party.id")
    """The household it went over to, which still reads its movements and receipts."""
    opened_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Of a cycle: when its accounts were closed, and what was left over went to the group."""
    reminded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reminders: int = 0
    """How often they were reminded of what they owe, since they last owed nothing."""


class PurseEntry(SQLModel, table=True):
    """Money that moved from one purse to another: never changed, never removed, no words and no names in it."""

    __tablename__ = "purse_entry"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_quoted(tuple(MOVES))})", name="kind_known"),
        CheckConstraint(f"cents BETWEEN 1 AND {MOST_CENTS}", name="cents_sane"),
        CheckConstraint("from_purse_id <> to_purse_id", name="two_purses"),
        CheckConstraint("(kind = 'reversal') = (reverses_id IS NOT NULL)", name="reversal_names_one"),
        CheckConstraint("(receipt_number IS NULL) = (receipt_year IS NULL)", name="receipt_whole"),
        CheckConstraint("receipt_number IS NULL OR receipt_number > 0", name="receipt_counted"),
        CheckConstraint("(receipt_number IS NULL) = (digest = '')", name="receipt_sealed"),
        CheckConstraint("(kind = 'opening') = (as_of IS NOT NULL)", name="opening_of_a_day"),
        CheckConstraint("order_id IS NULL OR cycle_id IS NOT NULL", name="order_of_a_cycle"),
        CheckConstraint("request_key <> ''", name="request_key_given"),
        Index("uq_purse_entry_receipt", "community_id", "receipt_year", "receipt_number", unique=True),
        Index("ix_purse_entry_from", "from_purse_id", "id"),
        Index("ix_purse_entry_to", "to_purse_id", "id"),
        Index("ix_purse_entry_cycle", "cycle_id", "kind"),
        Index("ix_purse_entry_order", "order_id"),
        Index("ix_purse_entry_along", "along_id"),
        Index("ix_purse_entry_community", "community_id", "kind", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    kind: str = Field(max_length=10)
    from_purse_id: int = Field(foreign_key="purse.id")
    to_purse_id: int = Field(foreign_key="purse.id")
    cents: int
    """Euro cents, always above zero."""
    cycle_id: int | None = Field(default=None, foreign_key="order_cycle.id")
    order_id: int | None = Field(default=None, foreign_key="purchase_order.id")
    along_id: int | None = Field(default=None, foreign_key="purse_entry.id")
    """The payment together with which it was made: what was rounded up for the quota."""
    reverses_id: int | None = Field(default=None, foreign_key="purse_entry.id", unique=True)
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id")
    """None where it follows by itself from an order."""
    request_key: str = Field(max_length=120, unique=True)
    receipt_year: int | None = None
    receipt_number: int | None = None
    """Counted without gaps, by community and year."""
    digest: str = Field(default="", max_length=64)
    """The seal over what the receipt says, made with the salt of PurseWords (rules.seal_of)."""
    as_of: date | None = None
    """Of an opening balance: the day on which it stood so in the books that were kept before."""


class PurseWords(SQLModel, table=True):
    """Words of a movement, apart from it so that they can be erased: the name on a receipt, why something was done."""

    __tablename__ = "purse_words"
    __table_args__ = (
        Index("uq_purse_words_entry", "entry_id", unique=True),
        Index("ix_purse_words_written", "community_id", "written_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    entry_id: int = Field(foreign_key="purse_entry.id")
    name: str = Field(default="", sa_type=Sealed("purse_words.name"))
    """Of the family, as it was called when the receipt was written."""
    words: str = Field(default="", sa_type=Sealed("purse_words.words"))
    salt_key: str = Field(default="", sa_type=Sealed("purse_words.salt_key"))
    written_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class ReceiptCount(SQLModel, table=True):
    """The last number of the receipts of a year, held by who writes the next until it is kept."""

    __tablename__ = "receipt_count"
    __table_args__ = (CheckConstraint("last >= 0", name="last_counted"),)

    community_id: int = Field(foreign_key="community.id", primary_key=True)
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    last: int = 0


class QuotaRequest(SQLModel, table=True):
    """A share that a family asks of the solidarity quota, or that a maker offers it. Nobody else hears of it."""

    __tablename__ = "quota_request"
    __table_args__ = (
        CheckConstraint("kind IN ('asked', 'offered')", name="kind_known"),
        CheckConstraint("state IN ('waiting', 'granted', 'declined', 'withdrawn')", name="state_known"),
        CheckConstraint(f"cents BETWEEN 1 AND {MOST_CENTS}", name="cents_sane"),
        CheckConstraint("(state = 'granted') = (entry_id IS NOT NULL)", name="granted_was_moved"),
        CheckConstraint("(state = 'waiting') = (ended_at IS NULL)", name="ended_whole"),
        Index(
            "uq_quota_request_waiting", "party_id", unique=True,
            sqlite_where=text(WAITING), postgresql_where=text(WAITING),
        ),
        Index("ix_quota_request_party", "party_id"),
        Index("ix_quota_request_zone", "zone_id", "state"),
        Index("ix_quota_request_community", "community_id", "state"),
        Index("ix_quota_request_person", "person_id"),
        Index("ix_quota_request_entry", "entry_id"),
        Index("ix_quota_request_excluded", "excluded_maker_id"),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    zone_id: int = Field(foreign_key="zone.id")
    party_id: int = Field(foreign_key="party.id")
    kind: str = Field(max_length=7)
    state: str = Field(default="waiting", max_length=9)
    cents: int
    person_id: int | None = Field(default=None, foreign_key="person.id")
    """Who asked, and is answered; of an offer: who answered it."""
    offered_by_id: int | None = Field(default=None, foreign_key="person.id")
    excluded_maker_id: int | None = Field(default=None, foreign_key="person.id")
    """A maker of the zone who is not to know of it."""
    words: str = Field(default="", sa_type=Sealed("quota_request.words"))
    answer: str = Field(default="", sa_type=Sealed("quota_request.answer"))
    entry_id: int | None = Field(default=None, foreign_key="purse_entry.id")
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_by_id: int | None = Field(default=None, foreign_key="person.id")


append_only(PurseEntry)

# REPLACE INTO would remove a row on SQLite without the trigger of deletion: so what is there already is refused here.
register_trigger(
    PurseEntry,
    "purse_entry_fits",
    sqlite="""BEFORE INSERT ON purse_entry BEGIN
  SELECT RAISE(ABORT, 'money is counted in whole cents') WHERE typeof(NEW.cents) <> 'integer';
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: purse_entry.id')
    WHERE EXISTS (SELECT 1 FROM purse_entry WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: purse_entry.reverses_id')
    WHERE NEW.reverses_id IS NOT NULL AND EXISTS (SELECT 1 FROM purse_entry WHERE reverses_id = NEW.reverses_id);
  SELECT RAISE(ABORT, 'money moves between purses of one community')
    WHERE NOT EXISTS (SELECT 1 FROM purse f, purse t WHERE f.id = NEW.from_purse_id AND t.id = NEW.to_purse_id
                      AND f.community_id = NEW.community_id AND t.community_id = NEW.community_id);
  SELECT RAISE(ABORT, 'a reversal mirrors its movement')
    WHERE NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM purse_entry e
      WHERE e.id = NEW.reverses_id AND e.reverses_id IS NULL AND e.cents = NEW.cents
      AND e.from_purse_id = NEW.to_purse_id AND e.to_purse_id = NEW.from_purse_id);
END""",
    postgresql="BEFORE INSERT ON purse_entry FOR EACH ROW",
    function="""BEGIN
  IF NOT EXISTS (SELECT FROM purse f, purse t WHERE f.id = NEW.from_purse_id AND t.id = NEW.to_purse_id
                 AND f.community_id = NEW.community_id AND t.community_id = NEW.community_id) THEN
    RAISE EXCEPTION 'money moves between purses of one community';
  ELSIF NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT FROM purse_entry e
      WHERE e.id = NEW.reverses_id AND e.reverses_id IS NULL AND e.cents = NEW.cents
      AND e.from_purse_id = NEW.to_purse_id AND e.to_purse_id = NEW.from_purse_id) THEN
    RAISE EXCEPTION 'a reversal mirrors its movement';
  END IF;
  RETURN NEW;
END""",
)
