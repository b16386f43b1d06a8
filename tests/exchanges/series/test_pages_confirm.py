"""Several meetings are written down and confirmed together on one page."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from exchanges.agreements import actions as agreements
from foundation import clock
from tests.client import Browser, on_sqlite
from tests.exchanges.series.stage import MONDAY, WEEK, SeriesStage, at, spoken

pytestmark = on_sqlite
LATER = MONDAY + 2 * WEEK + timedelta(days=2)


@pytest.fixture
def later(stage: SeriesStage) -> Iterator[None]:
    with clock.at(LATER):
        yield


def test_from_a_weekly_post_to_three_meetings_confirmed_together(
    stage: SeriesStage, anna: Browser, bashir: Browser
) -> None:
    post_id = stage.post(stage.cast.anna, minutes=60, rhythm="weekly", weekdays=[2], weekly_at="16:30")
    page = bashir.look(bashir.look(f"/c/cremona/posts/{post_id}").link("I need this"))
    assert page.says("Every week")
    assert page.says("One time only")
    page = bashir.submit(page, "I need this", words="Fino a giugno?")
    assert page.says("We wait for Anna")
    assert page.says("Every Tuesday at 16:30")
    assert not page.says("372 000000")

    page = anna.look(anna.look("/c/cremona/waiting").link("proposes to meet every week"))
    assert page.says("Your turn: does it suit you?")
    assert "Tuesday 12 January, 16:30" in spoken(page)
    page = anna.submit(page, "Yes, that suits us")
    assert page.says("Agreed! Here are your next meetings.")
    assert page.says("Call Bashir")
    assert page.says("3 h are set aside")

    with clock.at(LATER):
        page = anna.look(anna.look("/c/cremona/waiting").link("3 meetings to write down"))
        second = str(stage.all_meetings(1)[1].id)
        page = anna.submit(page, "Write down those I ticked", **{f"minutes_{second}": "90"})
        assert page.says("Written down. Now the other side confirms.")
        page = bashir.look(bashir.look("/c/cremona/waiting").link("3 meetings"))
        assert page.says("1 h 30")
        page = bashir.submit(page, "I confirm all 3 · 3 h 30")
        assert page.says("Confirmed. Thank you!")
        assert page.says("What was")
    assert stage.balance(stage.cast.anna) == 210


def test_one_meeting_changed_while_all_are_being_confirmed(stage: SeriesStage, later: None, bashir: Browser) -> None:
    with clock.at(MONDAY):
        series_id = stage.series_open(stage.cast.anna, stage.cast.bashir)
    ids = stage.write_down(series_id, stage.cast.anna, LATER)
    page = bashir.look(at(series_id))
    stage.do(agreements.deliver, stage.cast.anna, ids[1], None, 90)
    found = bashir.submit(page, "I confirm all 3", status=409)
    assert "The meeting of Tuesday 19 January has changed in the meantime, so nothing was done." in spoken(found)
    assert stage.balance(stage.cast.anna) == 0


def test_nothing_ticked(stage: SeriesStage, later: None, anna: Browser) -> None:
    with clock.at(MONDAY):
        series_id = stage.series_open(stage.cast.anna, stage.cast.bashir)
    page = anna.look(at(series_id))
    ids = [str(one.id) for one in stage.all_meetings(series_id)]
    found = anna.submit(page, "Write down those I ticked", status=422, **{f"done_{one}": [] for one in ids})
    assert found.says("Choose at least one meeting.")


def test_messages_and_home_tell_a_series_once(stage: SeriesStage, later: None, anna: Browser, bashir: Browser) -> None:
    with clock.at(MONDAY):
        series_id = stage.series_open(stage.cast.anna, stage.cast.bashir, weekdays=(1, 2, 3, 4))
    for page in (anna.look("/c/cremona/messages"), anna.look("/c/cremona/waiting")):
        links = [link["href"] for link in page.soup.select(".r-waits a")]
        assert links == [at(series_id)]
    page = bashir.submit(bashir.look(at(series_id)), "Send", words="A domani!")
    assert page.says("A domani!")
    assert anna.look("/c/cremona/messages").says("1 new")
