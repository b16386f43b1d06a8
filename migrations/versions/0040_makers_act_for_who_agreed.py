"""Makers act for who agreed to it."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mandate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("before_id", sa.Integer(), nullable=False),
        sa.Column("text_version", sa.String(length=20), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_how", sa.String(length=20), nullable=False),
        sa.CheckConstraint("way IN ('spoken', 'signed')", name=op.f("ck_mandate_way_known")),
        sa.CheckConstraint(
            "ended_how IN ('', 'renewed', 'told', 'card', 'taken_over', 'left')",
            name=op.f("ck_mandate_ended_how_known"),
        ),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_how = '')", name=op.f("ck_mandate_ended_whole")),
        sa.CheckConstraint("until >= agreed_on", name=op.f("ck_mandate_until_not_before_agreed")),
        sa.ForeignKeyConstraint(["before_id"], ["person.id"], name=op.f("fk_mandate_before_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_mandate_community_id")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name=op.f("fk_mandate_ended_by_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_mandate_party_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mandate_person_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_mandate_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_mandate_party", "mandate", ["party_id", "id"], unique=False)
    op.create_index("ix_mandate_until", "mandate", ["community_id", "until"], unique=False)
    op.create_index(
        "uq_mandate_one_standing",
        "mandate",
        ["party_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.add_column("community_rules", sa.Column("mandate_months", sa.Integer(), server_default="12", nullable=False))


def downgrade() -> None:
    op.drop_column("community_rules", "mandate_months")
    op.drop_index("uq_mandate_one_standing", table_name="mandate")
    op.drop_index("ix_mandate_until", table_name="mandate")
    op.drop_index("ix_mandate_party", table_name="mandate")
    op.drop_table("mandate")
