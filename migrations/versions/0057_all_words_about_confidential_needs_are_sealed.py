"""All words typed about a confidential need are sealed: places, expenses, messages, and a post's own fields."""

import sqlalchemy as sa
from alembic import op

from foundation.crypto import keyring
from foundation.database.migrating import alter

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

PREFIX = "\x1e"
COLUMNS = {
    "post_childcare": {"where_words": 200, "pick_up": 200},
    "post_purchasing": {"what": 200},
    "agreement": {"expense_words": 200},
    "series_terms": {"place_words": 200, "expense_words": 200},
    "group_exchange": {"place_words": 200, "expense_words": 200},
    "message": {"words": 4000},
}
KEYS = {"post_childcare": "post_id", "post_purchasing": "post_id"}
CLOSED_THREADS = sa.text(
    "UPDATE thread SET confidential = :yes WHERE id IN ("
    "SELECT agreement.thread_id FROM agreement JOIN post ON post.id = agreement.post_id"
    " WHERE post.visibility = 'confidential'"
    " UNION SELECT series.thread_id FROM series JOIN post ON post.id = series.post_id"
    " WHERE post.visibility = 'confidential'"
    " UNION SELECT group_exchange.thread_id FROM group_exchange JOIN post ON post.id = group_exchange.post_id"
    " WHERE post.visibility = 'confidential')"
).bindparams(sa.bindparam("yes", True, sa.Boolean()))
CLOSED = "SELECT id FROM post WHERE visibility = 'confidential'"
WHICH = {
    "post_childcare": "",
    "post_purchasing": "",
    "agreement": f" AND post_id IN ({CLOSED})",
    "series_terms": f" AND series_id IN (SELECT id FROM series WHERE post_id IN ({CLOSED}))",  # noqa: S608 - our own
    "group_exchange": f" AND post_id IN ({CLOSED})",
    "message": " AND thread_id IN (SELECT id FROM thread WHERE confidential)",
}
"""Which rows are sealed. The own fields of a post are so in all: they cannot follow who reads it."""


def upgrade() -> None:
    op.add_column("thread", sa.Column("confidential", sa.Boolean(), server_default="0", nullable=False))
    op.get_bind().execute(CLOSED_THREADS)
    keys = keyring.in_use()
    for table, columns in COLUMNS.items():
        with alter(op, table) as batch:
            for column, length in columns.items():
                batch.alter_column(column, existing_type=sa.String(length), type_=sa.Text(), existing_nullable=False)
        for column in columns:
            for row, words in _texts(table, column, WHICH[table]):
                _keep(table, column, row, PREFIX + keys.seal(words, f"{table}.{column}"))


def downgrade() -> None:
    keys = keyring.in_use()
    for table, columns in COLUMNS.items():
        for column in columns:
            for row, words in _texts(table, column, ""):
                if words.startswith(PREFIX):
                    _keep(table, column, row, keys.open(words.removeprefix(PREFIX), f"{table}.{column}"))
        with alter(op, table) as batch:
            for column, length in columns.items():
                batch.alter_column(column, existing_type=sa.Text(), type_=sa.String(length), existing_nullable=False)
    with alter(op, "thread") as batch:
        batch.drop_column("confidential")


def _texts(table: str, column: str, which: str) -> list[tuple[int, str]]:
    key = KEYS.get(table, "id")
    asked = f"SELECT {key}, {column} FROM {table} WHERE {column} <> ''{which}"  # noqa: S608 - names of our own
    return [(row, words) for row, words in op.get_bind().execute(sa.text(asked)).all()]


def _keep(table: str, column: str, row: int, words: str) -> None:
    key = KEYS.get(table, "id")
    kept = f"UPDATE {table} SET {column} = :words WHERE {key} = :row"  # noqa: S608 - names of our own
    op.get_bind().execute(sa.text(kept), {"words": words, "row": row})
