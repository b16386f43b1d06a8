"""What a lab asks for, and what it received."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime, append_only


class LabResource(SQLModel, table=True):
    """What a lab needs: `amount` is minutes of hours, pieces of a thing, rooms, or whole cents of euro."""

    __tablename__ = "lab_resource"
    __table_args__ = (
        CheckConstraint("kind IN ('hours', 'thing', 'room', 'euro')", name="kind_known"),
        CheckConstraint("amount BETWEEN 1 AND 100000000", name="amount_sane"),
        Index("ix_lab_resource_lab", "lab_id", "closed_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    lab_id: int = Field(foreign_key="community_lab.id")
    kind: str = Field(max_length=6)
    words: str = Field(max_length=200)
    unit: str = Field(default="", max_length=40)
    """Of things and rooms: "chairs", "afternoons"."""
    amount: int
    created_by_id: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class LabReceipt(SQLModel, table=True):
    """Something a lab received: only added. A mistake is put right by a line that takes it back, once.

    A record: nothing of it is in the ledger of hours. The unit of `amount` is that of its resource.
    """

    __tablename__ = "lab_receipt"
    __table_args__ = (
        UniqueConstraint("corrects_id"),
        CheckConstraint("amount <> 0 AND amount BETWEEN -100000000 AND 100000000", name="amount_sane"),
        CheckConstraint("(amount < 0) = (corrects_id IS NOT NULL)", name="only_corrections_take_back"),
        Index("ix_lab_receipt_resource", "resource_id"),
        Index("ix_lab_receipt_lab", "lab_id"),
        Index("ix_lab_receipt_party", "from_party_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    community_id: int = Field(foreign_key="community.id")
    lab_id: int = Field(foreign_key="community_lab.id")
    resource_id: int = Field(foreign_key="lab_resource.id")
    amount: int
    from_party_id: int | None = Field(default=None, foreign_key="party.id")
    on_day: date
    corrects_id: int | None = Field(default=None, foreign_key="lab_receipt.id")
    noted_by_id: int | None = Field(default=None, foreign_key="person.id")
    noted_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class LabGiver(SQLModel, table=True):
    """From whom something was received that is no party of this community: "the parish of Sant’Ambrogio".

    Beside the receipt, and not in it: should a person's name stand here, it goes with who leaves.
    """

    __tablename__ = "lab_giver"

    receipt_id: int = Field(foreign_key="lab_receipt.id", primary_key=True)
    words: str = Field(max_length=120)


append_only(LabReceipt)
