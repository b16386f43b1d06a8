"""People who are worried are heard."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "concern",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reach", sa.String(length=10), nullable=False),
        sa.Column("reach_words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_words", sa.Text(), nullable=False),
        sa.CheckConstraint("reach IN ('here', 'phone', 'meet')", name=op.f("ck_concern_reach_known")),
        sa.CheckConstraint("state IN ('open', 'answered', 'closed')", name=op.f("ck_concern_state_known")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["person.id"], name=op.f("fk_concern_closed_by_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_concern_community_id")),
        sa.ForeignKeyConstraint(["reporter_id"], ["person.id"], name=op.f("fk_concern_reporter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_concern_community", "concern", ["community_id", "state"], unique=False)
    op.create_index("ix_concern_reporter", "concern", ["reporter_id"], unique=False)
    op.create_table(
        "quiet_answer",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("object_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("answer IN ('well', 'unsure')", name=op.f("ck_quiet_answer_answer_known")),
        sa.CheckConstraint("kind IN ('agreement', 'group_exchange')", name=op.f("ck_quiet_answer_kind_known")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_quiet_answer_person_id")),
        sa.PrimaryKeyConstraint("kind", "object_id", "person_id", name=op.f("pk_quiet_answer")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "concern_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("concern_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("of_lead", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_concern_message_author_id")),
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_concern_message_concern_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_message")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_concern_message_concern", "concern_message", ["concern_id", "id"], unique=False)
    op.create_table(
        "concern_party",
        sa.Column("concern_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_concern_party_concern_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_concern_party_party_id")),
        sa.PrimaryKeyConstraint("concern_id", "party_id", name=op.f("pk_concern_party")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("concern_party")
    op.drop_index("ix_concern_message_concern", table_name="concern_message")
    op.drop_table("concern_message")
    op.drop_table("quiet_answer")
    op.drop_index("ix_concern_reporter", table_name="concern")
    op.drop_index("ix_concern_community", table_name="concern")
    op.drop_table("concern")
