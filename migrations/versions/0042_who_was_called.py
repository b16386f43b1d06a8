"""Who was called."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "call_try",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("outcome IN ('told', 'no_answer')", name=op.f("ck_call_try_outcome_known")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_call_try_by_id")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_call_try_community_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_call_try_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_try")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_call_try_person", "call_try", ["community_id", "person_id", "at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_call_try_person", table_name="call_try")
    op.drop_table("call_try")
