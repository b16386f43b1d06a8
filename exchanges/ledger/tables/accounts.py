"""Accounts, and the limits that makers set on single ones.

An account's figures say nothing that its entries, open reservations and limits do not say: the triggers hold it
to that.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, Computed, ForeignKeyConstraint, Index, Integer, text
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime, append_only, register_trigger


class Account(SQLModel, table=True):
    """The hours of one party, of the community fund, or of the issue account that hours come into being against."""

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("kind IN ('party', 'fund', 'issue')", name="kind_known"),
        CheckConstraint("(kind = 'issue') = (party_id IS NULL)", name="party_unless_issue"),
        CheckConstraint("reserved >= 0", name="reserved_not_negative"),
        CheckConstraint("sequence >= 0 AND (sequence > 0 OR balance = 0)", name="empty_before_first_entry"),
        ForeignKeyConstraint(
            ["id", "last_sequence"],
            ["entry.account_id", "entry.sequence"],
            name="fk_account_last_entry",
            deferrable=True,
            initially="DEFERRED",
        ),
        Index(
            "uq_account_one_fund",
            "community_id",
            unique=True,
            sqlite_where=text("kind = 'fund'"),
            postgresql_where=text("kind = 'fund'"),
        ),
        Index(
            "uq_account_one_issue",
            "community_id",
            unique=True,
            sqlite_where=text("kind = 'issue'"),
            postgresql_where=text("kind = 'issue'"),
        ),
        # Room on the page for new versions of the row, so that moving a balance touches no index.
        {"postgresql_with": {"fillfactor": 60}},
    )

    # Part of a foreign key too, so that it has to be said that the database numbers it.
    id: int | None = Field(default=None, primary_key=True, sa_column_kwargs={"autoincrement": True})
    community_id: int = Field(foreign_key="community.id", index=True)
    kind: str = Field(default="party", max_length=10)
    party_id: int | None = Field(default=None, foreign_key="party.id", unique=True)
    balance: int = 0
    """Minutes given minus minutes received."""
    reserved: int = 0
    """Minutes promised by open reservations."""
    sequence: int = 0
    """How many entries there are."""
    last_sequence: int | None = Field(
        default=None, sa_column=Column(Integer, Computed("NULLIF(sequence, 0)", persisted=True))
    )
    """The same, or NULL before the first: what the foreign key looks for."""
    floor_minutes: int | None = None
    soft_floor_minutes: int | None = None
    ceiling_minutes: int | None = None
    """Limits in force for this account alone, from its last AccountLimit; None means the community's."""
    opened_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class AccountLimit(SQLModel, table=True):
    """Limits for one account in place of the community's, from its entry `from_sequence` + 1 on, and why."""

    __tablename__ = "account_limit"
    __table_args__ = (
        CheckConstraint("floor_minutes <= soft_floor_minutes", name="floor_below_soft_floor"),
        CheckConstraint("floor_minutes <= 0", name="floor_not_positive"),
        CheckConstraint("ceiling_minutes >= 0", name="ceiling_not_negative"),
        CheckConstraint("reason <> ''", name="reason_given"),
        Index("ix_account_limit_account", "account_id", "from_sequence"),
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    from_sequence: int
    floor_minutes: int | None = None
    soft_floor_minutes: int | None = None
    ceiling_minutes: int | None = None
    reason: str = Field(max_length=500)
    set_by_id: int | None = Field(default=None, foreign_key="person.id")
    set_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


append_only(AccountLimit)

register_trigger(
    Account,
    "account_starts_empty",
    sqlite="""BEFORE INSERT ON account BEGIN
  SELECT RAISE(ABORT, 'an account starts empty')
    WHERE NEW.balance <> 0 OR NEW.reserved <> 0 OR NEW.sequence <> 0
       OR coalesce(NEW.floor_minutes, NEW.soft_floor_minutes, NEW.ceiling_minutes) IS NOT NULL;
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: account.id')
    WHERE EXISTS (SELECT 1 FROM account WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'an account belongs to the community of its party') WHERE NEW.party_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM party p WHERE p.id = NEW.party_id AND p.community_id = NEW.community_id
                    AND (p.kind = 'fund') = (NEW.kind = 'fund'));
END""",
    postgresql="BEFORE INSERT ON account FOR EACH ROW",
    function="""BEGIN
  IF NEW.balance <> 0 OR NEW.reserved <> 0 OR NEW.sequence <> 0
     OR coalesce(NEW.floor_minutes, NEW.soft_floor_minutes, NEW.ceiling_minutes) IS NOT NULL THEN
    RAISE EXCEPTION 'an account starts empty';
  ELSIF NEW.party_id IS NOT NULL AND NOT EXISTS (
      SELECT FROM party p WHERE p.id = NEW.party_id AND p.community_id = NEW.community_id
      AND (p.kind = 'fund') = (NEW.kind = 'fund')) THEN
    RAISE EXCEPTION 'an account belongs to the community of its party';
  END IF;
  RETURN NEW;
END""",
)

_STAYS = "an account is never removed"
register_trigger(
    Account,
    "account_no_delete",
    sqlite=f"BEFORE DELETE ON account BEGIN SELECT RAISE(ABORT, '{_STAYS}'); END",
    postgresql="BEFORE DELETE ON account FOR EACH ROW",
    function=f"BEGIN RAISE EXCEPTION '{_STAYS}'; END",
)
register_trigger(
    Account,
    "account_no_truncate",
    postgresql="BEFORE TRUNCATE ON account FOR EACH STATEMENT",
    function=f"BEGIN RAISE EXCEPTION '{_STAYS}'; END",
)

# A balance moves by one entry at a time, and the deferred foreign key wants that entry before the transaction
# ends. The conditions stand in WHEN, which costs no call of a function on the many updates that are right.
_MOVES_BY_ENTRY = """NOT (NEW.id = OLD.id AND NEW.community_id = OLD.community_id AND NEW.kind = OLD.kind
  AND coalesce(NEW.party_id, 0) = coalesce(OLD.party_id, 0)
  AND (NEW.sequence = OLD.sequence + 1 OR (NEW.sequence = OLD.sequence AND NEW.balance = OLD.balance)))"""
_MOVES = "an account moves by one entry at a time and stays whose it is"
register_trigger(
    Account,
    "account_moves_by_entry",
    sqlite=f"""BEFORE UPDATE ON account WHEN {_MOVES_BY_ENTRY} OR typeof(NEW.balance) <> 'integer'
  OR typeof(NEW.sequence) <> 'integer' OR typeof(NEW.reserved) <> 'integer'
BEGIN SELECT RAISE(ABORT, '{_MOVES}'); END""",
    postgresql=f"BEFORE UPDATE ON account FOR EACH ROW WHEN ({_MOVES_BY_ENTRY})",
    function=f"BEGIN RAISE EXCEPTION '{_MOVES}'; END",
)

_RESERVED = "the reserved minutes are those of the open reservations"
_OPEN_MINUTES = "(SELECT coalesce(sum(minutes), 0) FROM reservation WHERE account_id = NEW.id AND closed_at IS NULL)"
register_trigger(
    Account,
    "account_reserved_agrees",
    sqlite=f"""BEFORE UPDATE ON account WHEN NEW.reserved <> OLD.reserved BEGIN
  SELECT RAISE(ABORT, '{_RESERVED}') WHERE NEW.reserved <> {_OPEN_MINUTES};
END""",
    postgresql="BEFORE UPDATE ON account FOR EACH ROW WHEN (NEW.reserved <> OLD.reserved)",
    function=f"""BEGIN
  IF NEW.reserved <> {_OPEN_MINUTES} THEN RAISE EXCEPTION '{_RESERVED}'; END IF;
  RETURN NEW;
END""",
)

_LIMITS = ("floor_minutes", "soft_floor_minutes", "ceiling_minutes")
_LAST_LIMIT = "(SELECT max(id) FROM account_limit WHERE account_id = NEW.id)"
_SET_LIMITS = ", ".join(f"{name} = NEW.{name}" for name in _LIMITS)
_LIMITS_AGREE = "the limits of an account are those of its last account_limit"


def _same(dialect: str) -> str:
    same = "IS" if dialect == "sqlite" else "IS NOT DISTINCT FROM"
    return " AND ".join(f"NEW.{name} {same} OLD.{name}" for name in _LIMITS)


def _as_set(dialect: str) -> str:
    same = "IS" if dialect == "sqlite" else "IS NOT DISTINCT FROM"
    matching = " AND ".join(f"l.{name} {same} NEW.{name}" for name in _LIMITS)
    return f"EXISTS (SELECT 1 FROM account_limit l WHERE l.id = {_LAST_LIMIT} AND {matching})"


register_trigger(
    Account,
    "account_limits_agree",
    sqlite=f"""BEFORE UPDATE ON account WHEN NOT ({_same("sqlite")}) BEGIN
  SELECT RAISE(ABORT, '{_LIMITS_AGREE}') WHERE NOT {_as_set("sqlite")};
END""",
    postgresql=f"BEFORE UPDATE ON account FOR EACH ROW WHEN (NOT ({_same('postgresql')}))",
    function=f"""BEGIN
  IF NOT {_as_set("postgresql")} THEN RAISE EXCEPTION '{_LIMITS_AGREE}'; END IF;
  RETURN NEW;
END""",
)

_FROM_NOW = "a limit is in force from the next entry on"
register_trigger(
    AccountLimit,
    "account_limit_from_now",
    sqlite=f"""BEFORE INSERT ON account_limit BEGIN
  SELECT RAISE(ABORT, '{_FROM_NOW}')
    WHERE NOT EXISTS (SELECT 1 FROM account WHERE id = NEW.account_id AND sequence = NEW.from_sequence);
  SELECT RAISE(ABORT, 'UNIQUE constraint failed: account_limit.id')
    WHERE EXISTS (SELECT 1 FROM account_limit WHERE id = NEW.id);
END""",
    postgresql="BEFORE INSERT ON account_limit FOR EACH ROW",
    function=f"""BEGIN
  IF NOT EXISTS (SELECT FROM account
                 WHERE id = NEW.account_id AND sequence = NEW.from_sequence FOR NO KEY UPDATE) THEN
    RAISE EXCEPTION '{_FROM_NOW}';
  END IF;
  RETURN NEW;
END""",
)
register_trigger(
    AccountLimit,
    "account_limit_takes_effect",
    sqlite=f"""AFTER INSERT ON account_limit BEGIN
  UPDATE account SET {_SET_LIMITS} WHERE id = NEW.account_id;
END""",
    postgresql="AFTER INSERT ON account_limit FOR EACH ROW",
    function=f"""BEGIN
  UPDATE account SET {_SET_LIMITS} WHERE id = NEW.account_id;
  RETURN NULL;
END""",
)
