"""Reading a table that somebody made in a spreadsheet, and saying line by line what is wrong with it."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from foundation.errors import N_, DomainError, Invalid
from foundation.importing.columns import Column, Headings
from foundation.importing.figures import point_means, settled, two_ways, writes_points
from foundation.importing.opening import BrokenLine, Record, open_table

MAX_BYTES = 32 * 1024 * 1024
MAX_ROWS = 100_000
MAX_FAULTS = 500
"""Nobody mends more than this at a time; reading goes on, counting only."""

_KEPT_AS_TEXT = re.compile(r"'[=+\-@]")
_TELL_EVERY = 500

T = TypeVar("T")

Progress = Callable[[int, int], None]
"""Told now and then how many lines have been read, and about how many there are."""


def part_of(progress: Progress | None, begins: float, ends: float) -> Progress | None:
    """What tells of one part of a longer work: from `begins` to `ends`, as fractions of the whole."""
    if progress is None:
        return None
    whole = progress

    def tell(done: int, total: int) -> None:
        whole(round(begins * total + (ends - begins) * done), total)

    return tell


def in_pieces(
    things: Sequence[T], size: int, progress: Progress | None = None, lines: int | None = None
) -> Iterator[Sequence[T]]:
    """So many things at a time; after each piece it is told how far that is: of `lines`, where these are meant."""
    for start in range(0, len(things), size):
        yield things[start : start + size]
        if progress is not None:
            done, total = min(start + size, len(things)), len(things)
            progress(done, total) if lines is None else progress(done * lines // total, lines)


@dataclass(frozen=True)
class Row:
    """One line, every known column in `values`. `line` is where it begins in the file, counting from 1.

    `fingerprint` is the same whenever the same cells come again, whatever the encoding, the delimiter, the
    order of columns and the columns we do not know. Of equal lines in one file the second has another one
    than the first. `either` has, by column, a figure that could be read in two ways: as written, and as read.
    """

    line: int
    values: Mapping[str, Any]
    fingerprint: str
    either: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


@dataclass(frozen=True)
class Fault:
    """What is wrong, where. `message` is from the catalogue, with `params`; `column` is the heading as in the
    file.
    """

    line: int
    message: str
    params: Mapping[str, object] = field(default_factory=dict)
    column: str | None = None

    @classmethod
    def of(cls, error: DomainError, line: int, column: str | None = None) -> "Fault":
        """The fault that an error raised for a line amounts to."""
        return cls(line, error.message, error.params, column)

    def __str__(self) -> str:
        where = f"{self.line}, {self.column}" if self.column else str(self.line)
        return f"{where}: {self.message % self.params if self.params else self.message}"


@dataclass
class Sheet:
    """A table as it was read: good rows, faults, and how the file was made."""

    encoding: str = ""
    delimiter: str = ""
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0
    unknown_headings: list[str] = field(default_factory=list)

    def add_fault(self, fault: Fault) -> None:
        """Note a fault; beyond the first 500 they are only counted."""
        self.fault_count += 1
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(fault)


def read_table(
    data: bytes,
    columns: Sequence[Column],
    *,
    progress: Progress | None = None,
    places: Mapping[str, int] | None = None,
    max_bytes: int = MAX_BYTES,
    max_rows: int = MAX_ROWS,
    band: str = "",
) -> Sheet:
    """Read a CSV file in whatever way spreadsheets write it, or the workbook itself.

    `places` says which of our columns stands where, counting from 0; without it the headings do. `band` names the
    column that takes the words of a line with one cell alone, a heading between the lines, for those below it.

    Faults of lines are collected in the sheet, with as many good rows as there are: the caller takes in all
    or nothing. What makes the whole file unreadable (too large, no text, headings missing) is a fault of line
    1.
    """
    sheet = Sheet()
    try:
        refuse_large(data, max_bytes)
        table = open_table(data, columns)
        sheet.encoding, sheet.delimiter = table.encoding, table.delimiter
        found = (
            Headings.found(table.headings, columns)
            if places is None
            else Headings.placed(table.headings, columns, places)
        )
        sheet.unknown_headings = found.unknown
    except Invalid as error:
        sheet.add_fault(Fault.of(error, 1))
        return sheet
    _Reader(sheet, found, max_rows, band).read(table.records, progress, table.lines)
    return sheet


def refuse_large(data: bytes, max_bytes: int) -> None:
    """Raises Invalid for a file above the limit."""
    if len(data) > max_bytes:
        raise Invalid(N_("This file is larger than %(megabytes)s MB."), megabytes=max_bytes // (1024 * 1024))


def plain(cell: str) -> str:
    """A cell without the spaces around it, and without the apostrophe that keeps spreadsheets from calculating."""
    trimmed = cell.strip()
    return trimmed[1:].strip() if _KEPT_AS_TEXT.match(trimmed) else trimmed


class _Reader:
    """Reads the lines of one file into its sheet."""

    def __init__(self, sheet: Sheet, headings: Headings, max_rows: int, band: str) -> None:
        self._band = band
        self._band_cell = ""
        self._sheet = sheet
        self._headings = headings
        self._max_rows = max_rows
        self._points: dict[int, str] = {}
        self._pointed: set[int] = set()
        self._times_seen: Counter[str] = Counter()
        self._first_lines: dict[tuple[str, Any], int] = {}

    def read(self, records: Iterator[Record], progress: Progress | None, total: int) -> None:
        count, line = 0, 1
        try:
            for line, cells in self._looked_over(records):
                count += 1
                if count > self._max_rows:
                    raise Invalid(N_("This file has more than %(rows)s lines."), rows=self._max_rows)
                if not self._is_band(cells):
                    self._read_line(line, cells)
                if progress is not None and count % _TELL_EVERY == 0:
                    progress(count, total)
        except BrokenLine as error:
            self._sheet.add_fault(Fault.of(error, error.line))
        except Invalid as error:
            self._sheet.add_fault(Fault.of(error, line))
        if progress is not None:
            progress(count, count)

    def _looked_over(self, records: Iterator[Record]) -> Iterator[Record]:
        """The lines; where a column may hold figures that can be read in two ways, they are all looked at first."""
        columns = [index for index, _, column in self._headings.places if column.figures]
        if not columns:
            yield from records
            return
        kept: list[Record] = []
        broken: Invalid | BrokenLine | None = None
        try:
            kept.extend(islice(records, self._max_rows + 1))
        except (Invalid, BrokenLine) as error:
            broken = error
        of_workbook = not self._sheet.delimiter
        for index in columns:
            cells = [cells[index] for _line, cells in kept if index < len(cells)]
            self._points[index] = point_means(cells, of_workbook=of_workbook)
            # In a workbook a comma is a number's own, whoever made it.
            if not of_workbook and writes_points(cells):
                self._pointed.add(index)
        yield from kept
        if broken is not None:
            raise broken

    def _is_band(self, cells: Sequence[str]) -> bool:
        """Whether one cell stands alone, where that is a heading for the lines below; it is kept for them."""
        written = [cell for cell in cells if cell.strip()]
        if not self._band or len(written) != 1:
            return False
        self._band_cell = plain(written[0])
        return True

    def _read_line(self, line: int, cells: Sequence[str]) -> None:
        faults = self._sheet.fault_count
        if any(cell.strip() for index, cell in enumerate(cells) if index not in self._headings.named):
            self._fault(line, Invalid(N_("On this line there is a cell without a heading above it.")))
        values = {column.name: column.default for column in self._headings.absent}
        written, either = {}, {}
        for index, heading, column in self._headings.places:
            cell = plain(cells[index]) if index < len(cells) else ""
            found = two_ways(cell, self._points.get(index, ""), pointed=index in self._pointed)
            if found[0]:
                either[column.name] = found
            try:
                values[column.name] = self._value(line, settled(cell, self._points.get(index, "")), column)
            except Invalid as error:
                self._fault(line, error, heading)
            if cell:
                written[column.name] = " ".join(cell.split())
        self._take_band(line, values, written)
        fingerprint = self._fingerprint(written)
        if self._sheet.fault_count == faults:
            self._sheet.rows.append(Row(line, values, fingerprint, either))

    def _take_band(self, line: int, values: dict[str, Any], written: dict[str, str]) -> None:
        """The heading above the line, where the line says nothing of its own."""
        if not self._band_cell or self._band in written:
            return
        written[self._band] = self._band_cell
        for column in (*self._headings.absent, *(column for _, _, column in self._headings.places)):
            if column.name == self._band:
                try:
                    values[column.name] = column.parse(self._band_cell)
                except Invalid as error:
                    self._fault(line, error)

    def _value(self, line: int, cell: str, column: Column) -> Any:
        if not cell:
            if column.required:
                raise Invalid(N_("This cell must not be empty."))
            return column.default
        value = column.parse(cell)
        if column.unique:
            first = self._first_lines.setdefault((column.name, value), line)
            if first != line:
                raise Invalid(N_("This is already on line %(line)s."), line=first)
        return value

    def _fingerprint(self, written: Mapping[str, str]) -> str:
        content = "\x1f".join(f"{name}\x1e{written[name]}" for name in sorted(written))
        self._times_seen[content] += 1
        return hashlib.sha256(f"{content}\x1d{self._times_seen[content]}".encode("utf-8", "replace")).hexdigest()

    def _fault(self, line: int, error: Invalid, heading: str | None = None) -> None:
        self._sheet.add_fault(Fault.of(error, line, heading))
