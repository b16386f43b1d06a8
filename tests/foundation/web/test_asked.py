"""Numbers in addresses: what no row can have counts as not given, on every page."""

import re
from pathlib import Path

import pytest
from werkzeug.datastructures import ImmutableMultiDict

from foundation.web.asked import LARGEST_ID, row_number
from tests.cast import Cast
from tests.client import on_sqlite

HOUSE = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(("text", "number"), [("7", 7), ("-1", -1), (str(LARGEST_ID), LARGEST_ID)])
def test_what_a_row_can_have(text: str, number: int) -> None:
    assert row_number(text) == number


@pytest.mark.parametrize("text", ["", "x", "1.5", str(LARGEST_ID + 1), "-" + "9" * 20, "9" * 5000])
def test_anything_else_counts_as_not_given(text: str) -> None:
    assert ImmutableMultiDict({"after": text}).get("after", 3, type=row_number) == 3


@on_sqlite
def test_pages_that_begin_after_a_huge_number(cast: Cast, client_for) -> None:
    maker, administrator = client_for(cast.maker), client_for(cast.administrator)
    for address in ("sponsors/desk?after=", "members/?after=", "notices?before=", "me/deeds?before="):
        maker.look(f"/c/cremona/{address}{'9' * 20}")
    administrator.look(f"/c/cremona/roles/past?before={'9' * 20}")


def test_no_page_asks_for_any_number_at_all() -> None:
    plain = re.compile(r"type=int\b")
    rooms = ("community", "exchanges", "civic_centers", "care", "foundation/web")
    found = [str(file) for room in rooms for file in (HOUSE / room).rglob("*.py") if plain.search(file.read_text())]
    assert found == [], "say type=row_number instead"
