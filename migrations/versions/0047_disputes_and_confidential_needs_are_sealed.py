"""disputes and confidential needs are sealed."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from foundation.crypto import keyring
from foundation.database.migrating import alter

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

PREFIX = "\x1e"
SEALED = {
    "agreement": {"reason": 2000, "resolution": 2000},
    "group_exchange": {"reason": 2000},
    "group_place": {"reason": 2000, "resolution": 2000},
    "series": {"reason": 2000},
}
IF_CONFIDENTIAL = {
    "post": {"title": 120, "description": 4000, "when_words": 200, "place_words": 200, "expense_words": 200},
    "agreement": {"title": 120, "place_words": 200},
    "group_exchange": {"title": 120},
    "series": {"title": 120},
}
POST = sa.table("post", sa.column("id"), sa.column("visibility"))
CLOSED_POSTS = sa.select(POST.c.id).where(POST.c.visibility == "confidential")


def upgrade() -> None:
    """Reasons and resolutions are sealed, and what was typed about a need that only makers read."""
    for table, columns in _all().items():
        with alter(op, table) as batch:
            for column, length in columns.items():
                batch.alter_column(column, existing_type=sa.String(length), type_=sa.Text(), existing_nullable=False)
    keys = keyring.in_use()
    for table, columns in SEALED.items():
        for column in columns:
            for row, text in _texts(table, column):
                _keep(table, column, row, keys.seal(text, f"{table}.{column}"))
    for table, columns in IF_CONFIDENTIAL.items():
        for column in columns:
            for row, text in _texts(table, column, closed=True):
                _keep(table, column, row, PREFIX + keys.seal(text, f"{table}.{column}"))
    entry = sa.table("search_entry", sa.column("kind"), sa.column("object_id"), sa.column("terms"))
    of_closed = (entry.c.kind == "post", entry.c.object_id.in_(CLOSED_POSTS), entry.c.terms != "")
    op.execute(sa.update(entry).where(*of_closed).values(terms=""))


def downgrade() -> None:
    keys = keyring.in_use()
    for table, columns in SEALED.items():
        for column in columns:
            for row, text in _texts(table, column):
                _keep(table, column, row, keys.open(text, f"{table}.{column}"))
    for table, columns in IF_CONFIDENTIAL.items():
        for column in columns:
            for row, text in _texts(table, column):
                if text.startswith(PREFIX):
                    _keep(table, column, row, keys.open(text.removeprefix(PREFIX), f"{table}.{column}"))
    for table, columns in _all().items():
        with alter(op, table) as batch:
            for column, length in columns.items():
                batch.alter_column(column, existing_type=sa.Text(), type_=sa.String(length), existing_nullable=False)


def _all() -> dict[str, dict[str, int]]:
    return {
        table: {**SEALED.get(table, {}), **IF_CONFIDENTIAL.get(table, {})} for table in {**SEALED, **IF_CONFIDENTIAL}
    }


def _table(table: str, column: str) -> sa.TableClause:
    named = sa.column(column, sa.Text())
    return sa.table(table, sa.column("id"), sa.column("id" if table == "post" else "post_id"), named)


def _texts(table: str, column: str, *, closed: bool = False) -> Iterator[tuple[int, str]]:
    """The texts of a column with the rows they stand in; with `closed`, those about confidential needs alone."""
    found = _table(table, column)
    statement = sa.select(found.c.id, found.c[column]).where(found.c[column] != "")
    if closed:
        statement = statement.where(found.c["id" if table == "post" else "post_id"].in_(CLOSED_POSTS))
    return ((row, text) for row, text in op.get_bind().execute(statement).all())


def _keep(table: str, column: str, row: int, text: str) -> None:
    found = _table(table, column)
    op.get_bind().execute(sa.update(found).where(found.c.id == row).values({column: text}))
