"""Reading the sheets of a workbook (.xlsx) that a stranger made: its values as people would type them, nothing else.

A workbook is a zip of XML: small on the way, and as large as its maker likes once opened. What it says of its sizes is
looked at first, reading never goes beyond what it said, and XML is read by defusedxml, which takes no entities.
"""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import DEFUSEDXML, load_workbook
from openpyxl.utils import get_column_letter

from foundation.errors import N_, DomainError, Invalid

MOST_OPENED = 48 * 1024 * 1024
"""Bytes of all that is in it, unpacked."""
MOST_PARTS = 1000
MOST_LINES = 50_000
MOST_CELLS = 2_000_000
"""Empty ones among them: a line that reaches far to the right costs its whole length."""
MOST_ACROSS = 400
MOST_SHEETS = 12

_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UNREADABLE = (
    zipfile.BadZipFile,  # a zip that is cut off, or whose sums are wrong
    zlib.error,  # packed bytes that were changed
    EOFError,  # packed bytes that end too early
    ParseError,  # a part that is no XML
    LookupError,  # a part, a sheet or a style that is named and not there; letters of an unknown alphabet
    ValueError,  # words where a number or a date is to stand; entities, which defusedxml refuses
    TypeError,  # something that the format does not know, or lacks
    AttributeError,  # a sheet that is a picture only: read line by line, openpyxl takes it for another kind
    OverflowError,  # numbers of styles beyond what fits
    OSError,  # no part that is a workbook
)
"""What zipfile and openpyxl raise, each seen with workbooks that were broken on purpose; anything else is our fault."""
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How the format lets parts be packed."""
_LOCKED = 0x1 | 0x20 | 0x40
"""The flags of a part that wants a password, mends another file, or is locked in a stronger way."""
_PART, _NEEDS, _NEWEST = b"PK\x01\x02", 6, 63
_END, _LENGTH = b"PK\x05\x06", 12
"""How each line of a zip's list of parts begins, where it says for which version it is made, and the newest there is;
how the list ends, and where that says how long it is."""
_PADDED = re.compile(r"0{2,20}")
"""A way to show numbers that keeps the zeros in front: codes are written so."""

if not DEFUSEDXML:
    raise RuntimeError("defusedxml is missing: strangers' workbooks must not be read without it")


def is_workbook(data: bytes) -> bool:
    """Whether a file is a workbook, old or new, or at least packed like one."""
    return data.startswith((_ZIP, _OLD))


def sheets_of(data: bytes) -> list[list[tuple[int, list[str]]]]:
    """The lines of each sheet that can be seen, with their numbers; blank lines are left out.

    Numbers come with a decimal comma and no thousands, dates as 2026-11-22, and formulas as what they came to last.
    Raises Invalid for what cannot be read, is too large, or holds a formula that was never worked out.
    """
    _refuse_strangers(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about what openpyxl leaves out: pictures, rules for printing
            return _read(data)
    except DomainError:
        raise
    except _UNREADABLE as error:
        raise Invalid(N_("This workbook cannot be opened. In the spreadsheet choose “Save as” and CSV.")) from error


def _refuse_strangers(data: bytes) -> None:
    if data.startswith(_OLD):
        raise Invalid(
            N_("This is an old workbook (.xls), or one with a password. Save it as .xlsx without one, or as CSV.")
        )
    if is_of_a_version_to_come(data):
        raise Invalid(N_("This workbook cannot be opened. In the spreadsheet choose “Save as” and CSV."))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
    except _UNREADABLE as error:
        raise Invalid(N_("This workbook cannot be opened. In the spreadsheet choose “Save as” and CSV.")) from error
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        raise Invalid(N_("This is a workbook of another kind (.ods). Save it as .xlsx, or as CSV."))
    if any(part.compress_type not in _PACKED or part.flag_bits & _LOCKED for part in parts):
        raise Invalid(N_("This workbook cannot be opened. In the spreadsheet choose “Save as” and CSV."))
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_OPENED:
        raise Invalid(
            N_("There is far too much in this workbook. Keep only the sheet with the list, or save that as CSV.")
        )


def is_of_a_version_to_come(data: bytes) -> bool:
    """Whether some part says that it is packed as nobody packs yet."""
    end = data.rfind(_END)
    long = int.from_bytes(data[end + _LENGTH : end + _LENGTH + 4], "little")
    # Only in the list of parts: what is packed may happen to look like it.
    listed = data[max(0, end - long) : end] if end >= 0 else b""
    place = listed.find(_PART)
    while place >= 0:
        if listed[place + _NEEDS : place + _NEEDS + 1] > bytes((_NEWEST,)):
            return True
        place = listed.find(_PART, place + len(_PART))
    return False


def _read(data: bytes) -> list[list[tuple[int, list[str]]]]:
    values = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    formulas = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    try:
        seen = [sheet.title for sheet in values.worksheets if sheet.sheet_state == "visible"][:MOST_SHEETS]
        return [list(_lines(values[title], formulas[title])) for title in seen]
    finally:
        for book in (values, formulas):
            with suppress(OSError):
                book.close()


def _lines(sheet: Any, formulas: Any) -> Iterator[tuple[int, list[str]]]:
    """The lines of a sheet. What it says of its own extent is not believed."""
    sheet.reset_dimensions()
    formulas.reset_dimensions()
    cells_seen = 0
    pairs = zip(sheet.iter_rows(), formulas.iter_rows(), strict=False)
    for number, (row, worked_out) in enumerate(pairs, start=1):
        cells_seen += len(row)
        if number > MOST_LINES:
            raise Invalid(N_("This file has more than %(rows)s lines."), rows=MOST_LINES)
        if cells_seen > MOST_CELLS:
            raise Invalid(
                N_("There is far too much in this workbook. Keep only the sheet with the list, or save that as CSV.")
            )
        cells = [_shown(cell) for cell in row[:MOST_ACROSS]]
        for place, cell in enumerate(worked_out[:MOST_ACROSS]):
            if cell.data_type == "f" and (place >= len(row) or row[place].value is None):
                raise Invalid(
                    N_("Cell %(cell)s is a formula without a result: open the file in its program and save it again."),
                    cell=f"{get_column_letter(place + 1)}{number}",
                )
        if any(cell.strip() for cell in cells):
            yield number, cells


def _shown(cell: Any) -> str:
    """One cell as somebody would type it. A text that looks like a formula stays a text."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return _number(value, str(cell.number_format or ""))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    words = str(value)
    if "\x00" in words:
        raise Invalid(N_("This file contains characters that are not text (U+0000)."))
    return words


def _number(value: float | Decimal, shown_as: str) -> str:
    """A number with a decimal comma: 15 figures, which is what spreadsheets reckon with, so 0.1 + 0.2 is 0,3."""
    exact = Decimal(f"{value:.15g}")
    if not exact.is_finite():
        return str(value)
    percent = "%" in shown_as
    if percent:
        exact *= 100
    whole = exact.to_integral_value()
    if exact == whole:
        figures = str(int(whole))
        if _PADDED.fullmatch(shown_as) and whole >= 0:
            figures = figures.zfill(len(shown_as))
    else:
        figures = format(exact.normalize(), "f").replace(".", ",")
    return f"{figures}%" if percent else figures
