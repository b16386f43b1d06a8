"""How `flask database revision` writes a migration: plain SQLAlchemy types, checks, triggers and the like."""

import re
from collections.abc import Iterable
from typing import Any, Literal

from alembic.autogenerate.api import AutogenContext
from alembic.autogenerate.render import renderers
from alembic.operations.ops import MigrateOperation, UpgradeOps
from alembic.runtime.plugins import Plugin
from alembic.util import PriorityDispatchResult
from sqlalchemy import JSON, Connection, text
from sqlalchemy.sql.schema import SchemaItem
from sqlmodel.sql.sqltypes import AutoString

from foundation.database.triggers import DatabaseObject, append_only_triggers, declared
from foundation.database.types import UtcDateTime

_PLUGIN = "reciproca.objects"
PLUGINS = ["alembic.autogenerate.*", "alembic.ext.checkconstraint_byname", _PLUGIN]
_SHADOWS = re.compile(r"_(data|idx|content|docsize|config)$")
_NAMES_ON_POSTGRESQL = """
    SELECT relname FROM pg_class UNION SELECT tgname FROM pg_trigger UNION SELECT proname FROM pg_proc
    UNION SELECT cfgname FROM pg_ts_config UNION SELECT conname FROM pg_constraint
    UNION SELECT extname FROM pg_extension
"""


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
    if context.connection is not None:
        there = _names(context.connection)
        for table, each in declared():
            if each.name not in there:
                upgrade.ops.append(MakeObject(table.name, each))
    return PriorityDispatchResult.CONTINUE


def _names(connection: Connection) -> set[str]:
    if connection.dialect.name == "sqlite":
        return set(connection.execute(text("SELECT name FROM sqlite_master")).scalars())
    return set(connection.execute(text(_NAMES_ON_POSTGRESQL)).scalars())


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
