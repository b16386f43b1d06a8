"""Who finds the pages of a series and what was said in it: not strangers, nor across a block."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from community.moderation.actions import block
from exchanges.agreements import actions as agreements
from exchanges.series import actions
from foundation import clock
from tests.client import Browser, on_sqlite
from tests.exchanges.series.stage import MONDAY, SeriesStage, at

pytestmark = on_sqlite
ClientFor = Callable[..., Browser]


def test_what_was_said_across_a_block_stays_with_its_author(stage: SeriesStage, anna: Browser, bashir: Browser) -> None:
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir)
    stage.do(actions.end, stage.cast.anna, series_id, None, MONDAY.date(), reason="Non mi fido")
    assert bashir.look(at(series_id)).says("Non mi fido")
    stage.do(block, stage.cast.bashir, stage.cast.anna.party.id)
    assert anna.look(at(series_id)).says("Non mi fido")
    page = bashir.look(at(series_id))
    assert not page.says("Non mi fido")
    assert page.says("This conversation is over.")


@pytest.mark.parametrize("more", ["", "/end", "/decline", "/change", "/counter", "/who", "/skip/2027-01-19"])
def test_strangers_find_no_such_page(stage: SeriesStage, client_for: ClientFor, more: str) -> None:
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir)
    for who in (stage.cast.chiara, stage.cast.maker, stage.cast.dario):
        assert client_for(who).look(at(series_id, more), status=404).status == 404


@pytest.mark.parametrize("day", ["ieri", "2027-02-30", "2027-13-01", "1"])
def test_days_that_no_calendar_has(stage: SeriesStage, bashir: Browser, day: str) -> None:
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir)
    assert bashir.look(at(series_id, f"/skip/{day}"), status=404).status == 404


def test_a_maker_reads_along_where_a_meeting_is_in_dispute(stage: SeriesStage, client_for: ClientFor) -> None:
    cast = stage.cast
    with clock.at(MONDAY):
        series_id = stage.series_open(cast.anna, cast.bashir)
        meeting = stage.meetings(series_id).to_come[0]
    with clock.at(MONDAY + timedelta(days=2)):
        stage.do(agreements.deliver, cast.anna, meeting.id, None, 60)
        stage.do(agreements.dispute, cast.bashir, meeting.id, None, "Era mezz'ora")
        maker = client_for(cast.maker, language="en")
        page = maker.look(f"/c/cremona/agreements/{meeting.id}")
        assert page.says("What they wrote to each other")
        assert maker.submit(page, "Send", words="Vi ascolto").says("Vi ascolto")
        bashir = client_for(cast.bashir, language="en")
        assert bashir.look(f"/c/cremona/agreements/{meeting.id}").says("Vi ascolto")
        client_for(cast.other_maker).look(f"/c/cremona/agreements/{meeting.id}", status=404)
