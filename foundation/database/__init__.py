"""SQLite or PostgreSQL, behaving the same: sessions that read, sessions that write in turn, types and triggers."""

from foundation.database.chains import Chain
from foundation.database.counting import number_of, one_if_any, raise_with_every_change
from foundation.database.database import Database
from foundation.database.folding import fold, folded
from foundation.database.naming import metadata, table_of
from foundation.database.overlaps import never_overlapping
from foundation.database.refusals import ReadOnly
from foundation.database.session import (
    Session,
    after_commit,
    append,
    insert_if_absent,
    insert_new,
    rows_of,
)
from foundation.database.triggers import append_only, register_sql, register_trigger
from foundation.database.turns import TookTooLong
from foundation.database.types import JsonColumn, UtcDateTime

__all__ = [
    "Chain",
    "Database",
    "JsonColumn",
    "ReadOnly",
    "Session",
    "TookTooLong",
    "UtcDateTime",
    "after_commit",
    "append",
    "append_only",
    "fold",
    "folded",
    "insert_if_absent",
    "insert_new",
    "metadata",
    "never_overlapping",
    "number_of",
    "one_if_any",
    "raise_with_every_change",
    "register_sql",
    "register_trigger",
    "rows_of",
    "table_of",
]
