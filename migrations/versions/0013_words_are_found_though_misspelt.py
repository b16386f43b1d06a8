"""Words are found though misspelt."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_spelling",
        sa.Column("key", sa.String(length=48), nullable=False),
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("key", "word", name=op.f("pk_search_spelling")),
        sqlite_autoincrement=True,
    )
    # What stands in the index is cut down to other terms now, and its words are known by how they sound: the first
    # worker that runs puts all of it in anew.
    op.execute("DELETE FROM search_trigram")
    op.execute("DELETE FROM search_word")
    op.execute(
        "INSERT INTO queued_job (kind, key, payload, created_at, due_at, attempts) "
        "SELECT 'search.rebuild', 'migration', '{}', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 0 "
        "WHERE EXISTS (SELECT 1 FROM community) "
        "AND NOT EXISTS (SELECT 1 FROM queued_job WHERE kind = 'search.rebuild')"
    )


def downgrade() -> None:
    op.drop_table("search_spelling")
