"""Transfers and their entries: written once, whole, and never changed.

How a transfer is kept whole: it says how many entries it has, and a foreign key looked at when the transaction
ends wants the last of them. Entries come in order, and the last one closes only on a sum of zero.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from exchanges.ledger.rules import EXEMPT_KINDS, KINDS, LONGEST_KEY, LONGEST_MEMO, MOST_ENTRIES, MOST_MINUTES
from foundation.clock import now
from foundation.database import UtcDateTime, append_only, register_trigger


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


class Entry(SQLModel, table=True):
    """One line of a transfer on one account, with what the account came to.

    There is no foreign key towards transfer and account: theirs point here (they must find their last entry),
    and the trigger below makes sure that an entry finds both, in the same community.
    """

    __tablename__ = "entry"
    __table_args__ = (
        CheckConstraint(f"minutes <> 0 AND abs(minutes) <= {MOST_MINUTES}", name="minutes_sane"),
        CheckConstraint("position >= 1", name="position_from_one"),
        CheckConstraint("sequence >= 1", name="sequence_from_one"),
        CheckConstraint("reserved_after >= 0", name="reserved_not_negative"),
        UniqueConstraint("account_id", "sequence"),
        {"sqlite_with_rowid": False},
    )

    transfer_id: int = Field(primary_key=True)
    position: int = Field(primary_key=True)
    account_id: int
    minutes: int
    balance_after: int
    reserved_after: int
    sequence: int
    """1, 2, 3... without gaps, for each account."""


class Transfer(SQLModel, table=True):
    """Minutes that move: who recorded it, for whom, why, and from what."""

    __tablename__ = "transfer"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_quoted(KINDS)})", name="kind_known"),
        CheckConstraint(f"exempt = (kind IN ({_quoted(EXEMPT_KINDS)}))", name="exempt_by_kind"),
        CheckConstraint("(kind = 'reversal') = (reverses_id IS NOT NULL)", name="reversal_names_one"),
        CheckConstraint(f"entry_count BETWEEN 2 AND {MOST_ENTRIES}", name="two_entries_or_more"),
        CheckConstraint("request_key <> ''", name="request_key_given"),
        ForeignKeyConstraint(
            ["id", "entry_count"],
            ["entry.transfer_id", "entry.position"],
            name="fk_transfer_last_entry",
            deferrable=True,
            initially="DEFERRED",
        ),
        Index("ix_transfer_community_id_at", "community_id", "at", "id"),
        Index("ix_transfer_source", "source_kind", "source_id"),
    )

    # Part of a foreign key too, so that it has to be said that the database numbers it.
    id: int | None = Field(default=None, primary_key=True, sa_column_kwargs={"autoincrement": True})
    community_id: int = Field(foreign_key="community.id")
    request_key: str = Field(max_length=LONGEST_KEY, unique=True)
    kind: str = Field(max_length=20)
    memo: str = Field(default="", max_length=LONGEST_MEMO)
    """What it was, or the reason a maker gave."""
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id")
    """The person at the keyboard; None when a rule of the community did it by itself."""
    for_party_id: int | None = Field(default=None, foreign_key="party.id")
    source_kind: str = Field(max_length=30)
    source_id: int | None = None
    reverses_id: int | None = Field(default=None, foreign_key="transfer.id", unique=True)
    exempt: bool = False
    """Not held by floor and ceiling."""
    entry_count: int


class ErasedWords(SQLModel, table=True):
    """The hash of the words of a transfer that were erased with who has left: what the seals are made again from."""

    __tablename__ = "erased_words"
    __table_args__ = (CheckConstraint("length(digest) = 64", name="digest_whole"),)

    transfer_id: int = Field(primary_key=True, foreign_key="transfer.id", sa_column_kwargs={"autoincrement": False})
    digest: str = Field(max_length=64)
    """`D("words", memo)` of docs/decisions/0018, in hexadecimal."""


def _words_taken_out(same: str) -> str:
    """Nothing of a transfer changes but its words, and those only to nothing, once their hash is kept."""
    others = [name for name in Transfer.model_fields if name != "memo"]
    kept = "EXISTS (SELECT 1 FROM erased_words w WHERE w.transfer_id = OLD.id)"
    return "\n  AND ".join([*(f"NEW.{name} {same} OLD.{name}" for name in others), "NEW.memo = ''", kept])


append_only(Transfer, sqlite_but=_words_taken_out("IS"), postgresql_but=_words_taken_out("IS NOT DISTINCT FROM"))
append_only(Entry)
append_only(ErasedWords)

# REPLACE INTO removes a row without firing the triggers of deletion unless a connection asks for it: so a row
# that would take the place of another is refused here.
register_trigger(
    Transfer,
    "transfer_is_new",
    sqlite="""BEFORE INSERT ON transfer BEGIN
  SELECT RAISE(ABORT, 'a transfer counts and dates in whole numbers and text')
    WHERE typeof(NEW.entry_count) <> 'integer' OR typeof(NEW.at) <> 'text';
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: transfer.id')
    WHERE EXISTS (SELECT 1 FROM transfer WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: transfer.request_key')
    WHERE EXISTS (SELECT 1 FROM transfer WHERE request_key = NEW.request_key);
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: transfer.reverses_id')
    WHERE NEW.reverses_id IS NOT NULL AND EXISTS (SELECT 1 FROM transfer WHERE reverses_id = NEW.reverses_id);
END""",
)

register_trigger(
    Transfer,
    "transfer_reverses_rightly",
    sqlite="""BEFORE INSERT ON transfer WHEN NEW.reverses_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'a reversal undoes a whole transfer of its community that is no reversal itself')
    WHERE NOT EXISTS (SELECT 1 FROM transfer WHERE id = NEW.reverses_id AND community_id = NEW.community_id
                      AND entry_count = NEW.entry_count AND reverses_id IS NULL);
