"""Communities look like themselves: logo, texts of their own, deadlines of the desk."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import alter

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "desk_deadlines",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("urgent_hours", sa.Integer(), nullable=False),
        sa.Column("other_hours", sa.Integer(), nullable=False),
        sa.CheckConstraint("urgent_hours BETWEEN 1 AND other_hours", name=op.f("ck_desk_deadlines_urgent_first")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_desk_deadlines_community_id")),
        sa.PrimaryKeyConstraint("community_id", name=op.f("pk_desk_deadlines")),
    )
    with alter(op, "community") as community:
        community.add_column(sa.Column("texts", sa.JSON(), server_default="{}", nullable=False))
        community.add_column(sa.Column("logo_file_id", sa.Integer(), nullable=True))
        community.create_foreign_key(op.f("fk_community_logo_file_id"), "stored_file", ["logo_file_id"], ["id"])


def downgrade() -> None:
    with alter(op, "community") as community:
        community.drop_constraint(op.f("fk_community_logo_file_id"), type_="foreignkey")
        community.drop_column("logo_file_id")
        community.drop_column("texts")
    op.drop_table("desk_deadlines")
