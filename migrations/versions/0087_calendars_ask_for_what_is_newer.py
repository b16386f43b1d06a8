"""Activities and centers say when they changed last: for those that are there, since they are."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import alter

revision = "0087"
down_revision = "0086"
branch_labels = None
depends_on = None

TABLES = ("activity", "center")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
        rows = sa.table(table, sa.column("changed_at"), sa.column("created_at"))
        op.execute(sa.update(rows).values(changed_at=rows.c.created_at))
        with alter(op, table) as batch:
            batch.alter_column("changed_at", existing_type=sa.DateTime(timezone=True), nullable=False)


def downgrade() -> None:
    for table in reversed(TABLES):
        with alter(op, table) as batch:
            batch.drop_column("changed_at")
