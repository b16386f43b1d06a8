"""Reading a table that somebody made in a spreadsheet, and saying line by line what is wrong with it."""

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from foundation.errors import N_, DomainError, Invalid
from foundation.importing.cells import Parser, fold
from foundation.importing.encodings import decode

MAX_BYTES = 32 * 1024 * 1024
MAX_ROWS = 100_000
MAX_FAULTS = 500
"""Nobody mends more than this at a time; reading goes on, counting only."""

_DELIMITERS = (";", ",", "\t")
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?;*(\r\n|\r|\n|$)', re.IGNORECASE)
_TELL_EVERY = 500

Progress = Callable[[int, int], None]
"""Told now and then how many lines have been read, and about how many there are."""


@dataclass(frozen=True)
class Column:
    """One column we know. `headings` are the names it may have, Italian and English; the first is used in
    reports.

    Headings are compared without case, accents and punctuation. `required`: the column must be there and no
    cell of it empty. `default` stands for an empty cell. `unique`: no value may come twice in a file.
    """

    name: str
    parse: Parser
    headings: tuple[str, ...]
    required: bool = False
    default: Any = None
    unique: bool = False


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
    max_bytes: int = MAX_BYTES,
    max_rows: int = MAX_ROWS,
) -> Sheet:
    """Read a CSV file in whatever way spreadsheets write it.

    Faults of lines are collected in the sheet, with as many good rows as there are: the caller takes in all
    or nothing. What makes the whole file unreadable (too large, no text, headings missing) is a fault of line
    1.
    """
    sheet = Sheet()
    try:
        if len(data) > max_bytes:
            raise Invalid(N_("This file is larger than %(megabytes)s MB."), megabytes=max_bytes // (1024 * 1024))
        text, sheet.encoding = decode(data)
        records, found = _open(text, columns, sheet)
    except Invalid as error:
        sheet.add_fault(Fault.of(error, 1))
        return sheet
    _Reader(sheet, found, max_rows).read(records, progress, text.count("\n") + 1)
    return sheet


Record = tuple[int, list[str]]


def _open(text: str, columns: Sequence[Column], sheet: Sheet) -> tuple[Iterator[Record], "Headings"]:
    """The lines after the heading, and which of our columns stand where."""
    skipped = 0
    said = _SEPARATOR_LINE.match(text)
    if said:
        text, skipped = text[said.end() :], 1
    candidates = (said[1],) if said else _DELIMITERS
    best = max(candidates, key=lambda delimiter: _promise(text, delimiter, columns))
    sheet.delimiter = best
    records = _records(text, best, skipped)
    first = next(records, None)
    if first is None:
        raise Invalid(N_("This file is empty."))
    headings = Headings.found(first[1], columns)
    sheet.unknown_headings = headings.unknown
    return records, headings


def _promise(text: str, delimiter: str, columns: Sequence[Column]) -> tuple[int, int]:
    """How well a delimiter fits: headings recognised, then cells."""
    known = _by_heading(columns)
    try:
        _, cells = next(_records(text, delimiter, 0), (0, []))
    except Invalid:
        return 0, 0
    return sum(_same(cell) in known for cell in cells), len(cells)


def _by_heading(columns: Sequence[Column]) -> dict[str, Column]:
    return {_same(heading): column for column in columns for heading in (column.name, *column.headings)}


def _same(heading: str) -> str:
    """E-mail, EMAIL and “e mail” are the same heading."""
    return fold(heading).replace(" ", "")


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


@dataclass(frozen=True)
class Headings:
    """Which of our columns stand where in a file; `places` has the index, the heading as written, and the
    column.
    """

    places: tuple[tuple[int, str, Column], ...]
    absent: tuple[Column, ...]
    unknown: list[str]
    named: frozenset[int]

    @classmethod
    def found(cls, cells: Sequence[str], columns: Sequence[Column]) -> "Headings":
        """Match the first line with our columns. Raises Invalid for a heading that is missing or comes twice."""
        by_heading = _by_heading(columns)
        places: dict[str, tuple[int, str, Column]] = {}
        unknown = []
        for index, cell in enumerate(cells):
            column = by_heading.get(_same(cell))
            if column is None:
                unknown += [cell.strip()] if cell.strip() else []
            elif column.name in places:
                raise Invalid(N_("Two columns are called “%(heading)s”."), heading=cell.strip())
            else:
                places[column.name] = (index, cell.strip(), column)
        absent = tuple(column for column in columns if column.name not in places)
        missing = [column.headings[0] for column in absent if column.required]
        if missing:
            raise Invalid(N_("These columns are missing: %(headings)s."), headings=", ".join(missing))
        named = frozenset(index for index, cell in enumerate(cells) if cell.strip())
        return cls(tuple(places.values()), absent, unknown, named)


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
            cell = cells[index].strip() if index < len(cells) else ""
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
