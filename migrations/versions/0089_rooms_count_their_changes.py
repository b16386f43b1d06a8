"""A room counts its changes, so that a form opened earlier is told: for those that are there, from one."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import alter

revision = "0089"
down_revision = "0088"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("room", sa.Column("version", sa.Integer(), nullable=True))
    op.execute(sa.update(sa.table("room", sa.column("version"))).values(version=1))
    with alter(op, "room") as batch:
        batch.alter_column("version", existing_type=sa.Integer(), nullable=False)


def downgrade() -> None:
    with alter(op, "room") as batch:
        batch.drop_column("version")
