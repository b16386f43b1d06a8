"""What was reported and then put right stays for the makers as it was."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import alter

revision = "0077"
down_revision = "0076"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("message", sa.Column("reported_words", sa.Text(), nullable=True))


def downgrade() -> None:
    with alter(op, "message") as batch:
        batch.drop_column("reported_words")
