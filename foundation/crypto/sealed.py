"""Columns whose texts are sealed: whoever holds the database, or a copy of it, reads nothing in them."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Dialect, MetaData, Table, Text
from sqlalchemy.types import TypeDecorator

from foundation.crypto import keyring


class Sealed(TypeDecorator[str]):
    """A text kept sealed with the installation's keys. It can be neither searched nor compared in the database.

    `purpose` binds it to its column: `dependant.needs`. Reading raises Unreadable when its key is gone.
    """

    impl = Text
    cache_ok = True

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else keyring.in_use().seal(value, self.purpose)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else keyring.in_use().open(value, self.purpose)

    def process_literal_param(self, value: str | None, dialect: Dialect) -> Any:
        raise NotImplementedError("a sealed text is never written into a statement")


def sealed_columns(metadata: MetaData) -> Iterator[tuple[Table, list[Column[Any]]]]:
    """Every table that has sealed columns, with these."""
    for table in metadata.sorted_tables:
        columns = [column for column in table.columns if isinstance(column.type, Sealed)]
        if columns:
            yield table, columns
