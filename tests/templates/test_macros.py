"""The macros render with nothing undefined, as valid HTML, with a label, a hint and an error where they belong."""

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import html5lib
import pytest
from flask import flash, render_template, render_template_string
from werkzeug.datastructures import MultiDict

from tests.templates.stage import SampleForm, make_stage

ERRORS = ("404", "refused", "stale", "413", "429", "problem", "500", "503")
FORMS = '{% import "macros/forms.html" as forms %}'
LOOK = '{% import "macros/look.html" as look %}'


def showcase(form_data: dict[str, str] | None = None, **changes: object) -> str:
    with make_stage(**changes).test_request_context("/now", method="POST" if form_data is not None else "GET"):
        form = SampleForm(MultiDict(form_data or {}) if form_data is not None else None)
        if form_data is not None:
            form.validate()
        flash("Published.", "done")
        return render_template("showcase.html", form=form)


def piece(source: str, **context: object) -> str:
    with make_stage().test_request_context("/now"):
        return render_template_string(source, **context)


class Reader(HTMLParser):
    """Every tag of a page with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def having(self, name: str) -> list[str]:
        return [attributes[name] for _tag, attributes in self.tags if name in attributes]


PAGES = {
    "empty form": lambda: showcase(),
    "wrong form": lambda: showcase({}),
    "visitor": lambda: showcase(signed_in=False, acting_choices=[], bar=[]),
    "right to left": lambda: showcase(page_direction="rtl", page_language="ar"),
}


@pytest.mark.parametrize("page", PAGES)
def test_page_is_valid_html(page: str) -> None:
    html5lib.HTMLParser(strict=True).parse(PAGES[page]())


@pytest.mark.parametrize("page", PAGES)
def test_page_has_no_doubled_id_and_no_dangling_reference(page: str) -> None:
    reader = Reader(PAGES[page]())
    ids = Counter(reader.having("id"))
    assert [name for name, times in ids.items() if times > 1] == []
    pointed = [
        word
        for name in ("for", "aria-labelledby", "aria-describedby")
        for words in reader.having(name)
        for word in words.split()
    ]
    assert [word for word in pointed if word not in ids] == []


@pytest.mark.parametrize("page", PAGES)
def test_page_has_nothing_inline(page: str) -> None:
    reader = Reader(PAGES[page]())
    assert reader.having("style") == []
    assert [name for _tag, attributes in reader.tags for name in attributes if name.startswith("on")] == []
    assert [attributes for tag, attributes in reader.tags if tag == "script" and "src" not in attributes] == []
    assert "style" not in [tag for tag, _attributes in reader.tags]


def test_every_field_has_a_label() -> None:
    text = showcase()
    reader = Reader(text)
    labelled = set(reader.having("for")) | set(
        re.findall(r'<label class="r-(?:choice|pick)"><input[^>]*id="([^"]+)"', text)
    )
    controls = [
        attributes["id"]
        for tag, attributes in reader.tags
        if tag in ("input", "select", "textarea") and attributes.get("type") != "hidden" and "id" in attributes
    ]
    assert [name for name in controls if name not in labelled] == []


def test_every_post_form_carries_its_protection() -> None:
    forms = re.findall(r'<form[^>]*method="post".*?</form>', showcase(), re.S)
    assert len(forms) >= 4
    assert [form[:80] for form in forms if 'name="csrf_token"' not in form] == []


def test_form_carries_its_request_key() -> None:
    assert '<input type="hidden" name="request_key" value="key-1">' in showcase()


def test_wrong_field_says_so_and_keeps_the_words() -> None:
    text = showcase({"name": "", "words": "I sew <b>well</b>", "day": "tomorrow"})
    assert "I sew &lt;b&gt;well&lt;/b&gt;" in text
    assert re.search(r'<input[^>]*aria-describedby="name-hint name-error"[^>]*aria-invalid="true"', text)
    assert re.search(r'id="name-error">.*?Write your name\.', text, re.S)
    assert '<a href="#name">Your name</a>: Write your name.' in text


def test_right_form_has_no_summary() -> None:
    assert "data-focus" not in showcase()


def test_optional_is_said_only_of_what_is_optional() -> None:
    text = showcase()
    assert re.search(r'<label for="email">\s*E-mail <span class="r-soft">\(optional\)', text)
    assert not re.search(r'<label for="(name|day|zone)">[^<]*<span class="r-soft">', text)


def test_minutes_picker_offers_the_usual_times_and_any_other() -> None:
    with make_stage().test_request_context("/now"):
        ready = render_template_string(FORMS + "{{ forms.minutes(form.minutes) }}", form=SampleForm(minutes=90))
        other = render_template_string(FORMS + "{{ forms.minutes(form.minutes) }}", form=SampleForm(minutes=100))
    assert re.findall(r'value="(\w+)" checked', ready) == ["90"]
    assert re.findall(r'value="(\w+)" checked', other) == ["other"]
    assert re.search(r'name="minutes-h"[^>]*value="1"', other)
    assert re.search(r'name="minutes-m"[^>]*value="40"', other)


@pytest.mark.parametrize(
    ("minutes", "marks"),
    [
        (15, ["h15"]),
        (60, ["h60"]),
        (150, ["h60", "h60", "h30"]),
        (50, ["h45"]),
        (5, ["h15"]),
        (-90, ["h60", "h30"]),
        (0, []),
        (721, []),
    ],
)
def test_a_ring_is_an_hour(minutes: int, marks: list[str]) -> None:
    assert re.findall(r"#(h\d\d)", piece(LOOK + "{{ look.rings(minutes) }}", minutes=minutes)) == marks


def test_long_time_has_one_ring_and_its_number() -> None:
    chip = piece(LOOK + "{{ look.hours_chip(600) }}")
    assert chip.count("<use") == 1
    assert "10\u00a0h" in chip


def test_what_people_write_is_never_markup() -> None:
    hostile = '"><img src=x onerror=alert(1)>'
    calls = (
        "look.person(x, x)", "look.note(x)", "look.share(x, x, x)", "look.badge(x)",
        "look.thread([{'body': x, 'who': x}])",
        "look.waits([{'url': '/', 'name': x, 'title': x, 'line': x}])", "look.empty('offline', x, x, x, '/')",
        "look.moves([{'side': 'given', 'title': x, 'line': x, 'minutes': 5}])", "look.avatar('<')",
    )  # fmt: skip
    text = piece(LOOK + "".join("{{ " + call + " }}" for call in calls), x=hostile)
    assert "<img" not in text


@pytest.mark.parametrize("name", ERRORS)
def test_error_page_is_valid_and_leads_on(name: str) -> None:
    with make_stage(signed_in=False, acting_choices=[], bar=[]).test_request_context("/now"):
        text = render_template(f"errors/{name}.html", words="The place was taken.", back="", number="ab12cd34")
    html5lib.HTMLParser(strict=True).parse(text)
    assert text.count("<h1") == 1
    assert re.search(r'class="btn btn-primary" href="/', text) or name == "503"
    assert name != "500" or "ab12cd34" in text


def test_every_icon_and_drawing_named_in_templates_exists() -> None:
    root = Path(__file__).parents[2]
    icons = set(re.findall(r'<symbol id="([^"]+)"', (root / "static/img/icons.svg").read_text()))
    sources = [path.read_text() for path in (root / "templates").rglob("*.html")]
    named = {
        name
        for text in sources
        for name in re.findall(r"""\bicon\('([^']+)'|icon_name='([^']+)'""", text)
        for name in name
        if name
    }
    assert named - icons == set()
    drawings = {name for text in sources for name in re.findall(r"\bart\('([^']+)'", text)}
    assert {name for name in drawings if not (root / f"static/img/art/{name}.svg").is_file()} == set()


def test_printed_page_is_valid() -> None:
    blocks = "{% block title %}Statement{% endblock %}{% block content %}<h1>Hours</h1>{% endblock %}"
    text = piece("{% extends 'layout/print.html' %}" + blocks)
    html5lib.HTMLParser(strict=True).parse(text)
    assert "<title>Statement · Reciproca</title>" in text
    assert "FareLegami" in text


LETTER = {
    "link_url": "https://example.org/x?a=1&b=2",
    "link_text": "Look",
    "person_name": "Anna",
    "why": "You asked.",
    "settings_url": "",
}


def test_letter_says_the_same_for_eyes_and_in_plain_text() -> None:
    body = "{% block body %}Bashir answered.{% endblock %}"
    plain = piece("{% extends 'mail/base.txt' %}" + body, **LETTER)
    shown = piece("{% extends 'mail/base.html' %}" + body, **LETTER)
    html5lib.HTMLParser(strict=True).parse(shown)
    for words in ("Hello Anna,", "Bashir answered.", "Look", "You asked."):
        assert words in plain
        assert words in shown
    assert plain.startswith("Hello Anna,\n\nBashir answered.\n\nLook:\nhttps://example.org/x?a=1")
    assert "\n\n\n" not in plain.strip()


def test_short_letter_has_no_holes() -> None:
    plain = piece("{% extends 'mail/base.txt' %}{% block body %}Welcome.{% endblock %}")
    assert plain.strip() == "Hello,\n\nWelcome.\n\n--\nReciproca"


def test_a_photograph_says_whose_it_is_only_where_it_is_asked_to() -> None:
    beside = piece(LOOK + "{{ look.avatar('Samira', '/x.webp') }}")
    assert 'aria-hidden="true"' in beside
    assert 'alt=""' in beside
    alone = piece(LOOK + "{{ look.avatar('Samira', '/x.webp', words='Photograph of Samira') }}")
    assert 'alt="Photograph of Samira"' in alone
    assert "aria-hidden" not in alone
