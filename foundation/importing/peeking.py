"""A first look at a file: its headings, some of what stands below them, and what they may mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.errors import N_, Invalid
from foundation.importing.columns import Column, by_heading, same_heading
from foundation.importing.opening import open_table
from foundation.importing.reading import plain, refuse_large

SAMPLES = 3
LOOKED_AT = 200
"""Lines among which samples are looked for."""
MOST_COLUMNS = 100
LONGEST_SAMPLE = 60


@dataclass(frozen=True)
class FileColumn:
    """A column of a file: its heading as written, the first values below it, and which of our columns it may be."""

    place: int
    heading: str
    samples: tuple[str, ...]
    guess: str


def peek(data: bytes, columns: Sequence[Column], *, max_bytes: int) -> list[FileColumn]:
    """The columns of a file, in order. Raises Invalid for a file that cannot be read at all."""
    refuse_large(data, max_bytes)
    table = open_table(data, columns)
    cells, records = table.headings, table.records
    if len(cells) > MOST_COLUMNS:
        raise Invalid(N_("This file has more than %(most)s columns: is it the right one?"), most=MOST_COLUMNS)
    samples: list[list[str]] = [[] for _ in cells]
    for looked_at, (_, line) in enumerate(records):
        if looked_at >= LOOKED_AT or all(len(found) >= SAMPLES for found in samples):
            break
        for found, cell in zip(samples, line, strict=False):
            words = " ".join(plain(cell).split())[:LONGEST_SAMPLE]
            if words and len(found) < SAMPLES and words not in found:
                found.append(words)
    known = by_heading(columns)
    taken: set[str] = set()
    peeked = []
    for place, (cell, found) in enumerate(zip(cells, samples, strict=True)):
        column = known.get(same_heading(cell))
        guess = column.name if column is not None and column.name not in taken else ""
        taken.add(guess)
        if cell.strip() or found:
            peeked.append(FileColumn(place, " ".join(cell.split())[:LONGEST_SAMPLE], tuple(found), guess))
    return peeked
