"""Two people answer, end or part at the same moment, and a job dies half-way: one outcome, and the hours add up."""

from datetime import timedelta

import pytest

from community.moderation.actions import block
from exchanges.agreements.rules import NotNow
from exchanges.series import actions
from exchanges.series.actions import laying
from foundation import clock
from tests.exchanges.series.stage import MONDAY, TUESDAY, WEEK, SeriesStage, agreements, at_once, weekly


def test_two_adults_say_yes(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    partner = stage.second_adult(anna, "paolo")
    series_id = stage.series_proposed(anna, bashir)
    found = at_once(
        stage,
        lambda: stage.do(actions.accept, anna, series_id, 1),
        lambda: stage.do(actions.accept, partner, series_id, 1),
    )
    assert [type(error) for error in found if error] == [NotNow]
    assert (len(stage.all_meetings(series_id)), stage.reserved(bashir)) == (3, 180)
    assert stage.mails(bashir) == ["agreements:accepted"]


def test_a_yes_while_it_is_being_taken_back(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_proposed(anna, bashir)
    found = at_once(
        stage,
        lambda: stage.do(actions.accept, anna, series_id, 1),
        lambda: stage.do(actions.withdraw, bashir, series_id, 1),
    )
    assert [type(error) for error in found if error] == [NotNow]
    accepted = found[0] is None
    assert stage.series_state(series_id) == ("open" if accepted else "withdrawn")
    assert stage.reserved(bashir) == (180 if accepted else 0)


def test_both_end_it_on_different_days(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_open(anna, bashir)
    version = stage.series(series_id).version
    found = at_once(
        stage,
        lambda: stage.do(actions.end, anna, series_id, version, TUESDAY + WEEK),
        lambda: stage.do(actions.end, bashir, series_id, version, TUESDAY + 2 * WEEK),
    )
    assert [type(error) for error in found if error] == [NotNow]
    left = 1 if found[0] is None else 2
    assert [state for _, state in stage.states(series_id)].count("accepted") == left
    assert stage.reserved(bashir) == 60 * left
    assert stage.series_verbs(series_id).count("end") == 1


def test_it_ends_while_a_change_is_agreed_upon(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_open(anna, bashir)
    stage.do(actions.suggest, bashir, series_id, None, weekly(first_day=TUESDAY, at="18:00", minutes=90))
    version = stage.series(series_id).version
    found = at_once(
        stage,
        lambda: stage.do(actions.accept, anna, series_id, version),
        lambda: stage.do(actions.end, bashir, series_id, version, MONDAY.date()),
    )
    assert [type(error) for error in found if error] == [NotNow]
    ended = found[1] is None
    assert stage.series_state(series_id) == ("ended" if ended else "open")
    assert stage.reserved(bashir) == (0 if ended else 270)


def test_a_yes_at_the_moment_of_a_block(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_proposed(anna, bashir)
    at_once(
        stage,
        lambda: stage.do(actions.accept, anna, series_id, 1),
        lambda: stage.do(block, bashir, anna.party.id),
    )
    assert stage.series_state(series_id) in ("declined", "ended")
    assert stage.reserved(bashir) == 0
    assert {state for _, state in stage.states(series_id)} <= {"cancelled"}


def test_the_last_meeting_is_missed_while_it_ends(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_open(anna, bashir)
    with clock.at(MONDAY + timedelta(days=2)):
        begun = stage.meetings(series_id).to_write_down[0]
        found = at_once(
            stage,
            lambda: stage.do(agreements.miss, bashir, begun.id, begun.version, "Non è venuta"),
            lambda: stage.do(actions.end, anna, series_id, None, MONDAY.date() + timedelta(days=2)),
        )
    assert found == [None, None]
    assert (stage.series_state(series_id), stage.state(begun.id), stage.reserved(bashir)) == ("ended", "missed", 0)


class Killed(BaseException):
    """The machine stops in the middle of it."""


@pytest.mark.parametrize("after", [0, 1, 2])
def test_the_job_is_killed_half_way_and_done_again(
    stage: SeriesStage, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    bashir = stage.cast.bashir
    series_id = stage.series_open(stage.cast.anna, bashir)
    before = stage.states(series_id), stage.reserved(bashir), stage.series(series_id).laid_out_until
    arrange, laid_out = laying.arrange, []

    def dies(session, meeting):  # type: ignore[no-untyped-def]  # in the place of `arrange`
        if len(laid_out) == after:
            raise Killed
        laid_out.append(meeting.series_day)
        return arrange(session, meeting)

    monkeypatch.setattr(laying, "arrange", dies)
    later = MONDAY + 3 * WEEK
    with pytest.raises(Killed):
        stage.roll(series_id, later)
    assert (stage.states(series_id), stage.reserved(bashir), stage.series(series_id).laid_out_until) == before
    monkeypatch.undo()
    stage.roll(series_id, later)
    stage.roll(series_id, later)
    assert [one.series_day for one in stage.all_meetings(series_id)] == [TUESDAY + week * WEEK for week in range(6)]
    assert stage.reserved(bashir) == 360
