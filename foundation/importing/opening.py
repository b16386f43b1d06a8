"""Opening a table, whatever it is written in: CSV by any hand, or a workbook; and finding where it begins."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from foundation.errors import N_, Invalid
from foundation.importing.columns import Column, by_heading, same_heading
from foundation.importing.encodings import decode
from foundation.importing.workbooks import is_workbook, sheets_of

Record = tuple[int, list[str]]
"""A line: where it begins in the file, and its cells."""

_DELIMITERS = (";", ",", "\t")
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?;*(\r\n|\r|\n|$)', re.IGNORECASE)
_BEGINS_WITHIN = 15
"""Lines among which the headings are looked for: the name of a shop and a date may stand above them."""


@dataclass(frozen=True)
class Opened:
    """A table: its headings, the lines below them, about how many these are, and how the file was made."""

    headings: list[str]
    records: Iterator[Record]
    lines: int
    encoding: str
    delimiter: str


def open_table(data: bytes, columns: Sequence[Column]) -> Opened:
    """The table in a file. Raises Invalid for an empty file, and for what is no table at all."""
    if is_workbook(data):
        sheets = sheets_of(data)
        best = max(sheets, key=lambda sheet: _known_in(sheet[:_BEGINS_WITHIN], columns), default=[])
        headings, records = _begin(iter(best), columns)
        return Opened(headings, records, len(best), "workbook", "")
    text, encoding = decode(data)
    headings, records, delimiter = open_records(text, columns)
    return Opened(headings, records, text.count("\n") + 1, encoding, delimiter)


def _begin(records: Iterator[Record], columns: Sequence[Column]) -> tuple[list[str], Iterator[Record]]:
    """The headings and the lines below them; the first line is the headings unless a later one has more we know."""
    first: list[Record] = []
    try:
        for record in records:
            first.append(record)
            if len(first) == _BEGINS_WITHIN:
                break
    except BrokenLine as error:
        records = _breaking(error)
        if not first:
            raise
    if not first:
        raise Invalid(N_("This file is empty."))
    known = [_known(cells, columns) for _, cells in first]
    at = known.index(max(known)) if max(known) > max(1, known[0]) else 0
    headings, below = _whole_headings(first[at][1], first[at + 1 :], columns)
    return headings, chain(below, records)


def _breaking(error: "BrokenLine") -> Iterator[Record]:
    """A table that cannot be read from here on."""
    yield from ()
    raise error


def _whole_headings(cells: list[str], below: list[Record], columns: Sequence[Column]) -> tuple[list[str], list[Record]]:
    """Headings in two lines, merged over several columns, as one: `Prezzo` above `al kg` is `Prezzo al kg`.

    A second line is one of several cells with no figure in them, none below a heading that must stand over something.
    """
    known = by_heading(columns)
    needed = {
        place for place, cell in enumerate(cells) if (column := known.get(same_heading(cell))) and column.required
    }
    under = below[0][1] if below else []
    written = [place for place, cell in enumerate(under) if cell.strip()]
    is_second = (
        len(written) > 1
        and bool(needed)
        and not needed & set(written)
        and any(place >= len(cells) or not cells[place].strip() for place in written)
        and not any(letter.isdigit() for cell in under for letter in cell)
    )
    if not is_second:
        return cells, below
    whole, over = [], ""
    for place in range(max(len(cells), len(under))):
        own = cells[place].strip() if place < len(cells) else ""
        second = under[place].strip() if place < len(under) else ""
        over = own or over
        whole.append(f"{over} {second}".strip() if second else own)
    return whole, below[1:]


def _known_in(records: Sequence[Record], columns: Sequence[Column]) -> tuple[int, int]:
    """How well a sheet fits: the most headings recognised in one line, then whether there is anything."""
    return max((_known(cells, columns) for _, cells in records), default=0), len(records)


def _known(cells: Sequence[str], columns: Sequence[Column]) -> int:
    known = by_heading(columns)
    return len({column.name for cell in cells if (column := known.get(same_heading(cell))) is not None})


def open_records(text: str, columns: Sequence[Column]) -> tuple[list[str], Iterator[Record], str]:
    """The cells of the first line, the lines after it, and what parts the cells. Raises Invalid for an empty file."""
    skipped = 0
    said = _SEPARATOR_LINE.match(text)
    if said:
        text, skipped = text[said.end() :], 1
    candidates = (said[1],) if said else _DELIMITERS
    best = max(candidates, key=lambda delimiter: _promise(text, delimiter, columns))
    headings, records = _begin(_records(text, best, skipped), columns)
    return headings, records, best


def _promise(text: str, delimiter: str, columns: Sequence[Column]) -> tuple[int, int]:
    """How well a delimiter fits: headings recognised, then cells."""
    lines = []
    try:
        for _, cells in _records(text, delimiter, 0):
            lines.append(cells)
            if len(lines) == _BEGINS_WITHIN:
                break
    except Invalid:
        pass  # as far as it could be read
    best = max(lines, key=lambda cells: _known(cells, columns), default=[])
    return _known(best, columns), len(lines[0]) if lines else 0


def _records(text: str, delimiter: str, skipped: int) -> Iterator[Record]:
    """Every line that is not blank, with the number of the line it begins on. Raises Invalid where quotes are
    wrong.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = skipped + reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise BrokenLine(line) from error
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield line, cells


class BrokenLine(Invalid):
    """From this line on the file cannot be read."""

    def __init__(self, line: int) -> None:
        super().__init__(N_("The quotation marks on this line do not match, or a cell is far too long."))
        self.line = line
