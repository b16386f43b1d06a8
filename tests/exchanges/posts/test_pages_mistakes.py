"""A mistake in any of the three steps is named where it stands, and nothing that was typed is lost."""

import pytest

from tests.client import Browser, on_sqlite
from tests.exchanges.posts.stage import Stage
from tests.exchanges.posts.writing import HOME, posts, step_one

pytestmark = on_sqlite


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"title": "con\x00zero"}, "title"),
        ({"category_id": ""}, "category_id"),
        ({"category_id": "999999"}, "category_id"),
        ({"category_id": "abc"}, "category_id"),
        ({"description": "x" * 4001}, "description"),
    ],
)
def test_a_mistake_in_step_one_is_named_and_nothing_is_lost(
    anna: Browser, stage: Stage, said: dict, field: str
) -> None:
    page = anna.look(f"{HOME}/posts/new?kind=need")
    fields = {"title": "Il mio titolo", "category_id": stage.cast.categories["repairs"].id, "description": "Parole mie"}
    back = anna.submit(page, "Avanti", status=422, **(fields | said))
    assert back.soup.select_one(f"[name={field}].is-invalid")
    if field != "title":
        assert back.soup.find("input", {"name": "title"})["value"] == "Il mio titolo"
    if field != "description":
        assert "Parole mie" in back.soup.find("textarea").get_text()
    assert posts(stage) == []


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"rhythm": None}, "rhythm"),
        ({"rhythm": "dates"}, "starts_1"),
        ({"rhythm": "dates", "starts_1": "2020-01-01T10:00"}, "starts_1"),
        ({"rhythm": "dates", "starts_1": "2099-03-29T02:30"}, "starts_1"),
        ({"rhythm": "dates", "starts_1": "domani"}, "starts_1"),
        ({"rhythm": "dates", "starts_1": "2099-05-05T10:00", "ends_1": "09:00"}, "ends_1"),
        ({"rhythm": "weekly"}, "weekdays"),
        ({"rhythm": "weekly", "weekdays": ["9"]}, "weekdays"),
        ({"rhythm": "weekly", "weekdays": ["1"], "weekly_at": "27:99"}, "weekly_at"),
        ({"place": None}, "place"),
        ({"place": "moon"}, "place"),
        ({"zone_id": ""}, "zone_id"),
        ({"zone_id": "999999"}, "zone_id"),
        ({"when_words": "x" * 201}, "when_words"),
    ],
)
def test_a_mistake_in_step_two_is_named_and_nothing_is_lost(
    anna: Browser, stage: Stage, said: dict, field: str
) -> None:
    when = step_one(anna, stage)
    fields = {"rhythm": "any", "place": "mine", "place_words": "In cortile", "zone_id": stage.cast.zones["po"].id}
    back = anna.submit(when, "Avanti", status=422, **(fields | said))
    assert back.soup.select_one(f"[id='{field}-error']"), back.errors()
    assert back.soup.find("input", {"name": "place_words"})["value"] == "In cortile"
    assert posts(stage)[0].rhythm == ""


def test_a_zone_of_another_community_cannot_be_chosen(anna: Browser, stage: Stage) -> None:
    when = step_one(anna, stage)
    anna.submit(when, "Avanti", status=422, rhythm="any", place="mine", zone_id=stage.cast.zoe.actor.zone_id)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"minutes": None}, "minutes"),
        ({"minutes": "-30"}, "minutes"),
        ({"minutes": "999999999999"}, "minutes"),
        ({"minutes": "other", "minutes-h": "abc", "minutes-m": ""}, "minutes"),
        ({"for_whom": "several", "places": ""}, "places"),
        ({"for_whom": "several", "places": "-4"}, "places"),
        ({"for_whom": "several", "places": "99999999999999999999"}, "places"),
        ({"expires_on": "2020-01-01"}, "expires_on"),
        ({"expires_on": "9999-12-31"}, "expires_on"),
        ({"expires_on": "31/31/31"}, "expires_on"),
        ({"expense_cents": "-3"}, "expense_cents"),
        ({"expense_cents": "999999999"}, "expense_cents"),
        ({"visibility": "all"}, "visibility"),
        ({"languages": ["klingon"]}, "spoken"),
    ],
)
def test_a_mistake_in_step_three_is_named_and_nothing_is_lost(
    anna: Browser, stage: Stage, said: dict, field: str
) -> None:
    when = step_one(anna, stage)
    how = anna.submit(when, "Avanti", rhythm="any", place="mine")
    fields = {"minutes": "60", "expense_words": "La benzina"}
    back = anna.submit(how, "Avanti", status=422, **(fields | said))
    assert back.soup.select_one(f"[id='{field}-error']"), back.errors()
    assert back.soup.find("input", {"name": "expense_words"})["value"] == "La benzina"
    assert posts(stage)[0].minutes is None
