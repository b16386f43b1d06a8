"""Since when everybody sees an activity."""

import sqlalchemy as sa
from alembic import op

revision = "0084"
down_revision = "0083"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("activity", sa.Column("published_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE activity SET published_at = created_at WHERE state <> 'draft'")


def downgrade() -> None:
    op.drop_column("activity", "published_at")
