"""Somebody leaves a community."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0032"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "departure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closing", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("staying", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("hours_to_party_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hours_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'returned', 'done')", name=op.f("ck_departure_state_known")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_departure_community_id")),
        sa.ForeignKeyConstraint(["hours_to_party_id"], ["party.id"], name=op.f("fk_departure_hours_to_party_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_departure_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departure")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_departure_due", "departure", ["state", "ends_at"], unique=False)
    op.create_index(op.f("ix_departure_person_id"), "departure", ["person_id"], unique=False)
    op.create_index(
        "uq_departure_one_waiting",
        "departure",
        ["community_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_departure_one_waiting",
        table_name="departure",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.drop_index(op.f("ix_departure_person_id"), table_name="departure")
    op.drop_index("ix_departure_due", table_name="departure")
    op.drop_table("departure")
