"""A post may be asked about before anything is proposed: one conversation for who asks and each post."""

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "post_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_post_question_community_id")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_post_question_post_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_post_question_party_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_post_question_asked_by_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_post_question_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_question")),
        sa.UniqueConstraint("thread_id", name=op.f("uq_post_question_thread_id")),
        sa.UniqueConstraint("post_id", "party_id", name=op.f("uq_post_question_post_id_party_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_post_question_party", "post_question", ["party_id"], unique=False)
    op.create_index("ix_post_question_asker", "post_question", ["asked_by_id", "asked_at"], unique=False)


def downgrade() -> None:
    """What people asked stays in its threads, which nobody opens meanwhile."""
    op.drop_table("post_question")
