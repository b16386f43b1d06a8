"""Messages of one lane go out in order."""

import sqlalchemy as sa
from alembic import op

from foundation.database.migrating import alter

revision = "0070"
down_revision = "0068"
branch_labels = None
depends_on = None

OPEN = sa.text("lane IS NOT NULL AND done_at IS NULL AND dead_at IS NULL")


def upgrade() -> None:
    op.add_column("outbox_message", sa.Column("lane", sa.String(length=120), nullable=True))
    op.create_index(
        "ix_outbox_message_lane",
        "outbox_message",
        ["channel", "lane", "id"],
        unique=False,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_message_lane", table_name="outbox_message")
    with alter(op, "outbox_message") as batch:
        batch.drop_column("lane")
