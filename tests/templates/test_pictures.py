"""Pictures on pages: with words for who cannot see them, with their room kept free, and none too heavy."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[2] / "templates"
IMG = re.compile(r"<img\b(?:[^>{]|\{\{.*?\}\}|\{%.*?%\}|\{(?![{%]))*>", re.S)
PICTURES = [
    (path, tag) for path in sorted(TEMPLATES.rglob("*.html")) for tag in IMG.findall(path.read_text(encoding="utf-8"))
]


def test_they_are_found() -> None:
    assert len(PICTURES) >= 6
    written = sum(path.read_text(encoding="utf-8").count("<img") for path in TEMPLATES.rglob("*.html"))
    assert len(PICTURES) == written


@pytest.mark.parametrize(("path", "tag"), PICTURES, ids=lambda value: value.stem if isinstance(value, Path) else "")
def test_each_has_words_and_its_room(path: Path, tag: str) -> None:
    for name in ("alt", "width", "height", "decoding"):
        assert re.search(rf"\b{name}=", tag), f"{path.name}: {name} is missing in {tag}"


@pytest.mark.parametrize(("path", "tag"), PICTURES, ids=lambda value: value.stem if isinstance(value, Path) else "")
def test_those_below_wait_and_the_first_does_not(path: Path, tag: str) -> None:
    """On a list all but the first wait until they come near; a large one and a logo stand where one looks first."""
    if "loading=" in tag:
        assert "if not loop.first" in tag or "if not large" in tag or path.name == "_foot.html"


def test_none_on_a_page_is_the_whole_photograph() -> None:
    assert not [path.name for path, tag in PICTURES if "'full'" in tag]
