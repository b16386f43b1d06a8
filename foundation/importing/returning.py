"""Giving back the lines that are not right, so that they can be mended in a spreadsheet and taken in again."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from foundation.errors import Invalid
from foundation.importing.columns import Column
from foundation.importing.opening import open_table


def faulty_lines(
    data: bytes, columns: Sequence[Column], faults: Sequence[tuple[int, str]], heading: str
) -> Iterator[list[str]]:
    """The headings, then every line with a fault as it stands in the file; what is wrong comes first, under `heading`.

    `faults` are numbers of lines with words. A fault of a line that cannot be read stands alone.
    """
    told: dict[int, list[str]] = defaultdict(list)
    for line, words in faults:
        told[line].append(words)
    try:
        table = open_table(data, columns)
        yield [heading, *table.headings]
        for line, found in table.records:
            if line in told:
                yield [" ".join(told.pop(line)), *found]
    except Invalid:
        pass  # from here on the file cannot be read: the words that are left say so
    for left in told.values():
        yield [" ".join(left)]
