"""A block and the meetings of a series that have begun: they end like any agreement, unless they are to be kept."""

from datetime import timedelta

import pytest

from community.moderation.actions import block
from exchanges.series import actions
from foundation import clock
from foundation.errors import DomainError
from tests.client import on_sqlite
from tests.exchanges.series.stage import MONDAY, WEEK, SeriesStage, agreements

AFTER_TWO = MONDAY + WEEK + timedelta(days=2)


@pytest.mark.parametrize("who_blocks", ["anna", "bashir"])
def test_a_meeting_that_began_ends_and_its_hours_come_back(stage: SeriesStage, who_blocks: str) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_open(anna, bashir)
    blocker, other = (anna, bashir) if who_blocks == "anna" else (bashir, anna)
    with clock.at(AFTER_TWO):
        begun = stage.meetings(series_id).to_write_down
        stage.do(block, blocker, other.party.id)
        assert len(begun) == 2
        assert {state for _, state in stage.states(series_id)} == {"cancelled"}
        assert stage.reserved(bashir) == 0
        for one in begun:
            with pytest.raises(DomainError):
                stage.do(agreements.deliver, anna, one.id, None, 60)
    assert stage.verbs(begun[0].id)[-1] == "part"
    assert stage.mails(other).count("series:stopped") == 1
    assert "agreements:parted" not in stage.mails(other), "they read it once for the whole series"


def test_who_blocks_may_keep_what_took_place(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_open(anna, bashir)
    with clock.at(AFTER_TWO):
        first, second = stage.meetings(series_id).to_write_down
        stage.do(block, bashir, anna.party.id, {f"keep-{first.id}": "y"})
        assert [stage.state(first.id), stage.state(second.id)] == ["accepted", "cancelled"]
        assert stage.reserved(bashir) == 60
        stage.do(actions.deliver_together, anna, series_id, [actions.Said(first.id, None, 60)])
        stage.do(actions.confirm_together, bashir, series_id, stage.to_confirm(series_id))
    assert stage.balance(anna) == 60


def test_a_meeting_that_began_of_a_series_that_had_ended(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_open(anna, bashir)
    with clock.at(AFTER_TWO):
        stage.do(actions.end, bashir, series_id, None, AFTER_TWO.date())
        begun = stage.meetings(series_id).to_write_down[0]
        assert stage.series_state(series_id) == "ended"
        stage.do(block, bashir, anna.party.id)
        assert (stage.state(begun.id), stage.reserved(bashir)) == ("cancelled", 0)
    assert "agreements:parted" in stage.mails(anna)


def test_blocking_once_more_changes_nothing(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_open(anna, bashir)
    with clock.at(AFTER_TWO):
        begun = stage.meetings(series_id).to_write_down[0]
        for _ in range(2):
            stage.do(block, bashir, anna.party.id)
        assert stage.verbs(begun.id).count("part") == 1


def test_meetings_with_others_are_left_alone(stage: SeriesStage) -> None:
    anna, bashir, chiara = stage.cast.anna, stage.cast.bashir, stage.cast.chiara
    series_id = stage.series_open(anna, chiara)
    with clock.at(AFTER_TWO):
        stage.do(block, anna, bashir.party.id)
        assert len(stage.meetings(series_id).to_write_down) == 2


@on_sqlite
def test_the_page_asks_which_of_them_took_place(stage: SeriesStage, client_for) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_open(anna, bashir)
    with clock.at(AFTER_TWO):
        first, second = stage.meetings(series_id).to_write_down
        browser = client_for(bashir, language="en")
        page = browser.look(f"/c/cremona/blocks/{anna.party.id}")
        assert page.says("Nobody has written down yet how these meetings went.")
        browser.submit(page, "Block", **{f"keep-{second.id}": "y"})
        assert [stage.state(first.id), stage.state(second.id)] == ["cancelled", "accepted"]
