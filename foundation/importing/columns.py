"""The columns a table may have, and where they stand in a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foundation.errors import N_, Invalid
from foundation.importing.cells import Parser, fold


@dataclass(frozen=True)
class Column:
    """One column we know. `headings` are the names it may have, Italian and English; the first is used in
    reports.

    Headings are compared without case, accents and punctuation. `required`: the column must be there and no
    cell of it empty. `default` stands for an empty cell. `unique`: no value may come twice in a file.
    `shown` says what a value is where it is shown again: `minutes`, `cents`, or words by value. `figures`: where one
    cell may be read in two ways (3.465), how the others of the column are written decides.
    """

    name: str
    parse: Parser
    headings: tuple[str, ...]
    required: bool = False
    default: Any = None
    unique: bool = False
    shown: "str | Mapping[Any, str]" = ""
    figures: bool = False


def by_heading(columns: Sequence[Column]) -> dict[str, Column]:
    """Our columns by every name they may have, as `same_heading` writes it."""
    return {same_heading(heading): column for column in columns for heading in (column.name, *column.headings)}


def same_heading(heading: str) -> str:
    """E-mail, EMAIL and “e mail” are the same heading."""
    return fold(heading).replace(" ", "")


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
        known = by_heading(columns)
        places: dict[str, tuple[int, str, Column]] = {}
        unknown = []
        for index, cell in enumerate(cells):
            column = known.get(same_heading(cell))
            if column is None:
                unknown += [cell.strip()] if cell.strip() else []
            elif column.name in places:
                raise Invalid(N_("Two columns are called “%(heading)s”."), heading=cell.strip())
            else:
                places[column.name] = (index, cell.strip(), column)
        return cls._whole(cells, columns, places, unknown)

    @classmethod
    def placed(cls, cells: Sequence[str], columns: Sequence[Column], places: Mapping[str, int]) -> "Headings":
        """The columns where somebody said they stand. Raises Invalid for one that must be there and is not."""
        known = {column.name: column for column in columns}
        found = {
            name: (index, cells[index].strip() or str(index + 1), known[name])
            for name, index in places.items()
            if name in known and index < len(cells)
        }
        taken = {index for index, _, _ in found.values()}
        unknown = [cell.strip() for index, cell in enumerate(cells) if index not in taken and cell.strip()]
        return cls._whole(cells, columns, found, unknown)

    @classmethod
    def _whole(
        cls,
        cells: Sequence[str],
        columns: Sequence[Column],
        places: Mapping[str, tuple[int, str, Column]],
        unknown: list[str],
    ) -> "Headings":
        absent = tuple(column for column in columns if column.name not in places)
        missing = [column.headings[0] for column in absent if column.required]
        if missing:
            raise Invalid(N_("These columns are missing: %(headings)s."), headings=", ".join(missing))
        named = frozenset(index for index, cell in enumerate(cells) if cell.strip())
        return cls(tuple(places.values()), absent, unknown, named | {index for index, _, _ in places.values()})
