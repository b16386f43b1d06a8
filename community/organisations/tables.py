"""What only an organisation has: a business, association, school, parish or public body."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

KINDS = ("business", "association", "school", "parish", "public_body")


class Organisation(SQLModel, table=True):
    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint("kind IN ('business', 'association', 'school', 'parish', 'public_body')", name="kind_known"),
    )

    party_id: int = Field(primary_key=True, foreign_key="party.id", sa_column_kwargs={"autoincrement": False})
    kind: str = Field(max_length=20)
    website: str = Field(default="", max_length=300)
    phone: str = Field(default="", max_length=40)
    email: str = Field(default="", max_length=254)
