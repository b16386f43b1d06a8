"""What belongs to one answer only is shown when it is given: every such case has its line in the stylesheet."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_case_has_its_line_in_the_stylesheet() -> None:
    pages = "".join(page.read_text() for page in (ROOT / "templates").rglob("*.html"))
    used = set(re.findall(r'class="r-case" data-value="(\w+)"', pages))
    styles = "".join(sheet.read_text() for sheet in (ROOT / "static" / "scss").rglob("*.scss"))
    assert {"adjusted", "deliver", "hours"} <= used
    assert {value for value in used if f"[value='{value}']:checked) > [data-value='{value}']" not in styles} == set()
