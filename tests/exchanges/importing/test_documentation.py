"""docs/operators/importing.md names every column of every import, and the ones that must be there."""

import re
from datetime import date
from pathlib import Path

import pytest

from community.importing.rules import member_columns, organisation_columns
from exchanges.importing.rules import balance_columns, post_columns
from foundation.importing import Column, fold

PAGE = Path(__file__).parents[3] / "docs" / "operators" / "importing.md"
TODAY = date(2026, 11, 22)
IMPORTS = {
    "Members": member_columns({}, {}, TODAY),
    "Organisations": organisation_columns({}, {}, TODAY),
    "Balances": balance_columns(),
    "Posts": post_columns({}, {}, TODAY),
}


def documented(section: str) -> dict[str, tuple[str, bool]]:
    """The Italian heading, its English one, and whether it must be there."""
    text = PAGE.read_text(encoding="utf-8").split(f"\n## {section}\n", 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"^\| (\*\*)?([^|*]+?)(?:\*\*)? \| ([^|]+?) \|", text, re.MULTILINE)
    return {italian: (english, bool(bold)) for bold, italian, english in rows if italian != "heading"}


def same(heading: str) -> str:
    return fold(heading).replace(" ", "")


@pytest.mark.parametrize(("section", "columns"), IMPORTS.items())
def test_every_column_is_there_under_both_names(section: str, columns: tuple[Column, ...]) -> None:
    page = documented(section)
    assert set(page) == {column.headings[0] for column in columns}
    for column in columns:
        english, bold = page[column.headings[0]]
        assert bold == column.required, column.name
        assert same(english) in {same(heading) for heading in (column.name, *column.headings)}, column.name
