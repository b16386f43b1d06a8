"""How a line was understood, in a form that can be kept and shown in any language."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from foundation.importing.columns import Column
from foundation.importing.reading import Fault, Row

SHOWN = 8
"""Lines that are shown before a file is taken in."""
LONGEST = 160


def shown_rows(rows: Sequence[Row], columns: Sequence[Column], places: Mapping[str, int]) -> list[dict[str, Any]]:
    """The first lines as JSON: the line's number, and a part for each column of ours that the file has."""
    used = [column for column in columns if column.name in places]
    return [
        {"line": row.line, "cells": [{"column": column.name, **_shown(row[column.name], column)} for column in used]}
        for row in rows[:SHOWN]
    ]


def fault_as_json(fault: Fault) -> dict[str, Any]:
    """A fault to be kept until it is shown in the reader's language."""
    params = {name: value if isinstance(value, int | str) else str(value) for name, value in fault.params.items()}
    return {"line": fault.line, "message": fault.message, "params": params, "column": fault.column}


def _shown(value: Any, column: Column) -> dict[str, Any]:
    """One value: `words`, `minutes`, `cents`, `day` or `yes`; nothing for an empty one."""
    if value is None or value == "" or value in ([], ()):
        return {}
    if isinstance(column.shown, str) and column.shown:
        return {column.shown: value}
    if isinstance(value, bool):
        return {"yes": value}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, list | tuple):
        return {"words": ", ".join(_word(one, column) for one in value)[:LONGEST]}
    return {"words": _word(value, column)[:LONGEST]}


def _word(value: Any, column: Column) -> str:
    if isinstance(column.shown, Mapping):
        return str(column.shown.get(value, value))
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, list | tuple):
        return " ".join(str(part) for part in value)
    return str(value)
