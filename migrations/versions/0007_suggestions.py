"""Suggestions."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "suggestion_wish",
        sa.Column("party_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("wish", sa.String(length=10), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("wish IN ('gladly', 'never')", name=op.f("ck_suggestion_wish_wish_known")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_suggestion_wish_party_id")),
        sa.ForeignKeyConstraint(["set_by_id"], ["person.id"], name=op.f("fk_suggestion_wish_set_by_id")),
        sa.PrimaryKeyConstraint("party_id", name=op.f("pk_suggestion_wish")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "asked_to_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_now_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_asked_to_answer_asked_by_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_asked_to_answer_party_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_asked_to_answer_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked_to_answer")),
        sa.UniqueConstraint("post_id", "party_id", name=op.f("uq_asked_to_answer_post_id_party_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_asked_to_answer_party", "asked_to_answer", ["party_id", "asked_at"], unique=False)
    op.create_index("ix_post_category", "post", ["category_id", "state", "published_at"], unique=False)
    op.create_index(
        "ix_agreement_done",
        "agreement",
        ["category_id", "giver_id"],
        unique=False,
        sqlite_where=sa.text("state = 'settled'"),
        postgresql_where=sa.text("state = 'settled'"),
    )


def downgrade() -> None:
    op.drop_index("ix_agreement_done", table_name="agreement")
    op.drop_index("ix_post_category", table_name="post")
    op.drop_index("ix_asked_to_answer_party", table_name="asked_to_answer")
    op.drop_table("asked_to_answer")
    op.drop_table("suggestion_wish")
