"""Newcomers are welcomed."""

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


def downgrade() -> None:
    op.drop_table("welcome_step")
