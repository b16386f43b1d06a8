"""What a form says was typed in it: the same words are the same text, and any other word is another."""

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage, MultiDict
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    MultipleFileField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import NumberRange, Optional

from foundation.web.fields import DayField, EuroField, LocalMomentField, MinutesField, choices
from foundation.web.forms import ActForm, BaseForm
from tests.client import on_sqlite

pytestmark = on_sqlite


class Line(Form):
    role = StringField("Role")


class Trial(BaseForm):
    name = StringField("Name")
    sure = BooleanField("Sure")
    days = SelectMultipleField("Days", choices=choices({"1": "Monday", "2": "Tuesday"}))
    minutes = MinutesField("Minutes")
    when = LocalMomentField("When")
    cost = EuroField("Cost")
    day = DayField("Day")
    lines = FieldList(FormField(Line), min_entries=1)
    photos = MultipleFileField("Photographs")


SENT: dict[str, Any] = {
    "name": "Anna", "sure": "y", "days": ["1"], "minutes": "30", "when": "2027-01-12T16:00", "cost": "3,50",
    "day": "2027-01-12", "lines-0-role": "Alla porta", "photos": ("a.jpg", b"abc"),
}  # fmt: skip


def typed(app: Flask, form: type[BaseForm] = Trial, **changes: Any) -> str:
    said = {name: value for name, value in {**SENT, **changes}.items() if value is not None}
    values = {
        name: FileStorage(BytesIO(value[1]), filename=value[0]) if isinstance(value, tuple) else value
        for name, value in said.items()
    }
    with app.test_request_context():
        return form(formdata=MultiDict(values)).typed()


def test_the_same_words_are_the_same_text(app: Flask) -> None:
    assert typed(app) == typed(app, request_key="other", csrf_token="other")
    assert typed(app) == typed(app, name=" Anna "), "what is trimmed away was not said"
    assert "csrf" not in typed(app)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", "Chiara"),
        ("sure", None),
        ("days", ["1", "2"]),
        ("minutes", "60"),
        ("when", "2027-01-12T17:00"),
        ("cost", "3,60"),
        ("day", "2027-01-13"),
        ("lines-0-role", "In cucina"),
        ("lines-1-role", "In cucina"),
        ("photos", ("b.jpg", b"abc")),
        ("photos", ("a.jpg", b"abcd")),
        ("photos", None),
    ],
)
def test_any_other_word_is_another_text(app: Flask, name: str, value: Any) -> None:
    assert typed(app) != typed(app, **{name: value})


def test_a_file_is_left_as_it_was(app: Flask) -> None:
    photo = FileStorage(BytesIO(b"abcdef"), filename="a.jpg")
    photo.stream.seek(2)
    with app.test_request_context():
        assert "6" in Trial(formdata=MultiDict({"photos": photo})).typed()
    assert photo.stream.read() == b"cdef"


def test_a_form_that_asks_nothing_says_nothing(app: Flask) -> None:
    assert typed(app, ActForm) == ""


class Counting(BaseForm):
    number = IntegerField("Number", [NumberRange(1, 50, "From 1 to 50.")])
    bare = IntegerField("Bare", [Optional()])


@pytest.mark.parametrize("huge", ["9" * 400, "-" + "9" * 400, "9" * 5000, str(10**15 + 1)])
def test_a_number_beyond_all_meaning_is_no_number(app: Flask, huge: str) -> None:
    for name in ("number", "bare"):
        with app.test_request_context(method="POST"):
            form = Counting(formdata=MultiDict({"number": "2", name: huge}))
            form.validate()
            assert form[name].errors
            assert form[name].data is None
