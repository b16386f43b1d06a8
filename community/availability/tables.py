"""When a household (or organisation) can, in an ordinary week."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel


class Availability(SQLModel, table=True):
    """One part of one weekday in which a party can; no row means that it did not say so.

    Times are those on the wall of the community, in minutes after midnight, so that "Thursday at four" stays at four
    when the clocks change.
    """

    __tablename__ = "availability"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 1 AND 7", name="weekday_known"),
        CheckConstraint(
            "(part = 'morning' AND starts >= 360 AND ends <= 720)"
            " OR (part = 'afternoon' AND starts >= 720 AND ends <= 1080)"
            " OR (part = 'evening' AND starts >= 1080 AND ends <= 1440)",
            name="within_its_part",
        ),
        CheckConstraint("ends > starts", name="ends_after_start"),
    )

    party_id: int = Field(primary_key=True, foreign_key="party.id", sa_column_kwargs={"autoincrement": False})
    weekday: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    """Monday is 1, Sunday 7."""
    part: str = Field(primary_key=True, max_length=10)
    """`morning`, `afternoon` or `evening`: see community/availability/rules.py."""
    starts: int
    ends: int
