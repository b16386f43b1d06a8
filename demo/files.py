"""The demo's files: what a community is, and the lines that no import of the product knows."""

import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from community.importing.rules import LONGEST_CODE, categories, day_or_days_away
from exchanges.importing.rules import clock_time
from foundation.importing import Column, Row, Sheet, boolean, choice, minutes, read_table, text

HERE = Path(__file__).parent
FIRST, SECOND = HERE / "cremona", HERE / "oglio-po"
DOCUMENTS = {
    "identity_card": ("carta d’identità",),
    "passport": ("passaporto",),
    "residence_permit": ("permesso di soggiorno",),
    "driving_licence": ("patente",),
}


class Broken(Exception):
    """A file of the demo does not fit the product any more: the message names the lines."""


def described(folder: Path) -> dict[str, Any]:
    """What community.toml says."""
    return tomllib.loads((folder / "community.toml").read_text(encoding="utf-8"))


def sheet_of(path: Path, columns: Sequence[Column]) -> Sheet:
    """A file of the demo, read as every import is. Raises Broken when a line is at fault."""
    sheet = read_table(path.read_bytes(), columns)
    must_be_right(path, sheet)
    return sheet


def must_be_right(path: Path, sheet: Sheet) -> None:
    """Raises Broken when a line of the sheet is at fault."""
    if sheet.fault_count or sheet.unknown_headings:
        faults = [str(fault) for fault in sheet.faults[:20]] + sheet.unknown_headings
        raise Broken(f"{path.name}\n" + "\n".join(faults))


def verified_in(folder: Path, today: date) -> list[Row]:
    """Whom a maker has met, with which document, and who vouches for them."""
    columns = (
        Column("person", text(LONGEST_CODE), ("Persona",), required=True),
        Column("document", choice(DOCUMENTS), ("Documento",), required=True),
        Column("seen_on", day_or_days_away(today), ("Vista il",), required=True),
        Column("seen_by", text(LONGEST_CODE), ("Vista da",), required=True),
        Column("first", text(), ("Referenza 1",), required=True),
        Column("second", text(), ("Referenza 2",), required=True),
    )
    return sheet_of(folder / "verified.csv", columns).rows


def exchanges_in(folder: Path, tree: dict[str, int], today: date) -> list[Row]:
    """A year of exchanges: from a post (`bacheca`), written down by one side (`segnato`), or on paper (`assegno`)."""
    columns = (
        Column("day", day_or_days_away(today), ("Giorno",), required=True),
        Column("time", clock_time(), ("Ora",), required=True),
        Column("giver", text(LONGEST_CODE), ("Chi dà",), required=True),
        Column("receiver", text(LONGEST_CODE), ("Chi riceve",), required=True),
        Column("minutes", minutes(600), ("Durata",), required=True),
        Column("title", text(120), ("Che cosa",), required=True),
        Column("category", categories(tree), ("Categoria",), required=True),
        Column(
            "way", choice({"post": ("bacheca",), "recorded": ("segnato",), "assegno": ()}), ("Come",), required=True
        ),
        Column("by_giver", _giver(), ("Lo segna",), required=True),
        Column("thanks", text(500), ("Grazie",), default=""),
        Column("offered", boolean(), ("Sul profilo",), default=False),
    )
    return sheet_of(folder / "exchanges.csv", columns).rows


def _giver() -> Any:
    one = choice({"gives": ("dà",), "receives": ("riceve",)})
    return lambda cell: one(cell) == "gives"
