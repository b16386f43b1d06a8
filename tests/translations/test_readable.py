"""Whoever reads little Italian can read our help, our welcome and our empty pages: the Gulpease index of each.

Gulpease is the index made for Italian: 89 + (300 x sentences - 10 x letters) / words. From 60 on, eight years of school
are enough. `pytest -rP tests/translations/test_readable.py` prints the figure of every page.
"""

import io
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from textstat import textstat

from community.communities.pages.helping import TOPICS
from tests.cast import Cast
from tests.client import on_sqlite
from translations.__main__ import KEYWORDS, catalogue_path

TEMPLATES = Path(__file__).parents[2] / "templates"
ENOUGH = 60
COMING_IN = ("community/joining", "community/welcoming", "community/signing_in", "community/references")
"""The folders whose pages people meet while they come in; and one page that lies elsewhere."""
FIRST_PAGE = TEMPLATES / "community/communities/visitor.html"
FEWEST_WORDS = 20
"""A page with less than that on it has buttons and names, no text to be read."""
A_SENTENCE = 5
"""Words from which on a message is a sentence, and not a label."""
_EMPTY = re.compile(r"look\.empty\((?:[^()]|\([^()]*\))*\)")


def gulpease(text: str) -> float:
    """The index of an Italian text, as textstat reckons it; it asks no network for that."""
    textstat.set_lang("it")
    return float(textstat.gulpease_index(text))


def judge(name: str, text: str) -> None:
    found = gulpease(text)
    print(f"Gulpease {found:5.1f}  {name} ({len(text.split())} words)")  # noqa: T201 - what -rP shows
    assert found >= ENOUGH, f"{name}: {found:.1f}, less than {ENOUGH}: shorter sentences, shorter words.\n{text}"


@cache
def italian() -> Catalog:
    with catalogue_path("it").open("rb") as file:
        return read_po(file, locale="it")


def prose(source: str) -> str:
    """The sentences of a template in Italian, one after the other; what is filled in is a word."""
    sentences = []
    for _line, message, _comments, _context in extract("jinja2", io.BytesIO(source.encode()), keywords=KEYWORDS):
        found = italian().get(message)
        said = found.string if found else ""
        words = re.sub(r"%\([^)]*\)[sd]", "Anna", said if isinstance(said, str) else said[-1])
        if len(words.split()) >= A_SENTENCE:
            sentences.append(words if words[-1] in ".?!" else f"{words.rstrip(':;,')}.")
    return " ".join(sentences)


def pages_met_while_coming_in() -> list[Path]:
    folders = [path for room in COMING_IN for path in sorted((TEMPLATES / room).glob("*.html"))]
    return [path for path in (FIRST_PAGE, *folders) if len(prose(path.read_text("utf-8")).split()) >= FEWEST_WORDS]


def folders_with_empty_pages() -> dict[str, str]:
    """By feature, what its pages say when there is nothing on them."""
    found: dict[str, str] = {}
    for path in sorted(TEMPLATES.rglob("*.html")):
        calls = _EMPTY.findall(path.read_text("utf-8"))
        said = prose(" ".join(f"{{{{ {call.removeprefix('look.')} }}}}" for call in calls))
        if said:
            folder = str(path.parent.relative_to(TEMPLATES))
            found[folder] = f"{found.get(folder, '')} {said}".strip()
    return found


@on_sqlite
@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("place", ["", "/c/cremona"])
def test_help(visitor, cast: Cast, topic: str, place: str) -> None:
    article = visitor.look(f"{place}/help/{topic}").soup.find("article")
    judge(f"{place}/help/{topic}", sentences_of(article))


def sentences_of(article: BeautifulSoup) -> str:
    """The text of an article, where every paragraph, heading and cell ends a sentence."""
    for element in article.find_all(["p", "li", "h1", "h2", "h3", "td", "th", "dt", "dd", "summary"]):
        text = element.get_text().strip()
        if text and text[-1] not in ".?!:;,":
            element.append(".")
        element.append(" ")
    return re.sub(r"\s+", " ", article.get_text()).strip()


@pytest.mark.parametrize("path", pages_met_while_coming_in(), ids=lambda path: path.stem)
def test_pages_met_while_coming_in(path: Path) -> None:
    judge(str(path.relative_to(TEMPLATES)), prose(path.read_text("utf-8")))


@pytest.mark.parametrize(("folder", "text"), folders_with_empty_pages().items(), ids=lambda value: value[:40])
def test_empty_pages(folder: str, text: str) -> None:
    judge(f"empty pages of {folder}", text)


def test_long_words_and_long_sentences_are_found() -> None:
    with pytest.raises(AssertionError, match="less than 60"):
        judge("a decree", "Indipendentemente dall'amministrazione responsabilmente individuata " * 6 + ".")
