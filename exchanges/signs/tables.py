"""How far the looking for signs has come."""

from sqlmodel import Field, SQLModel


class SignMark(SQLModel, table=True):
    """`upto` is the last row of what `name` looks through that was looked at: the next look begins after it."""

    __tablename__ = "sign_mark"

    name: str = Field(primary_key=True, max_length=20)
    upto: int
