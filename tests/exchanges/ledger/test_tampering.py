"""Whatever is changed under a seal, with every trigger and constraint dropped, verification sees it.

The columns are read from the tables themselves: a new column of the history fails here until seals or checks know it.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import Column, Connection, Table, and_, delete, insert, select, text, update

from community.communities.tables import CommunityRules
from exchanges.ledger import tables
from exchanges.ledger.jobs import seal_new
from exchanges.ledger.queries.verification import faults
from exchanges.ledger.tables import Account, AccountLimit, Entry, ErasedWords, Reservation, Seal, Transfer
from foundation.database import Session, UtcDateTime
from tests.exchanges.ledger.book import Book, found

HISTORY = {
    model.__tablename__: model.__table__
    for model in (Transfer, Entry, Account, AccountLimit, Reservation, Seal, CommunityRules, ErasedWords)
}
NOT_CHANGED_BY_ITSELF = {
    "account.last_sequence": "the database computes it from account.sequence",
    "community_rules.card_before_giving": "no hour hangs on it; what was changed stands in the community's own history",
    "community_rules.mandate_months": "the same",
    "community_rules.cheque_months": "the same",
    "community_rules.cheque_most_minutes": "the same",
}


@pytest.fixture
def sealed(lived_in: Book) -> Book:
    """The same ledger under three seals, with every promise and limit behind an entry, and something after them."""
    book = lived_in
    list(seal_new(book.database))
    book.move("chiara", "maker", 15)
    list(seal_new(book.database))
    book.move("bashir", "chiara", 20)
    list(seal_new(book.database))
    book.move("maker", "anna", 5)
    assert found(book) == []
    book.disarm()
    return book


def everything(book: Book) -> Iterator[tuple[str, Table, dict[str, Any]]]:
    """Every row of the history; accounts that nothing ever moved on are none of it."""
    with book.database.reading() as session:
        last = session.execute(text("SELECT max(last_transfer_id) FROM seal")).scalar_one()
        for name, table in HISTORY.items():
            for row in session.execute(select(table)).mappings():
                untouched = name == "account" and row["sequence"] == 0
                unsealed = row.get("transfer_id", row["id"] if name == "transfer" else 0) > last
                elsewhere = name == "community_rules" and row["community_id"] != book.cast.community.id
                if not (untouched or unsealed or elsewhere):
                    yield name, table, dict(row)


def test_every_table_of_the_ledger_is_history() -> None:
    ours = {name for name, model in vars(tables).items() if getattr(model, "__table__", None) is not None}
    assert {vars(tables)[name].__tablename__ for name in ours} == set(HISTORY) - {"community_rules"} | {"record_seal"}


def others(column: Column[Any], value: Any) -> list[Any]:
    """Values that a forger might put in place of one."""
    kind = datetime if isinstance(column.type, UtcDateTime) else column.type.python_type
    if kind is bool:
        found: list[Any] = [not value]
    elif kind is int:
        found = [(value or 0) + 1, (value or 0) + 5000, -7]
    elif kind is datetime:
        found = [value + timedelta(microseconds=1) if value else datetime.fromisoformat("2026-01-01T00:00:00+00:00")]
    elif kind is bytes:
        found = [value[:-1] + bytes([value[-1] ^ 1]), value[:-1], b""]
    else:
        found = [(value or "") + "x", "", value[:-1] + ("0" if value[-1:] != "0" else "1") if value else "y"]
    if column.nullable and value is not None:
        found.append(None)
    return [each for each in found if each != value]


def tried(book: Book, change: Callable[[Connection], object]) -> list[str] | None:
    """What verification says after a change, which is then taken back; None where the database itself refuses."""
    with book.database.writing_engine.connect() as connection, Session(bind=connection) as session:
        try:
            change(connection)
        except Exception as error:
            if type(error).__name__ not in {"IntegrityError", "DataError"}:
                raise
            connection.rollback()
            return None
        said = [str(fault) for fault in faults(session)]
        connection.rollback()
        return said


def where(table: Table, row: dict[str, Any]) -> Any:
    return and_(*(column == row[column.name] for column in table.primary_key))


def test_every_column_of_the_history(sealed: Book) -> None:
    missed, changed = [], set()
    for number, (name, table, row) in enumerate(everything(sealed)):
        for column in table.columns:
            if f"{name}.{column.name}" in NOT_CHANGED_BY_ITSELF:
                continue
            values = others(column, row[column.name])
            said = None
            for turn in range(len(values) if name == "erased_words" else 1):
                # From row to row another one; of the one row of erased words each, until one is not refused.
                value = values[(number + turn) % len(values)]
                statement = update(table).where(where(table, row)).values({column.name: value})
                said = tried(sealed, lambda connection, made=statement: connection.execute(made))
                if said is not None:
                    break
            if said is not None:
                changed.add(f"{name}.{column.name}")
            if said == []:
                missed.append((name, column.name, row[column.name], value))
    assert missed == []
    columns = {f"{name}.{column.name}" for name, table in HISTORY.items() for column in table.columns}
    assert columns - changed == set(NOT_CHANGED_BY_ITSELF)


def test_every_row_of_the_history_removed_or_doubled(sealed: Book) -> None:
    missed = []
    for turn, (name, table, row) in enumerate(everything(sealed)):
        removing = delete(table).where(where(table, row))
        if tried(sealed, lambda connection, made=removing: connection.execute(made)) == []:
            missed.append(("removed", name, row))
        key = {"seal": "number", "entry": "position", "erased_words": "transfer_id"}.get(name, "id")
        again = {**row, key: (9000, 0, -3)[turn % 3]}
        again.pop("last_sequence", None)
        if name == "transfer":
            again |= {"request_key": "forged", "reverses_id": None}
        if name == "entry":
            again["sequence"] = 9000
        doubling = insert(table).values(again)
        if tried(sealed, lambda connection, made=doubling: connection.execute(made)) == []:
            missed.append(("doubled", name, again))
    assert missed == []


def test_values_swapped_between_rows(sealed: Book) -> None:
    """Two transfers change places, two entries, two seals: each value is one that was there before."""
    missed = []
    rows = list(everything(sealed))
    for (name, table, row), (other_name, _, other) in pairwise(rows):
        if name != other_name or name == "account":
            continue
        keys = {column.name for column in table.primary_key} | {"request_key", "reverses_id", "sequence"}
        mine = {column: value for column, value in row.items() if column not in keys}
        theirs = {column: value for column, value in other.items() if column not in keys}
        if mine == theirs:
            continue

        def swap(connection: Connection, table: Any = table, pair: Any = ((row, theirs), (other, mine))) -> None:
            for target, values in pair:
                connection.execute(update(table).where(where(table, target)).values(values))

        if tried(sealed, swap) == []:
            missed.append((name, row, other))
    assert missed == []


UNREADABLE = {
    "sqlite": (
        "'abc'",
        "x'ff00'",
        "CAST(x'ff41' AS TEXT)",
        "1.5",
        "9e999",
        "1000000000000000000",
        "replace({c}, ' ', 'T')",
        "replace({c}, ' ', 'T') || 'Z'",
        "{c} || char(0) || 'x'",
        "CAST({c} AS BLOB)",
        "'-'",
    ),
    "moment": ("'infinity'", "'-infinity'", "'0044-03-15 BC'", "NULL", "{c} + interval '1 year'"),
    "number": ("2147483647", "-2147483648", "NULL"),
    "truth": ("NOT {c}", "NULL"),
    "marks": ("'\\x00'", "NULL"),
    "words": ("{c} || ' '", "NULL", "'-'", "upper({c}) || '\u202e'"),
}
"""What a column was never meant to hold, by database and kind; `{c}` is what it holds."""


def test_values_that_are_no_values(sealed: Book) -> None:
    """Words where a number belongs, moments that never were: verification names a fault, and does not break."""
    missed = []
    rows = {name: (table, row) for name, table, row in everything(sealed)}
    for name, (table, row) in rows.items():
        for column in table.columns:
            if f"{name}.{column.name}" in NOT_CHANGED_BY_ITSELF:
                continue
            for value in UNREADABLE[_kind(sealed, column)]:
                stored = f"{column.name}::text"
                if sealed.database.dialect == "sqlite":
                    stored = f"typeof({column.name}) || hex({column.name})"
                looking = text(f"SELECT {stored} FROM {name} WHERE {_key(table, row)}")
                change = text(
                    f"UPDATE {name} SET {column.name} = {value.format(c=column.name)} WHERE {_key(table, row)}"
                )
                seen: list[object] = []

                def touch(connection: Connection, steps: Any = (looking, change, looking), seen: Any = seen) -> None:
                    before, _, after = (connection.execute(step) for step in steps)
                    seen += [before.scalar(), after.scalar()]

                if tried(sealed, touch) == [] and seen[0] != seen[1]:
                    missed.append((name, column.name, value, row[column.name]))
    assert missed == []


def _kind(book: Book, column: Column[Any]) -> str:
    if book.database.dialect == "sqlite":
        return "sqlite"
    if isinstance(column.type, UtcDateTime):
        return "moment"
    return {int: "number", bool: "truth", bytes: "marks"}.get(column.type.python_type, "words")


def _key(table: Table, row: dict[str, Any]) -> str:
    return " AND ".join(f"{column.name} = {row[column.name]}" for column in table.primary_key)


def test_a_community_removed_with_its_seals(sealed: Book) -> None:
    """The record of deeds still knows of the seals, though nothing else of the community is left."""
    community = sealed.cast.community.id

    def remove(connection: Connection) -> None:
        for table in ("seal", "entry", "reservation", "account_limit", "transfer"):
            connection.execute(text(f"DELETE FROM {table}"))

    said = tried(sealed, remove)
    assert said is not None
    assert any(f"Community {community}: seal 1 was made with the hash" in line for line in said)


@pytest.mark.parametrize("sealed_since", [False, True])
def test_what_is_put_in_later_cannot_claim_to_be_older(sealed: Book, sealed_since: bool) -> None:
    """A transfer, and rules, written after the last seal with a date from before it; sealing does not hide them."""
    community = sealed.cast.community.id
    sealed.attack(
        "UPDATE transfer SET at = '2026-01-01 10:00:00.000000+00:00' WHERE id = (SELECT max(id) FROM transfer)"
        if sealed.database.dialect == "postgresql"
        else "UPDATE transfer SET at = '2026-01-01 10:00:00.000000' WHERE id = (SELECT max(id) FROM transfer)"
    )
    if sealed_since:
        list(seal_new(sealed.database, community))
    assert any("says that it was made at 2026-01-01T10:00:00.000000Z, before seal 3" in line for line in found(sealed))
