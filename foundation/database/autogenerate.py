"""How `flask database revision` writes a migration: plain SQLAlchemy types, checks, triggers and the like."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Literal

from alembic.autogenerate.api import AutogenContext
from alembic.autogenerate.render import renderers
from alembic.operations.ops import MigrateOperation, UpgradeOps
from alembic.runtime.plugins import Plugin
from alembic.util import PriorityDispatchResult
from sqlalchemy import JSON
from sqlalchemy.sql.schema import SchemaItem
from sqlmodel.sql.sqltypes import AutoString

from foundation.crypto.sealed import Sealed
from foundation.database.migrating import made_so_far
from foundation.database.triggers import DatabaseObject, append_only_triggers, declared
from foundation.database.types import UtcDateTime

_PLUGIN = "reciproca.objects"
PLUGINS = ["alembic.autogenerate.*", "alembic.ext.checkconstraint_byname", _PLUGIN]
_TRIGGER = re.compile(r"CREATE TRIGGER (\w+)")
_SHADOWS = re.compile(r"_(data|idx|content|docsize|config)$")


class MakeObject(MigrateOperation):
    """A trigger or the like to be made by a migration."""

    def __init__(self, table: str, thing: DatabaseObject, *, gone: bool = False) -> None:
        self.table = table
        self.thing = thing
        self.gone = gone

    def reverse(self) -> "MakeObject":
        """Unmake it on the way down."""
        return MakeObject(self.table, self.thing, gone=not self.gone)

    def to_diff_tuple(self) -> tuple[str, str]:
        """What `alembic check` shows."""
        return ("make", self.thing.name)


def render_type(kind: str, item: Any, context: AutogenContext) -> str | Literal[False]:
    """Write our own column types as SQLAlchemy's, so that an old migration needs nothing of today's code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Sealed):
        return "sa.Text()"
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    if kind == "type" and isinstance(item, JSON) and "postgresql" in item._variant_mapping:
        context.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


def include(item: SchemaItem, name: str | None, kind: str, reflected: bool, compare_to: object) -> bool:
    """Leave alone the tables that SQLite's full text search makes, and those that `register_sql` made."""
    if kind != "table" or not reflected or compare_to is not None or name is None:
        return True
    ours = {each.name for _, each in declared()}
    return name not in ours and _SHADOWS.sub("", name) not in ours


def _compare(context: AutogenContext, upgrade: UpgradeOps) -> PriorityDispatchResult:
    """Hold what is declared against what the migrations so far have made: the same on both databases."""
    made = dict(made_so_far(context.migration_context.config))
    for table, each in declared():
        before = made.pop(each.name, None)
        if before is not None and not _same(before, each):
            old = replace(each, sqlite=before.sqlite, postgresql=before.postgresql)
            upgrade.ops.append(MakeObject(table.name, old, gone=True))
        if before is None or not _same(before, each):
            upgrade.ops.append(MakeObject(table.name, each))
    for left in made.values():
        upgrade.ops.insert(0, MakeObject("", _with_drop(left), gone=True))
    return PriorityDispatchResult.CONTINUE


def _same(one: DatabaseObject, other: DatabaseObject) -> bool:
    """Alembic indents what it writes, so spaces do not count."""
    return _words(one.sqlite) == _words(other.sqlite) and _words(one.postgresql) == _words(other.postgresql)


def _words(statements: Iterable[str]) -> list[list[str]]:
    return [statement.split() for statement in statements]


def _with_drop(left: DatabaseObject) -> DatabaseObject:
    """How to take away a trigger that is declared no more; of anything else, its author has to say it."""
    return replace(
        left,
        sqlite_drop=tuple(f"DROP TRIGGER IF EXISTS {name}" for name in _TRIGGER.findall(" ".join(left.sqlite))),
        postgresql_drop=(f"DROP FUNCTION IF EXISTS {left.name}() CASCADE",) if left.postgresql else (),
    )


@renderers.dispatch_for(MakeObject)
def _render(context: AutogenContext, op: MakeObject) -> str | list[str]:
    words = f"op, {op.table!r}"
    if op.thing == append_only_triggers(op.table):
        verb = "not_append_only" if op.gone else "append_only"
        context.imports.add(f"from foundation.database.migrating import {verb}")
        return f"{verb}({words})"
    verb = "unmake" if op.gone else "make"
    context.imports.add(f"from foundation.database.migrating import {verb}")
    sqlite, postgresql = (
        (op.thing.sqlite_drop, op.thing.postgresql_drop) if op.gone else (op.thing.sqlite, op.thing.postgresql)
    )
    return (
        f"{verb}(\n    op,\n    {op.thing.name!r},\n"
        f"    sqlite=[{_quoted(sqlite)}],\n    postgresql=[{_quoted(postgresql)}],\n)"
    )


def _quoted(statements: Iterable[str]) -> str:
    return "".join(f"\n        {_literal(each)}," for each in statements)


def _literal(statement: str) -> str:
    plain = "\n" in statement and "\\" not in statement and '"""' not in statement
    return f'"""{statement}"""' if plain else repr(statement)


_plugin = Plugin(_PLUGIN)
_plugin.add_autogenerate_comparator(_compare, "autogenerate")
