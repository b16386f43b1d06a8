"""Newcomers are welcomed, quiet members are asked how they are, and may rest."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "welcome_step",
        sa.Column("membership_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "step IN ('called', 'met', 'explained', 'put_away')", name=op.f("ck_welcome_step_step_known")
        ),
        sa.ForeignKeyConstraint(["done_by_id"], ["person.id"], name=op.f("fk_welcome_step_done_by_id")),
        sa.ForeignKeyConstraint(["membership_id"], ["membership.id"], name=op.f("fk_welcome_step_membership_id")),
        sa.PrimaryKeyConstraint("membership_id", "step", name=op.f("pk_welcome_step")),
    )
    op.create_table(
        "quiet_ask",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("answer IN ('', 'fine', 'rest', 'leave')", name=op.f("ck_quiet_ask_answer_known")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_quiet_ask_community_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_quiet_ask_person_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_quiet_ask_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiet_ask")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_quiet_ask_person", "quiet_ask", ["person_id", "community_id", "asked_at"], unique=False)
    op.create_index(
        "uq_quiet_ask_open",
        "quiet_ask",
        ["community_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("answered_at IS NULL"),
        postgresql_where=sa.text("answered_at IS NULL"),
    )
    op.create_table(
        "rest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=10), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("why IN ('own', 'quiet')", name=op.f("ck_rest_why_known")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_rest_community_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_rest_person_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_rest_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rest")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_rest_person", "rest", ["person_id", "community_id"], unique=False)
    op.create_index(
        "uq_rest_standing",
        "rest",
        ["community_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "rest_rules",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("ask_after_months", sa.Integer(), nullable=False),
        sa.Column("rest_after_days", sa.Integer(), nullable=False),
        sa.CheckConstraint("ask_after_months BETWEEN 0 AND 36", name=op.f("ck_rest_rules_ask_after_sane")),
        sa.CheckConstraint("rest_after_days BETWEEN 0 AND 365", name=op.f("ck_rest_rules_rest_after_sane")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_rest_rules_community_id")),
        sa.PrimaryKeyConstraint("community_id", name=op.f("pk_rest_rules")),
    )


def downgrade() -> None:
    op.drop_table("rest_rules")
    op.drop_index(
        "uq_rest_standing",
        table_name="rest",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index("ix_rest_person", table_name="rest")
    op.drop_table("rest")
    op.drop_index(
        "uq_quiet_ask_open",
        table_name="quiet_ask",
        sqlite_where=sa.text("answered_at IS NULL"),
        postgresql_where=sa.text("answered_at IS NULL"),
    )
    op.drop_index("ix_quiet_ask_person", table_name="quiet_ask")
    op.drop_table("quiet_ask")
    op.drop_table("welcome_step")
