"""What PostgreSQL keeps of a table, against what was declared of it.

PostgreSQL writes constraints, indexes and conditions down in its own way, not the same from one version to the next: so
they are held to have every name, number and text that was declared. Functions it keeps as they were written.
"""

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Index, PrimaryKeyConstraint, Table, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import AddConstraint, CreateIndex

from foundation.database.session import Session
from foundation.database.triggers import DatabaseObject, declared

_TABLE = """SELECT c.oid, c.relkind = 'r' AND c.relpersistence = 'p' AND NOT c.relhassubclass AS plain,
    c.relrowsecurity AS hides FROM pg_class c WHERE c.oid = to_regclass(:table)"""
_COLUMNS = """SELECT attname, format_type(atttypid, atttypmod), attnotnull, attgenerated <> '' FROM pg_attribute
  WHERE attrelid = :oid AND attnum > 0 AND NOT attisdropped"""
_CONSTRAINTS = """SELECT conname, pg_get_constraintdef(c.oid), convalidated AND NOT EXISTS (
    SELECT FROM pg_trigger t WHERE t.tgconstraint = c.oid AND t.tgenabled NOT IN ('O', 'A'))
  FROM pg_constraint c WHERE conrelid = :oid"""
_INDEXES = """SELECT c.relname, pg_get_indexdef(c.oid), i.indisvalid AND i.indisready AND i.indislive
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = :oid"""
_TRIGGERS = """SELECT t.tgname, pg_get_triggerdef(t.oid), t.tgenabled IN ('O', 'A'), p.prosrc
  FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE t.tgrelid = :oid AND NOT t.tgisinternal"""
_RULES = """SELECT 'rule', rulename FROM pg_rewrite WHERE ev_class = :oid
  UNION ALL SELECT 'policy', polname FROM pg_policy WHERE polrelid = :oid"""
_BODY = re.compile(r"AS \$trigger\$(.*)\$trigger\$", re.DOTALL)
_TRIGGER = re.compile(r"CREATE (?:CONSTRAINT )?TRIGGER (\w+)")
_WORD = re.compile(r"'[^']*'|\w+")
# What PostgreSQL says in other words, or leaves out where it goes without saying.
_SAID_OTHERWISE = {"in", "between", "is", "table", "add", "alter", "on", "no", "action"}
_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's own

Gaps = Iterator[tuple[str, str, str]]


def gaps_of(session: Session, table: Table) -> Gaps:
    """What, its name, and what is wrong with it."""
    found = session.execute(text(_TABLE), {"table": table.name}).one_or_none()
    if found is None or not found.plain:
        yield "table", table.name, "missing" if found is None else "changed"
        return
    own = {"oid": found.oid}
    yield from _columns(table, session.execute(text(_COLUMNS), own).all())
    yield from _held("constraint", _constraints(table), session.execute(text(_CONSTRAINTS), own).all())
    indexes = {str(each.name): _of_index(each) for each in table.indexes}
    yield from _held("index", indexes, session.execute(text(_INDEXES), own).all())
    yield from _triggers(table, session.execute(text(_TRIGGERS), own).all())
    for what, name in session.execute(text(_RULES), own):
        yield what, name, "added"
    if found.hides:
        yield "policy", "row level security", "added"


def _columns(table: Table, rows: Any) -> Gaps:
    there = {name: rest for name, *rest in rows}
    for column in table.columns:
        if column.name not in there:
            yield "column", column.name, "missing"
        elif there[column.name] != [_type(column), not column.nullable, column.computed is not None]:
            yield "column", column.name, "changed"


def _type(column: Column[Any]) -> str:
    return column.type.compile(_DIALECT).lower().replace("varchar", "character varying")


def _constraints(table: Table) -> dict[str, str]:
    wanted = {}
    for each in table.constraints:
        if not (isinstance(each, PrimaryKeyConstraint) and not each.columns):
            statement = str(AddConstraint(each, isolate_from_table=False).compile(dialect=_DIALECT))
            wanted[str(each.name)] = statement.partition(f" {each.name} ")[2]
    return wanted


def _of_index(index: Index) -> str:
    return str(CreateIndex(index).compile(dialect=_DIALECT))


def _held(what: str, wanted: dict[str, str], rows: Any) -> Gaps:
    """The things of one sort that are missing, off, or do not say what was declared."""
    there = {name: (words, on) for name, words, on in rows}
    for name, statement in wanted.items():
        if name not in there:
            yield what, name, "missing"
            continue
        words, on = there[name]
        if not on:
            yield what, name, "off"
        elif not _words(statement) <= _words(words):
            yield what, name, "changed"


def _words(statement: str) -> set[str]:
    return set(_WORD.findall(statement.lower())) - _SAID_OTHERWISE


def _triggers(table: Table, rows: Any) -> Gaps:
    wanted, bodies = _declared_triggers(table)
    yield from _held("trigger", wanted, [row[:3] for row in rows])
    for name, _, _, body in rows:
        if name not in wanted:
            yield "trigger", name, "added"
        elif body.split() != bodies[name].split():
            yield "function", name, "changed"


def _declared_triggers(table: Table) -> tuple[dict[str, str], dict[str, str]]:
    """Every trigger on a table, by name: its statement, and what its function does."""
    statements, bodies = {}, {}
    for _, each in declared(table.metadata):
        for statement in each.postgresql:
            made = _TRIGGER.match(statement)
            if made and re.search(rf"\bON {table.name}\b", statement):
                statements[made.group(1)] = statement
                bodies[made.group(1)] = _body(each)
    return statements, bodies


def _body(thing: DatabaseObject) -> str:
    found = _BODY.search(" ".join(thing.postgresql))
    return found.group(1) if found else ""
