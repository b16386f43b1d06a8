"""What stands in the file."""

import json
from datetime import UTC, date, datetime

import pytest

from community.privacy.rules import as_csv, as_json

ROW = {"id": 3, "at": datetime(2026, 3, 1, 9, tzinfo=UTC), "on": date(2026, 3, 1), "said": {"b": ["è"]}, "none": None}


def test_json_keeps_what_it_is() -> None:
    assert json.loads(as_json({"rows": [ROW]})) == {
        "rows": [{"id": 3, "at": "2026-03-01T09:00:00+00:00", "on": "2026-03-01", "said": {"b": ["è"]}, "none": None}]
    }


def test_csv_opens_in_a_spreadsheet() -> None:
    written = as_csv([ROW]).decode()
    assert written.startswith("\ufeffid;at;on;said;none\r\n")
    assert '3;2026-03-01T09:00:00+00:00;2026-03-01;"{""b"": [""è""]}";' in written


@pytest.mark.parametrize("cell", ["=1+1", "+39 372", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    row = as_csv([{"words": cell, "minutes": -90}]).decode().partition("\r\n")[2]
    assert row.lstrip('"').startswith("'")
    assert ";-90" in row
