"""What somebody says of their part in a lab can be taken out of sight: of what is there already, nothing is."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import alter

revision = "0102"
down_revision = "0101"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("lab_member", sa.Column("part_hidden_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with alter(op, "lab_member") as batch:
        batch.drop_column("part_hidden_at")
