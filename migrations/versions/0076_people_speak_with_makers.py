"""People speak with the makers about a case."""

import sqlalchemy as sa
from alembic import op

revision = "0076"
down_revision = "0075"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_talk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("appeal_id", sa.Integer(), nullable=True),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_case_talk_community_id")),
        sa.ForeignKeyConstraint(["case_id"], ["moderation_case.id"], name=op.f("fk_case_talk_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_case_talk_person_id")),
        sa.ForeignKeyConstraint(["appeal_id"], ["appeal.id"], name=op.f("fk_case_talk_appeal_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_case_talk_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_talk")),
        sa.UniqueConstraint("thread_id", name=op.f("uq_case_talk_thread_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_case_talk_person",
        "case_talk",
        ["case_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("appeal_id IS NULL"),
        postgresql_where=sa.text("appeal_id IS NULL"),
    )
    op.create_index(
        "uq_case_talk_appeal",
        "case_talk",
        ["appeal_id"],
        unique=True,
        sqlite_where=sa.text("appeal_id IS NOT NULL"),
        postgresql_where=sa.text("appeal_id IS NOT NULL"),
    )
    op.create_index("ix_case_talk_person", "case_talk", ["person_id", "community_id"], unique=False)


def downgrade() -> None:
    op.drop_table("case_talk")
