"""Words without case and accents, as people type a name they look for: the same on both databases."""

import unicodedata
from typing import Any

from sqlalchemy import String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

IN_SQLITE = "folded"
"""The name under which SQLite's connections know `fold`."""


def fold(words: str) -> str:
    """The words in small letters without accents: `Nicolò D’È` becomes `nicolo d’e`."""
    taken_apart = unicodedata.normalize("NFKD", words)
    return "".join(letter for letter in taken_apart if not "\u0300" <= letter <= "\u036f").lower()


class folded(FunctionElement[str]):  # noqa: N801 - reads as the SQL function that it is
    """`fold` of a column, worked out by the database."""

    type = String()
    name = IN_SQLITE
    inherit_cache = True


@compiles(folded, "postgresql")
def _in_postgresql(element: folded, compiler: SQLCompiler, **options: Any) -> str:
    # Accents first: lower() of a database in the C locale knows plain letters only.
    inner = compiler.process(element.clauses, **options)
    return f"lower(regexp_replace(normalize({inner}, NFKD), E'[\\u0300-\\u036f]', '', 'g'))"


@compiles(folded)
def _in_sqlite(element: folded, compiler: SQLCompiler, **options: Any) -> str:
    return f"{IN_SQLITE}({compiler.process(element.clauses, **options)})"
