"""Time cheques: hours on paper, promised when they are printed, and one settled exchange once somebody brings them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime


class ChequeSheet(SQLModel, table=True):
    """Cheques printed together by one party, all of the same length."""

    __tablename__ = "cheque_sheet"
    __table_args__ = (Index("ix_cheque_sheet_party", "party_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    party_id: int = Field(foreign_key="party.id")
    """Whose hours they are: it receives the help, and gives the cheque."""
    printed_for_id: int = Field(foreign_key="person.id")
    recorded_by_id: int | None = Field(default=None, foreign_key="person.id")
    minutes: int
    printed_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    """The first moment at which they are good no more."""


class TimeCheque(SQLModel, table=True):
    """One cheque. Its code is a token, of which only the hash is kept: lost paper is voided, never printed again."""

    __tablename__ = "time_cheque"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'redeemed', 'voided', 'expired')", name="state_known"),
        CheckConstraint("why IN ('', 'lost', 'left', 'stopped')", name="why_known"),
        CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="ended_with_state"),
        CheckConstraint("(state = 'voided') = (why <> '')", name="voided_with_reason"),
        CheckConstraint("agreement_id IS NULL OR state = 'redeemed'", name="agreement_where_redeemed"),
        CheckConstraint("minutes BETWEEN 1 AND 6000", name="minutes_sane"),
        UniqueConstraint("sheet_id", "number", name="uq_time_cheque_number"),
        Index(
            "ix_time_cheque_due",
            "ends_at",
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_time_cheque_party", "party_id", "id"),
        Index(
            "ix_time_cheque_stopped",
            "stopped_at",
            sqlite_where=text("state = 'open' AND stopped_at IS NOT NULL"),
            postgresql_where=text("state = 'open' AND stopped_at IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id", index=True)
    sheet_id: int = Field(foreign_key="cheque_sheet.id")
    party_id: int = Field(foreign_key="party.id")
    """The same as of its sheet."""
    number: int
    """On its sheet, from 1."""
    minutes: int
    ends_at: datetime = Field(sa_type=UtcDateTime)
    token_id: int | None = None
    """The token that is its code; no foreign key, since old ones are forgotten."""
    state: str = Field(default="open", max_length=10)
    why: str = Field(default="", max_length=10)
    """Why it was voided: it was `lost`, or nobody of its issuer was there (`stopped`, or `left` in older rows)."""
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_by_id: int | None = Field(default=None, foreign_key="person.id")
    agreement_id: int | None = Field(default=None, foreign_key="agreement.id")
    """The exchange that was made of it."""
    stopped_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Since when nobody of its issuer is there: what was done until that day is still owed, for some days."""
