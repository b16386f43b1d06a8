"""What a file to take along holds, and how long it waits."""

import csv
import io
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from foundation.crypto.sealed import Confidential
from foundation.errors import N_, Invalid
from foundation.personal import BASES, PersonalData
from foundation.personal.keeping import Retention

LASTS = timedelta(days=7)
"""How long a file can be fetched."""
PAPER_LASTS = timedelta(hours=1)
"""How long who wrote the wish down may print the paper: printers run out of ink, and people go home."""
LONGEST_WISH = 1000
GIVEN_UP = timedelta(hours=6)
"""After so long without an end a request counts no more, and another may be made."""
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_json(rows: Mapping[str, Sequence[Mapping[str, object]]]) -> bytes:
    """Every kind with its rows, readable for people too."""
    return json.dumps(rows, ensure_ascii=False, indent=2, default=_plain).encode()


def as_csv(rows: Sequence[Mapping[str, object]]) -> bytes:
    """The rows of one kind as a spreadsheet opens them with a double click; no cell is a formula."""
    written = io.StringIO()
    columns = list(rows[0]) if rows else []
    writer = csv.writer(written, delimiter=";")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[column]) for column in columns])
    return ("\ufeff" + written.getvalue()).encode()


def _cell(value: object) -> str:
    said = "" if value is None else _said(value)
    return f"'{said}" if said.startswith(_DANGEROUS) and not isinstance(value, int | float) else said


def _said(value: object) -> str:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    return str(_plain(value)) if isinstance(value, date | datetime) else str(value)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def total_of(kinds: Iterable[object]) -> int:
    """How many steps it takes: one a kind, and one for the pictures."""
    return len(list(kinds)) + 1


def check_basis(kind: PersonalData, basis: str) -> None:
    """Raises Invalid for a ground that the law does not know, or where a law already demands the data."""
    if basis and basis not in BASES:
        raise Invalid(N_("Choose a ground from the list."), field="basis")
    if basis not in ("", kind.basis) and kind.basis == "law":
        raise Invalid(
            N_("A law demands this: the ground is not yours to choose. Add words of your own instead."), field="basis"
        )


def check_time(retention: Retention, days: int | None) -> None:
    """Raises Invalid for a time outside what the feature allows; None is the usual one."""
    if days is not None and not retention.least.days <= days <= retention.most.days:
        raise Invalid(
            N_("Between %(least)s and %(most)s days, please."),
            field=f"number-{retention.name}",
            least=retention.least.days,
            most=retention.most.days,
        )


def days_of(number: int, unit: str) -> int:
    """So many days or months, in days: twelve months are a year."""
    return round(number * 365 / 12) if unit == "months" else number


def number_of(days: int) -> tuple[int, str]:
    """Days as a number of years, months or days, whichever says them exactly."""
    if days % 365 == 0:
        return days // 365, "years"
    months = round(days * 12 / 365)
    return (months, "months") if months and days_of(months, "months") == days else (days, "days")


def check_wish(wish: str, reason: str) -> tuple[str, str]:
    """What they said, and what the maker noted, tidied. Raises Invalid at `wish` or `reason`."""
    said = {"wish": wish.strip(), "reason": reason.strip()}
    for name, words in said.items():
        if not words:
            raise Invalid(N_("Write a few words."), field=name)
        if len(words) > LONGEST_WISH:
            raise Invalid(N_("Use fewer words."), field=name)
    return said["wish"], said["reason"]


Rows = dict[str, list[dict[str, Any]]]
"""What is kept about somebody: the rows of each kind."""
TOGETHER = ("thread",)
"""What several rows have in common that is confidential with each of them: a conversation."""


def printable(rows: Rows, tables: Mapping[str, str], sealed: Mapping[str, Collection[str]]) -> Rows:
    """What may stand on a paper that a maker prints: nothing sealed, nothing confidential nor what hangs on it.

    `tables` names the table of each kind, `sealed` its sealed columns. A row with a text that is confidential goes as a
    whole, and with it every row that points at it or at its conversation: that it is there is confidential too.
    """
    gone: set[tuple[str, Any]] = set()
    kept = {kind: list(found) for kind, found in rows.items()}
    while True:
        before = len(gone)
        for kind, found in kept.items():
            for row in [row for row in found if _is_confidential(row) or _refers(row, gone)]:
                found.remove(row)
                gone |= {(tables.get(kind, kind), row["id"])} if row.get("id") else set()
                gone |= {(name, row[f"{name}_id"]) for name in TOGETHER if row.get(f"{name}_id")}
        if len(gone) == before:
            break
    return {
        kind: [{name: value for name, value in row.items() if name not in sealed.get(kind, ())} for row in found]
        for kind, found in kept.items()
    }


def _is_confidential(row: Mapping[str, Any]) -> bool:
    return row.get("visibility") == "confidential" or any(isinstance(value, Confidential) for value in row.values())


def _refers(row: Mapping[str, Any], gone: Collection[tuple[str, Any]]) -> bool:
    if (row.get("kind"), row.get("object_id")) in gone:
        return True
    return any(name.endswith("_id") and (name.removesuffix("_id"), value) in gone for name, value in row.items())
