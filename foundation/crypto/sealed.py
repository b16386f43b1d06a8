"""Columns whose texts are sealed: whoever holds the database, or a copy of it, reads nothing in them."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Dialect, MetaData, Table, Text, event
from sqlalchemy.types import TypeDecorator

from foundation.crypto import keyring


class Sealed(TypeDecorator[str]):
    """A text kept sealed with the installation's keys. It can be neither searched nor compared in the database.

    `purpose` binds it to its column: `dependant.needs`. Reading raises Unreadable when its key is gone.
    """

    impl = Text
    cache_ok = True
    prefix = ""
    """What stands before every sealed text of such a column."""

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else keyring.in_use().seal(value, self.purpose)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else keyring.in_use().open(value, self.purpose)

    def process_literal_param(self, value: str | None, dialect: Dialect) -> Any:
        raise NotImplementedError("a sealed text is never written into a statement")


class Confidential(str):
    """A text that is sealed wherever it is kept: handed from one row to another it stays so."""

    __slots__ = ()


class SealedIfConfidential(Sealed):
    """A text that is sealed in some rows only: where a Confidential is written. It is read back as one.

    Other texts stand in the column as they are; none of them can pass for a sealed one.
    """

    cache_ok = True
    prefix = "\x1e"

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if isinstance(value, Confidential) and value:
            return self.prefix + keyring.in_use().seal(str(value), self.purpose)
        return None if value is None else str(value).lstrip(self.prefix)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or not value.startswith(self.prefix):
            return value
        return Confidential(keyring.in_use().open(value.removeprefix(self.prefix), self.purpose))

    def compare_values(self, x: Any, y: Any) -> bool:
        """Also a text that became confidential, or is so no more, is to be written anew."""
        return type(x) is type(y) and bool(x == y)


def alike(words: str, to: str) -> str:
    """`words`, exactly as confidential as another text of the same matter is."""
    return Confidential(words) if isinstance(to, Confidential) else str(words)


def seal_along(table: type[Any], leader: str, *names: str) -> None:
    """Whoever writes a row, and by whichever path: these texts of it are as confidential as its `leader` is."""

    def follow(_mapper: object, _connection: object, row: Any) -> None:
        to = getattr(row, leader)
        for name in names:
            words = getattr(row, name)
            if words is not None and isinstance(words, Confidential) is not isinstance(to, Confidential):
                setattr(row, name, alike(words, to))

    for moment in ("before_insert", "before_update"):
        event.listen(table, moment, follow)


def seal_always(table: type[Any], *names: str) -> None:
    """These texts of a row are confidential whoever writes it: nothing says in time what they belong to."""

    def close(_mapper: object, _connection: object, row: Any) -> None:
        for name in names:
            words = getattr(row, name)
            if words is not None and not isinstance(words, Confidential):
                setattr(row, name, Confidential(words))

    for moment in ("before_insert", "before_update"):
        event.listen(table, moment, close)


def sealed_columns(metadata: MetaData) -> Iterator[tuple[Table, list[Column[Any]]]]:
    """Every table that has sealed columns, with these."""
    for table in metadata.sorted_tables:
        columns = [column for column in table.columns if isinstance(column.type, Sealed)]
        if columns:
            yield table, columns
