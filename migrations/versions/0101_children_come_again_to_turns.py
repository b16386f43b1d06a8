"""A circle knows why a child does not come where nobody said so; for what stands already, nobody knows."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import alter

revision = "0101"
down_revision = "0100"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("circle_turn_child", sa.Column("off_why", sa.String(length=10), nullable=True))
    op.execute(sa.update(sa.table("circle_turn_child", sa.column("off_why"))).values(off_why=""))
    with alter(op, "circle_turn_child") as batch:
        batch.alter_column("off_why", existing_type=sa.String(length=10), nullable=False)
        batch.create_check_constraint(op.f("ck_circle_turn_child_off_why_known"), "off_why IN ('', 'away', 'consent')")
        batch.create_check_constraint(op.f("ck_circle_turn_child_comes_without_why"), "NOT comes OR off_why = ''")


def downgrade() -> None:
    with alter(op, "circle_turn_child") as batch:
        batch.drop_constraint(op.f("ck_circle_turn_child_comes_without_why"), type_="check")
        batch.drop_constraint(op.f("ck_circle_turn_child_off_why_known"), type_="check")
        batch.drop_column("off_why")