END""",
    postgresql="BEFORE INSERT ON transfer FOR EACH ROW WHEN (NEW.reverses_id IS NOT NULL)",
    function="""BEGIN
  IF NOT EXISTS (SELECT FROM transfer WHERE id = NEW.reverses_id AND community_id = NEW.community_id
                 AND entry_count = NEW.entry_count AND reverses_id IS NULL) THEN
    RAISE EXCEPTION 'a reversal undoes a whole transfer of its community that is no reversal itself';
  END IF;
  RETURN NEW;
END""",
)

register_trigger(
    Entry,
    "entry_fits",
    sqlite="""BEFORE INSERT ON entry BEGIN
  SELECT RAISE(ABORT, 'an entry is made of whole numbers')
    WHERE typeof(NEW.minutes) <> 'integer' OR typeof(NEW.balance_after) <> 'integer'
       OR typeof(NEW.reserved_after) <> 'integer' OR typeof(NEW.sequence) <> 'integer'
       OR typeof(NEW.position) <> 'integer';
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: entry.account_id, entry.sequence')
    WHERE EXISTS (SELECT 1 FROM entry WHERE account_id = NEW.account_id AND sequence = NEW.sequence);
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: entry.transfer_id, entry.position')
    WHERE EXISTS (SELECT 1 FROM entry WHERE transfer_id = NEW.transfer_id AND position = NEW.position);
  SELECT RAISE(ABORT, 'an entry needs a transfer and an account of one community')
    WHERE NOT EXISTS (SELECT 1 FROM transfer t, account a
      WHERE t.id = NEW.transfer_id AND a.id = NEW.account_id AND t.community_id = a.community_id);
  SELECT RAISE(ABORT, 'an entry must agree with its account')
    WHERE NOT EXISTS (SELECT 1 FROM account WHERE id = NEW.account_id AND sequence = NEW.sequence
                      AND balance = NEW.balance_after AND reserved = NEW.reserved_after);
  SELECT RAISE(ABORT, 'an entry must follow the one before on its account')
    WHERE NEW.balance_after - NEW.minutes <> CASE WHEN NEW.sequence = 1 THEN 0 ELSE coalesce(
      (SELECT balance_after FROM entry WHERE account_id = NEW.account_id AND sequence = NEW.sequence - 1),
      NEW.balance_after) END;
  SELECT RAISE(ABORT, 'the entries of a transfer come in order, as many as it says')
    WHERE NEW.position > (SELECT entry_count FROM transfer WHERE id = NEW.transfer_id)
       OR (NEW.position > 1 AND NOT EXISTS
           (SELECT 1 FROM entry WHERE transfer_id = NEW.transfer_id AND position = NEW.position - 1));
  SELECT RAISE(ABORT, 'a transfer sums to zero')
    WHERE NEW.position = (SELECT entry_count FROM transfer WHERE id = NEW.transfer_id)
      AND NEW.minutes + (SELECT sum(minutes) FROM entry WHERE transfer_id = NEW.transfer_id) <> 0;
  SELECT RAISE(ABORT, 'a reversal mirrors its transfer')
    WHERE EXISTS (SELECT 1 FROM transfer t WHERE t.id = NEW.transfer_id AND t.reverses_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM entry o WHERE o.transfer_id = t.reverses_id AND o.position = NEW.position
                      AND o.account_id = NEW.account_id AND o.minutes = -NEW.minutes));
END""",
    # It runs after the whole statement, so that one statement may move the accounts and write all entries.
    postgresql="AFTER INSERT ON entry FOR EACH ROW",
    function="""DECLARE seen record;
BEGIN
  SELECT t.entry_count, t.reverses_id,
         a.sequence = NEW.sequence AND a.balance = NEW.balance_after
           AND a.reserved = NEW.reserved_after AS agrees,
         CASE WHEN NEW.sequence = 1 THEN 0 ELSE
           (SELECT p.balance_after FROM entry p
            WHERE p.account_id = NEW.account_id AND p.sequence = NEW.sequence - 1) END AS balance_before,
         NEW.position = 1 OR EXISTS (SELECT FROM entry p
            WHERE p.transfer_id = NEW.transfer_id AND p.position = NEW.position - 1) AS in_order,
         CASE WHEN NEW.position = t.entry_count THEN
           (SELECT sum(p.minutes) FROM entry p WHERE p.transfer_id = NEW.transfer_id) ELSE 0 END AS total
    INTO seen FROM transfer t, account a
    WHERE t.id = NEW.transfer_id AND a.id = NEW.account_id AND t.community_id = a.community_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'an entry needs a transfer and an account of one community';
  ELSIF NOT seen.agrees THEN
    RAISE EXCEPTION 'an entry must agree with its account';
  ELSIF NEW.balance_after - NEW.minutes IS DISTINCT FROM seen.balance_before THEN
    RAISE EXCEPTION 'an entry must follow the one before on its account';
  ELSIF NEW.position > seen.entry_count OR NOT seen.in_order THEN
    RAISE EXCEPTION 'the entries of a transfer come in order, as many as it says';
  ELSIF seen.total <> 0 THEN
    RAISE EXCEPTION 'a transfer sums to zero';
  ELSIF seen.reverses_id IS NOT NULL AND NOT EXISTS (
      SELECT FROM entry o WHERE o.transfer_id = seen.reverses_id AND o.position = NEW.position
      AND o.account_id = NEW.account_id AND o.minutes = -NEW.minutes) THEN
    RAISE EXCEPTION 'a reversal mirrors its transfer';
  END IF;
  RETURN NULL;
END""",
)
