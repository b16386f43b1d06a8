"""Hours, days and money as people write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask

from foundation import clock
from foundation.errors import Refused
from foundation.web import formats
from tests.client import on_sqlite

pytestmark = on_sqlite


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 h"), (15, "15 min"), (60, "1 h"), (90, "1 h 30"), (-90, "−1 h 30"), (65, "1 h 05"), (120_000, "2.000 h")],
)
def test_hours(app: Flask, minutes: int, words: str) -> None:
    with app.test_request_context(headers={"Accept-Language": "it"}):
        assert formats.hours(minutes) == words


def test_days_and_times_are_those_of_the_community(app: Flask) -> None:
    moment = datetime(2026, 11, 26, 15, 30, tzinfo=UTC)
    with clock.at(moment), app.test_request_context(headers={"Accept-Language": "it"}):
        assert formats.day_time(moment) == "giovedì 26 novembre, 16:30"
        assert formats.day(date(2027, 1, 2)) == "sabato 2 gennaio 2027"
    with clock.at(moment), app.test_request_context(headers={"Accept-Language": "en"}):
        assert formats.day(moment) == "Thursday, 26 November"
        assert formats.day(date(2027, 1, 2)) == "Saturday, 2 January 2027"
        assert formats.short_day(date(2027, 1, 2)) == "2 Jan 2027"


def test_money(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "it"}):
        assert formats.euro(350).replace("\xa0", " ") == "3,50 €"


@pytest.mark.parametrize(("language", "words"), [("it", "1,75"), ("en", "1.75")])
def test_a_figure_in_an_error_is_written_as_its_reader_does(app: Flask, language: str, words: str) -> None:
    with app.test_request_context(headers={"Cookie": f"language={language}"}):
        assert formats.explain(Refused("%(left)s", left=Decimal("1.750"))) == words


def test_an_error_is_explained_with_hours_and_advice(app: Flask) -> None:
    error = Refused("There are %(left_minutes)s left.", advice="Try %(other)s.", left_minutes=90, other="a gift")
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert formats.explain(error) == "There are 1 h 30 left. Try a gift."


def test_a_text_by_language_falls_back_to_italian(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert formats.in_words({"it": "Bambini"}) == "Bambini"
        assert formats.in_words({"it": "Bambini", "en": "Children"}) == "Children"
