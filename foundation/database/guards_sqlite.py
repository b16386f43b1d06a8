"""What SQLite keeps of a table, against what was declared of it: the very statements, spaces aside."""

import re
from collections.abc import Iterator

from sqlalchemy import Table, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from foundation.database.session import Session
from foundation.database.triggers import declared

_TRIGGER = re.compile(r"CREATE TRIGGER (\w+)")
_KEPT = "SELECT type, name, sql FROM sqlite_master WHERE tbl_name = :table AND sql IS NOT NULL"


def gaps_of(session: Session, table: Table) -> Iterator[tuple[str, str, str]]:
    """What, its name, and what is wrong with it."""
    kept = {(kind, name): sql for kind, name, sql in session.execute(text(_KEPT), {"table": table.name})}
    made = kept.get(("table", table.name), "")
    if not made.startswith("CREATE TABLE"):
        yield "table", table.name, "missing"
        return
    yield from _of_parts(_parts(made), _parts(_written(CreateTable(table))))
    for index in table.indexes:
        yield from _held("index", str(index.name), kept, _written(CreateIndex(index)))
    triggers = _triggers(table)
    for name, statement in triggers.items():
        yield from _held("trigger", name, kept, statement)
    for kind, name in kept:
        if kind == "trigger" and name not in triggers:
            yield "trigger", name, "added"
    # An index may be made to say something else than its table, and pages read the index.
    for said in session.scalars(text(f'PRAGMA integrity_check("{table.name}")')):
        if said != "ok":
            yield "file", said, "damaged"


def _of_parts(there: list[str], wanted: list[str]) -> Iterator[tuple[str, str, str]]:
    """The columns and constraints that are not there as they were declared."""
    names = {_named(part) for part in there}
    for part in wanted:
        if part not in there:
            what, name = _named(part)
            yield what, name, "changed" if (what, name) in names else "missing"


def _named(part: str) -> tuple[str, str]:
    words = part.split()
    return ("constraint", words[1]) if words[0] == "CONSTRAINT" else ("column", words[0].strip('"'))


def _held(kind: str, name: str, kept: dict[tuple[str, str], str], statement: str) -> Iterator[tuple[str, str, str]]:
    there = kept.get((kind, name))
    if there is None:
        yield kind, name, "missing"
    elif _plain(there) != _plain(statement):
        yield kind, name, "changed"


def _triggers(table: Table) -> dict[str, str]:
    """Every trigger on a table, by name: what it was made with."""
    found = {}
    for _, each in declared(table.metadata):
        for statement in each.sqlite:
            made = _TRIGGER.match(statement)
            if made and re.search(rf"\bON {table.name}\b", statement):
                found[made.group(1)] = statement
    return found


def _written(statement: CreateTable | CreateIndex) -> str:
    return str(statement.compile(dialect=sqlite.dialect()))


def _plain(sql: str) -> str:
    return " ".join(sql.split()).replace('"', "")


def _parts(sql: str) -> list[str]:
    """A table's columns and constraints, taken apart at the commas between them."""
    pieces, depth, quoted = [""], 0, False
    for letter in sql.partition("(")[2]:
        if letter == "'":
            quoted = not quoted
        elif not quoted:
            depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth < 0:
            break  # what follows says how the table is kept
        if letter == "," and depth == 0 and not quoted:
            pieces.append("")
        else:
            pieces[-1] += letter
    return [_plain(piece) for piece in pieces]
