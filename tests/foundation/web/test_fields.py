"""What people type into our own fields, right and wrong."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import StringField
from wtforms.validators import InputRequired

from foundation.web.fields import DayField, EuroField, LocalMomentField, MinutesField
from foundation.web.forms import BaseForm
from tests.client import on_sqlite

pytestmark = on_sqlite


class Trial(BaseForm):
    class Meta:
        csrf = False

    name = StringField("Name")
    minutes = MinutesField("Minutes")
    when = LocalMomentField("When")
    cost = EuroField("Cost")
    day = DayField("Day")


def filled(app: Flask, **typed: str) -> Trial:
    with app.test_request_context(headers={"Accept-Language": "it"}):
        form = Trial(formdata=MultiDict(typed))
        form.validate()
        [list(map(str, field.errors)) for field in form]
        return form


@pytest.mark.parametrize(("typed", "cents"), [({"cost": "3,50"}, 350), ({"cost": ""}, 0), ({}, None)])
def test_an_emptied_amount_is_nothing_and_one_not_asked_for_is_unsaid(
    app: Flask, typed: dict[str, str], cents: int | None
) -> None:
    assert filled(app, **typed).cost.said == cents


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ({"minutes": "90"}, 90),
        ({"minutes": "other", "minutes-h": "1", "minutes-m": "5"}, 65),
        ({"minutes": "other", "minutes-h": "", "minutes-m": "20"}, 20),
        ({"minutes": "other", "minutes-h": "", "minutes-m": "75"}, 75),
        ({"minutes": "other", "minutes-h": "0", "minutes-m": "75"}, 75),
        ({"minutes": "other", "minutes-h": "2", "minutes-m": ""}, 120),
    ],
)
def test_minutes_are_taken(app: Flask, typed: dict[str, str], minutes: int) -> None:
    form = filled(app, **typed)
    assert (form.minutes.data, form.minutes.errors) == (minutes, [])


@pytest.mark.parametrize(
    "typed",
    [
        {"minutes": "0"},
        {"minutes": "-5"},
        {"minutes": "tanto"},
        {"minutes": "6001"},
        {"minutes": "99999999999999999999"},
        {"minutes": "other"},
        {"minutes": "other", "minutes-h": "uno"},
        {"minutes": "other", "minutes-h": "1.5"},
        {"minutes": "other", "minutes-h": "2", "minutes-m": "75"},
        {"minutes": "other", "minutes-h": "1", "minutes-m": "60"},
        {"minutes": "²"},
    ],
)
def test_minutes_are_refused_with_words(app: Flask, typed: dict[str, str]) -> None:
    assert filled(app, **typed).minutes.errors


def test_a_moment_is_that_of_the_wall_clock(app: Flask) -> None:
    form = filled(app, when="2026-11-26T16:30")
    assert form.when.moment == datetime(2026, 11, 26, 15, 30, tzinfo=UTC)


def test_an_hour_that_the_clocks_jump_over_is_refused(app: Flask) -> None:
    form = filled(app, when="2027-03-28T02:30")
    assert form.when.errors
    assert form.when.moment is None


def test_an_hour_that_comes_twice_means_the_first(app: Flask) -> None:
    form = filled(app, when="2026-10-25T02:30")
    assert form.when.moment == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(("typed", "meant"), [("1900-01-01", True), ("2028-02-29", True), ("2199-12-31", True)] + [
    (one, False) for one in ("0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31", "2027-02-29", "domani")
])  # fmt: skip
def test_a_day_is_in_a_year_that_somebody_may_mean(app: Flask, typed: str, meant: bool) -> None:
    form = filled(app, day=typed)
    assert bool(form.day.errors) != meant
    assert (form.day.data is not None) == meant


@pytest.mark.parametrize("typed", ["domani", "2026-13-01T10:00", "0000-00-00T00:00", "9999-12-31T23:59:59Z"])
def test_a_moment_that_is_none_is_refused(app: Flask, typed: str) -> None:
    assert filled(app, when=typed).when.errors


@pytest.mark.parametrize(("typed", "cents"), [("3,50", 350), ("3.5", 350), ("12", 1200), ("€ 0,05", 5), ("", None)])
def test_euro(app: Flask, typed: str, cents: int | None) -> None:
    form = filled(app, cost=typed)
    assert (form.cost.data, form.cost.errors) == (cents, [])


@pytest.mark.parametrize("typed", ["-1", "1,234", "tanto", "1e9", "1234567"])
def test_euro_that_is_none_is_refused_and_kept(app: Flask, typed: str) -> None:
    form = filled(app, cost=typed)
    assert form.cost.errors
    assert form.cost._value() == typed


def test_characters_no_keyboard_types_are_taken_out_and_said(app: Flask) -> None:
    form = filled(app, name="An\x00na \U0001f600")
    assert form.name.errors
    assert form.name.data == "Anna \U0001f600"


def test_a_line_has_a_length(app: Flask) -> None:
    form = filled(app, name="a" * 201)
    assert form.name.errors
    assert form.name.data == "a" * 201


class Named(BaseForm):
    class Meta:
        csrf = False

    name = StringField("Name", [InputRequired()])


@pytest.mark.parametrize(
    ("typed", "field"), [({"name": "   "}, "name"), ({"name": "Anna", "request_key": "k" * 70}, "request_key")]
)
def test_spaces_are_no_name_and_a_key_is_short(app: Flask, typed: dict[str, str], field: str) -> None:
    with app.test_request_context():
        form = Named(formdata=MultiDict(typed))
        assert not form.validate()
        assert form[field].errors
