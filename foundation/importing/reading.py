"""Reading a table that somebody made in a spreadsheet, and saying line by line what is wrong with it."""

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from foundation.errors import N_, DomainError, Invalid
from foundation.importing.columns import Column, Headings, by_heading, same_heading
from foundation.importing.encodings import decode

MAX_BYTES = 32 * 1024 * 1024
MAX_ROWS = 100_000
MAX_FAULTS = 500
"""Nobody mends more than this at a time; reading goes on, counting only."""

_DELIMITERS = (";", ",", "\t")
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?;*(\r\n|\r|\n|$)', re.IGNORECASE)
_KEPT_AS_TEXT = re.compile(r"'[=+\-@]")
_TELL_EVERY = 500

T = TypeVar("T")

Record = tuple[int, list[str]]
"""A line: where it begins in the file, and its cells."""

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
    than the first.
    """

    line: int
    values: Mapping[str, Any]
    fingerprint: str

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
) -> Sheet:
    """Read a CSV file in whatever way spreadsheets write it.

    `places` says which of our columns stands where, counting from 0; without it the headings do.

    Faults of lines are collected in the sheet, with as many good rows as there are: the caller takes in all
    or nothing. What makes the whole file unreadable (too large, no text, headings missing) is a fault of line
    1.
    """
    sheet = Sheet()
    try:
        refuse_large(data, max_bytes)
        text, sheet.encoding = decode(data)
        cells, records, sheet.delimiter = open_records(text, columns)
        found = Headings.found(cells, columns) if places is None else Headings.placed(cells, columns, places)
        sheet.unknown_headings = found.unknown
    except Invalid as error:
        sheet.add_fault(Fault.of(error, 1))
        return sheet
    _Reader(sheet, found, max_rows).read(records, progress, text.count("\n") + 1)
    return sheet


def refuse_large(data: bytes, max_bytes: int) -> None:
    """Raises Invalid for a file above the limit."""
    if len(data) > max_bytes:
        raise Invalid(N_("This file is larger than %(megabytes)s MB."), megabytes=max_bytes // (1024 * 1024))


def open_records(text: str, columns: Sequence[Column]) -> tuple[list[str], Iterator[Record], str]:
    """The cells of the first line, the lines after it, and what parts the cells. Raises Invalid for an empty file."""
    skipped = 0
    said = _SEPARATOR_LINE.match(text)
    if said:
        text, skipped = text[said.end() :], 1
    candidates = (said[1],) if said else _DELIMITERS
    best = max(candidates, key=lambda delimiter: _promise(text, delimiter, columns))
    records = _records(text, best, skipped)
    first = next(records, None)
    if first is None:
        raise Invalid(N_("This file is empty."))
    return first[1], records, best


def _promise(text: str, delimiter: str, columns: Sequence[Column]) -> tuple[int, int]:
    """How well a delimiter fits: headings recognised, then cells."""
    known = by_heading(columns)
    try:
        _, cells = next(_records(text, delimiter, 0), (0, []))
    except Invalid:
        return 0, 0
    return sum(same_heading(cell) in known for cell in cells), len(cells)


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


def plain(cell: str) -> str:
    """A cell without the spaces around it, and without the apostrophe that keeps spreadsheets from calculating."""
    trimmed = cell.strip()
    return trimmed[1:].strip() if _KEPT_AS_TEXT.match(trimmed) else trimmed


class _Reader:
    """Reads the lines of one file into its sheet."""

    def __init__(self, sheet: Sheet, headings: Headings, max_rows: int) -> None:
        self._sheet = sheet
        self._headings = headings
        self._max_rows = max_rows
        self._times_seen: Counter[str] = Counter()
        self._first_lines: dict[tuple[str, Any], int] = {}

    def read(self, records: Iterator[Record], progress: Progress | None, total: int) -> None:
        count, line = 0, 1
        try:
            for line, cells in records:
                count += 1
                if count > self._max_rows:
                    raise Invalid(N_("This file has more than %(rows)s lines."), rows=self._max_rows)
                self._read_line(line, cells)
                if progress is not None and count % _TELL_EVERY == 0:
                    progress(count, total)
        except BrokenLine as error:
            self._sheet.add_fault(Fault.of(error, error.line))
        except Invalid as error:
            self._sheet.add_fault(Fault.of(error, line))
        if progress is not None:
            progress(count, count)

    def _read_line(self, line: int, cells: Sequence[str]) -> None:
        faults = self._sheet.fault_count
        if any(cell.strip() for index, cell in enumerate(cells) if index not in self._headings.named):
            self._fault(line, Invalid(N_("On this line there is a cell without a heading above it.")))
        values = {column.name: column.default for column in self._headings.absent}
        written = {}
        for index, heading, column in self._headings.places:
            cell = plain(cells[index]) if index < len(cells) else ""
            try:
                values[column.name] = self._value(line, cell, column)
            except Invalid as error:
                self._fault(line, error, heading)
            if cell:
                written[column.name] = " ".join(cell.split())
        fingerprint = self._fingerprint(written)
        if self._sheet.fault_count == faults:
            self._sheet.rows.append(Row(line, values, fingerprint))

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
