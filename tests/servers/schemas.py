"""What a database is made of, as plain data, so that two of them can be compared."""

import re

from sqlalchemy import text

from foundation.database import Database

_ALEMBIC = "alembic_version"

_SQLITE = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"

_POSTGRESQL = {
    "column": """
        SELECT c.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull || ' '
               || a.attidentity::text || a.attgenerated::text || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped""",
    "constraint": """
        SELECT conrelid::regclass || '.' || conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace""",
    "index": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "trigger": """
        SELECT tgrelid::regclass || '.' || tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal""",
    "function": """
        SELECT proname, pg_get_functiondef(p.oid) FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')""",
    "text search": "SELECT cfgname, '' FROM pg_ts_config WHERE cfgnamespace = 'public'::regnamespace",
    "extension": "SELECT extname, '' FROM pg_extension",
}


def describe(database: Database) -> dict[str, str | list[str]]:
    """Each table, column, constraint, index, trigger and function by name, with what it says."""
    found = _sqlite(database) if database.dialect == "sqlite" else _postgresql(database)
    return {name: words for name, words in found.items() if _ALEMBIC not in name}


def _sqlite(database: Database) -> dict[str, str | list[str]]:
    with database.reading() as session:
        rows = session.connection().execute(text(_SQLITE)).all()
    return {f"{kind} {name}": _parts(sql) if kind == "table" else _plain(sql) for kind, name, sql in rows}


def _postgresql(database: Database) -> dict[str, str | list[str]]:
    found: dict[str, str | list[str]] = {}
    with database.reading() as session:
        for kind, question in _POSTGRESQL.items():
            for name, words in session.connection().execute(text(question)):
                found[f"{kind} {name}"] = _plain(words)
    return found


def _plain(sql: str) -> str:
    return re.sub(r"\s+", " ", sql).strip()


def _parts(sql: str) -> list[str]:
    """A table's columns in their order, then its constraints in any order.

    Taken apart at the commas: a column added later stands after the constraints in what SQLite keeps.
    """
    heading, _opening, rest = sql.partition("(")
    pieces, depth = [""], 0
    for letter in rest.rstrip().removesuffix(")"):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            pieces.append("")
        else:
            pieces[-1] += letter
    said = [_plain(piece) for piece in pieces]
    columns = [each for each in said if not each.startswith("CONSTRAINT")]
    # A table that was copied to be altered is kept with its name in quotes.
    return [_plain(heading).replace('"', ""), *columns, *sorted(each for each in said if each.startswith("CONSTRAINT"))]
