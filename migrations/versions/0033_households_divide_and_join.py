"""Households divide and join."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "household_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("into_party_id", sa.Integer(), nullable=True),
        sa.Column("new_party_id", sa.Integer(), nullable=True),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=True),
        sa.Column("share", sa.String(length=10), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("moved_minutes", sa.Integer(), nullable=True),
        sa.Column("dependants", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.CheckConstraint(
            "(kind = 'join') = (into_party_id IS NOT NULL)", name=op.f("ck_household_change_joins_somebody")
        ),
        sa.CheckConstraint("kind IN ('divide', 'join')", name=op.f("ck_household_change_kind_known")),
        sa.CheckConstraint("share IN ('nothing', 'half', 'all', 'some')", name=op.f("ck_household_change_share_known")),
        sa.CheckConstraint(
            "state IN ('proposed', 'done', 'declined', 'withdrawn')", name=op.f("ck_household_change_state_known")
        ),
        sa.CheckConstraint("party_id <> into_party_id", name=op.f("ck_household_change_two_households")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_household_change_community_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_household_change_decided_by_id")),
        sa.ForeignKeyConstraint(["into_party_id"], ["party.id"], name=op.f("fk_household_change_into_party_id")),
        sa.ForeignKeyConstraint(["new_party_id"], ["party.id"], name=op.f("fk_household_change_new_party_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_household_change_party_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["person.id"], name=op.f("fk_household_change_proposed_by_id")),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_household_change_zone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_change")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_household_change_into", "household_change", ["into_party_id", "state"], unique=False)
    op.create_index(
        "uq_household_change_one_proposed",
        "household_change",
        ["party_id"],
        unique=True,
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_household_change_one_proposed",
        table_name="household_change",
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.drop_index("ix_household_change_into", table_name="household_change")
    op.drop_table("household_change")
