"""Meeting every week is proposed from a post or to somebody, with hours that suit both."""

import pytest

from community.availability.actions import set_week
from exchanges.series import actions
from tests.client import Browser, on_sqlite
from tests.exchanges.series.stage import TUESDAY, SeriesStage, at, weekly

pytestmark = on_sqlite


def test_once_is_still_possible_and_other_posts_offer_both(stage: SeriesStage, bashir: Browser) -> None:
    post_id = stage.post(stage.cast.anna, minutes=60, rhythm="weekly", weekdays=[2], weekly_at="16:30")
    page = bashir.look(f"/c/cremona/posts/{post_id}/answer?once=1")
    page = bashir.submit(page, "I need this")
    assert "/agreements/" in page.address
    other = stage.post(stage.cast.anna, minutes=60, rhythm="any")
    page = bashir.look(f"/c/cremona/posts/{other}/answer")
    assert page.says("Every week")
    dated = stage.post(stage.cast.anna, minutes=60, rhythm="dates")
    assert not bashir.look(f"/c/cremona/posts/{dated}/answer").says("Every week")


def test_somebody_is_asked_every_week(stage: SeriesStage, bashir: Browser) -> None:
    party_id = stage.cast.anna.party.id
    page = bashir.look(bashir.look(f"/c/cremona/members/{party_id}/ask").link("Every week"))
    category = str(stage.cast.categories["repairs"].id)
    typed = {
        "title": "Un'ora di matematica",
        "category": category,
        "weekdays": ["2", "4"],
        "at": "17:00",
        "minutes": "60",
    }
    page = bashir.submit(page, "Ask", **typed)
    assert page.says("Every Tuesday and Thursday at 17:00")


def test_what_was_typed_wrong_is_said_at_the_field(stage: SeriesStage, bashir: Browser) -> None:
    post_id = stage.post(stage.cast.anna, minutes=60)
    page = bashir.look(f"/c/cremona/posts/{post_id}/answer/weekly")
    for typed, words in (
        ({"at": "16:30", "weekdays": []}, "Choose at least one day of the week."),
        ({"at": "", "weekdays": ["2"]}, "Say at what time."),
        ({"at": "16:30", "weekdays": ["2"], "first_day": "2020-01-01"}, "This day has already passed."),
        ({"at": "16:30", "weekdays": ["2"], "last_day": "2027-01-11"}, "The last day comes before the first."),
        ({"at": "16:30", "weekdays": ["2"], "last_day": "ieri"}, "Not a valid date value."),
        ({"at": "sera", "weekdays": ["2"]}, "Not a valid time value."),
    ):
        found = bashir.submit(page, "I need this", status=422, words="Ciao", **typed)
        assert any(words in error for error in found.errors()), (words, found.errors())
        assert found.says("Ciao") or "Ciao" in found.html


def test_a_post_tells_its_owner_who_would_come_every_week(stage: SeriesStage, anna: Browser) -> None:
    post_id = stage.post(stage.cast.anna, minutes=60, expires_on=TUESDAY)
    series_id = stage.do(actions.propose, stage.cast.bashir, post_id, weekly())
    page = anna.look(f"/c/cremona/posts/{post_id}")
    assert page.link("Bashir e famiglia") == at(series_id)


def test_who_answered_for_every_week_is_not_asked_again(stage: SeriesStage, bashir: Browser) -> None:
    post_id = stage.post(stage.cast.anna, minutes=60, expires_on=TUESDAY)
    series_id = stage.do(actions.propose, stage.cast.bashir, post_id, weekly())
    page = bashir.look(f"/c/cremona/posts/{post_id}")
    assert page.says("You have answered")
    assert not page.says("Would it help you?")
    assert page.link("Orli e bottoni") == at(series_id)
    assert bashir.look(f"/c/cremona/posts/{post_id}/answer/weekly").address.endswith(at(series_id))


def test_hours_that_suit_both_are_offered_and_written_into_the_form(stage: SeriesStage, bashir: Browser) -> None:
    post_id = stage.post(stage.cast.anna, minutes=60)
    stage.do(set_week, stage.cast.anna, [(4, "afternoon"), (6, "morning")])
    stage.do(set_week, stage.cast.bashir, [(4, "afternoon"), (2, "evening")])
    for address, button, typed in (
        (f"/c/cremona/posts/{post_id}/answer/weekly", "I need this", {}),
        (f"/c/cremona/members/{stage.cast.anna.party.id}/ask/weekly", "Ask", {"title": "Un orlo"}),
    ):
        page = bashir.look(address)
        assert page.says("Both of you can")
        page = bashir.look(page.link("Thursday, 16:00"))
        if typed:
            typed |= {"category": str(stage.cast.categories["repairs"].id), "minutes": "60"}
        assert bashir.submit(page, button, **typed).says("Every Thursday at 16:00")


@pytest.mark.parametrize(
    "asked", ["on=9&at=16:00", "on=4&at=99:99", "on=&at=", "on=4", "at=16:00&on=xx", "on=٤&at=16:00"]
)
def test_a_link_of_hours_that_nobody_should_type(stage: SeriesStage, bashir: Browser, asked: str) -> None:
    post_id = stage.post(stage.cast.anna, minutes=60)
    page = bashir.look(f"/c/cremona/posts/{post_id}/answer/weekly?{asked}")
    assert not page.soup.select('input[name="weekdays"][checked]')
