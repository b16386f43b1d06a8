"""Pages mirror by themselves: no style, class or drawing says left or right."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PHYSICAL = re.compile(
    r"(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)|border-(?:top|bottom)-(?:left|right)-radius"
    r"|(?<![-\w])(?:left|right)\s*:|float\s*:\s*(?:left|right)|clear\s*:\s*(?:left|right)|text-align\s*:\s*(?:left|right)"
    r"|transform-origin\s*:[^;]*(?:left|right)"
)
CLASSES = re.compile(r'class="[^"]*(?<![-\w])(?:float|text|border|rounded)-(?:left|right)(?![-\w])')


@pytest.mark.parametrize("path", sorted((ROOT / "static/scss").rglob("*.scss")), ids=lambda path: path.name)
def test_styles_say_start_and_end(path: Path) -> None:
    text = re.sub(r"//[^\n]*|/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    assert not PHYSICAL.findall(text)


def test_templates_say_no_side() -> None:
    wrong = [path.name for path in (ROOT / "templates").rglob("*.html") if CLASSES.search(path.read_text("utf-8"))]
    assert not wrong


def test_what_points_somewhere_is_mirrored() -> None:
    styles = "".join(path.read_text("utf-8") for path in (ROOT / "static/scss").rglob("*.scss"))
    assert "[dir='rtl'] .r-flip { transform: scaleX(-1); }" in styles
    marks = (ROOT / "templates/macros/marks.html").read_text("utf-8")
    assert "name in ('offer', 'need', 'arrow', 'back')" in marks
