"""What has been done to welcome a newcomer, tick by tick."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from foundation.clock import now
from foundation.database import UtcDateTime


class WelcomeStep(SQLModel, table=True):
    """One tick. The newcomer's own steps are not here: those are seen from what they really did."""

    __tablename__ = "welcome_step"
    __table_args__ = (CheckConstraint("step IN ('called', 'met', 'explained', 'put_away')", name="step_known"),)

    membership_id: int = Field(primary_key=True, foreign_key="membership.id", sa_column_kwargs={"autoincrement": False})
    step: str = Field(primary_key=True, max_length=20)
    """`called`, `met` and `explained` by a maker; `put_away` by the newcomer, who needs the list no more."""
    done_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    done_by_id: int | None = Field(default=None, foreign_key="person.id")
