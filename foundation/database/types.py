"""Column types that behave the same on SQLite and PostgreSQL."""

import json
import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

from foundation.database.refusals import UNKEEPABLE_TEXT
from foundation.errors import Invalid

_ESCAPED_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: takes only aware datetimes, keeps them in UTC, and gives them back aware and in UTC.

    On PostgreSQL it is `timestamptz`; on SQLite, text in one fixed form, so that comparing works there too.
    Raises ValueError for a naive datetime.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} is naive: a moment needs its time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def process_literal_param(self, value: datetime | None, dialect: Dialect) -> Any:
        return self.process_bind_param(value, dialect)


# A small JSON document: jsonb on PostgreSQL, text on SQLite. Changes inside it are not noticed: assign a new value.
JsonColumn = JSON().with_variant(JSONB(), "postgresql")


def to_json(value: object) -> str:
    """How JSON columns are written. Raises Invalid for U+0000 in a text, which PostgreSQL refuses in jsonb."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if "\\u0000" in written and _ESCAPED_NUL.search(written):
        raise Invalid(UNKEEPABLE_TEXT)
    return written
