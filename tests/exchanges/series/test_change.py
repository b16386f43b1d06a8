"""A change from here on, leaving one out, ending: what was stays as it was, what is near follows, hours come back."""

from datetime import date, timedelta

import pytest

from exchanges.agreements import actions as agreements
from exchanges.agreements.rules import NotNow
from exchanges.posts.tables import Post
from exchanges.series import actions
from foundation import clock
from foundation.errors import Invalid, Missing, Refused
from tests.exchanges.series.stage import MONDAY, TUESDAY, WEEK, SeriesStage, weekly

SECOND, THIRD = TUESDAY + WEEK, TUESDAY + 2 * WEEK


def changed(stage: SeriesStage, series_id: int, first_day: date, **terms) -> None:
    """Bashir proposes a change from a day on, Anna says yes."""
    stage.do(actions.suggest, stage.cast.bashir, series_id, None, weekly(first_day=first_day, **terms))
    stage.do(actions.accept, stage.cast.anna, series_id, None)


def test_until_the_yes_everything_stays(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_open(anna, bashir)
    stage.do(actions.suggest, bashir, series_id, None, weekly(first_day=SECOND, at="18:00"), words="Lavoro fino alle 5")
    assert stage.series_state(series_id) == "changing"
    assert stage.on_the_wall(series_id) == ["Tue 12/01 16:30", "Tue 19/01 16:30", "Tue 26/01 16:30"]
    stage.roll(series_id, MONDAY + WEEK)
    assert stage.on_the_wall(series_id)[-1] == "Tue 02/02 16:30"
    stage.do(actions.decline, anna, series_id, None, reason="Meglio di no")
    assert stage.series_state(series_id) == "open"
    assert "series:suggested" in stage.mails(anna)
    assert "series:kept" in stage.mails(bashir)


def test_another_time_and_length_from_the_second_on(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_open(anna, bashir)
    before = [one.id for one in stage.all_meetings(series_id)]
    changed(stage, series_id, SECOND, at="18:00", minutes=90)
    assert stage.on_the_wall(series_id) == ["Tue 12/01 16:30", "Tue 19/01 18:00", "Tue 26/01 18:00"]
    assert [one.minutes for one in stage.all_meetings(series_id)] == [60, 90, 90]
    assert [one.id for one in stage.all_meetings(series_id)] == before
    assert stage.reserved(bashir) == 240
    assert [(one.first_day, one.last_day) for one in stage.terms(series_id)] == [
        (TUESDAY, SECOND - timedelta(days=1)), (SECOND, None),
    ]  # fmt: skip
    assert "series:changed" in stage.mails(bashir)


def test_another_day_replaces_the_near_ones_together(stage: SeriesStage) -> None:
    bashir = stage.cast.bashir
    series_id = stage.series_open(stage.cast.anna, bashir)
    changed(stage, series_id, SECOND, weekdays=(4,))
    assert stage.states(series_id) == [
        ("12/01", "accepted"), ("19/01", "cancelled"), ("21/01", "accepted"), ("26/01", "cancelled"),
        ("28/01", "accepted"),
    ]  # fmt: skip
    assert stage.reserved(bashir) == 180


def test_a_change_there_and_back_again(stage: SeriesStage) -> None:
    bashir = stage.cast.bashir
    series_id = stage.series_open(stage.cast.anna, bashir)
    changed(stage, series_id, SECOND, weekdays=(4,))
    changed(stage, series_id, SECOND, weekdays=(2,))
    live = [(day, state) for day, state in stage.states(series_id) if state == "accepted"]
    assert live == [("12/01", "accepted"), ("19/01", "accepted"), ("26/01", "accepted")]
    assert stage.reserved(bashir) == 180


def test_what_was_left_out_stays_left_out(stage: SeriesStage) -> None:
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir)
    stage.do(actions.skip, stage.cast.bashir, series_id, SECOND)
    changed(stage, series_id, SECOND, at="18:00")
    assert ("19/01", "cancelled") in stage.states(series_id)
    assert ("19/01", "accepted") not in stage.states(series_id)


def test_meetings_that_took_place_stay_as_they_were(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_open(anna, bashir)
    stage.write_down(series_id, anna, MONDAY + timedelta(days=2), minutes=45)
    with clock.at(MONDAY + timedelta(days=2)):
        changed(stage, series_id, SECOND, minutes=30)
        stage.do(actions.confirm_together, bashir, series_id, stage.to_confirm(series_id))
    assert [one.minutes for one in stage.all_meetings(series_id)][:2] == [60, 30]
    assert stage.balance(anna) == 45


def test_a_late_yes_counts_from_that_day(stage: SeriesStage) -> None:
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir)
    stage.do(actions.suggest, stage.cast.bashir, series_id, None, weekly(first_day=SECOND, at="18:00"))
    with clock.at(MONDAY + WEEK + timedelta(days=2)):
        stage.do(actions.accept, stage.cast.anna, series_id, None)
    assert stage.on_the_wall(series_id)[1:3] == ["Tue 19/01 16:30", "Tue 26/01 18:00"]
    assert [one.last_day for one in stage.terms(series_id)] == [MONDAY.date() + WEEK + timedelta(days=1), None]


def test_longer_meetings_wait_where_the_hours_do_not_allow_them(stage: SeriesStage) -> None:
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir)
    changed(stage, series_id, TUESDAY, minutes=300)
    assert [state for _, state in stage.states(series_id)] == ["accepted", "accepted", "proposed"]
    assert stage.reserved(stage.cast.bashir) == 600


def test_another_way_for_a_change_and_taking_it_back(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_open(anna, bashir)
    stage.do(actions.suggest, anna, series_id, None, weekly(first_day=SECOND, at="18:00"))
    stage.do(actions.counter, bashir, series_id, None, weekly(first_day=THIRD, at="17:30"))
    stage.do(actions.withdraw, bashir, series_id, None)
    assert stage.series_state(series_id) == "open"
    stage.do(actions.suggest, anna, series_id, None, weekly(first_day=SECOND, at="18:00"))
    with pytest.raises(NotNow):
        stage.do(actions.suggest, bashir, series_id, None, weekly(first_day=SECOND, at="19:00"))


def test_a_change_nobody_answers_lapses_and_a_proposal_too(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_open(anna, bashir)
    stage.do(actions.suggest, anna, series_id, None, weekly(first_day=SECOND, at="18:00"))
    proposal = stage.series_proposed(anna, stage.cast.chiara)
    with clock.at(MONDAY + timedelta(days=29)):
        stage.look()
    assert stage.series_state(series_id) == "changing"
    with clock.at(MONDAY + timedelta(days=30)):
        stage.look()
    assert [stage.series_state(series_id), stage.series_state(proposal)] == ["open", "declined"]
    assert "agreements:lapsed" in stage.mails(stage.cast.chiara)


# ---------------------------------------------------------------- leaving one out


def test_either_leaves_one_out_and_the_hours_come_back(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_open(anna, bashir)
    stage.do(actions.skip, bashir, series_id, SECOND, reason="Dal dentista")
    stage.do(actions.skip, anna, series_id, THIRD)
    assert [state for _, state in stage.states(series_id)] == ["accepted", "cancelled", "cancelled"]
    assert stage.reserved(bashir) == 60
    assert "Dal dentista" in stage.series_said(series_id)
    assert ("series:skipped" in stage.mails(anna), "series:skipped" in stage.mails(bashir)) == (True, True)
    stage.roll(series_id, MONDAY + WEEK)
    assert ("19/01", "accepted") not in stage.states(series_id)


def test_a_far_one_is_left_out_before_it_comes_near(stage: SeriesStage) -> None:
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir)
    august = TUESDAY + 20 * WEEK
    stage.do(actions.skip, stage.cast.anna, series_id, august, 0)
    with pytest.raises(NotNow):
        stage.do(actions.skip, stage.cast.anna, series_id, august, 0)
    for week in range(1, 22):
        stage.roll(series_id, MONDAY + week * WEEK)
    assert [state for day, state in stage.states(series_id) if day == f"{august:%d/%m}"] == ["cancelled"]


def test_days_without_a_meeting(stage: SeriesStage) -> None:
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir, last_day=THIRD)
    for day in (TUESDAY + timedelta(days=1), THIRD + WEEK, TUESDAY - WEEK):
        with pytest.raises(Missing):
            stage.do(actions.skip, stage.cast.anna, series_id, day)
    with pytest.raises(Missing):
        stage.do(actions.skip, stage.cast.chiara, series_id, TUESDAY)


def test_one_that_has_begun_or_was_written_down(stage: SeriesStage) -> None:
    anna = stage.cast.anna
    series_id = stage.series_open(anna, stage.cast.bashir)
    with clock.at(MONDAY + timedelta(days=2)), pytest.raises(Refused):
        stage.do(actions.skip, anna, series_id, TUESDAY)
    stage.write_down(series_id, anna, MONDAY + timedelta(days=2))
    with clock.at(MONDAY + timedelta(days=2)), pytest.raises(NotNow):
        stage.do(actions.skip, stage.cast.bashir, series_id, TUESDAY)


def test_one_that_changed_since_it_was_looked_at(stage: SeriesStage) -> None:
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir)
    version = stage.all_meetings(series_id)[0].version
    changed(stage, series_id, TUESDAY, at="18:00")
    with pytest.raises(NotNow):
        stage.do(actions.skip, stage.cast.anna, series_id, TUESDAY, version)


# ---------------------------------------------------------------- ending


def test_ended_from_a_day_on(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_open(anna, bashir)
    stage.do(actions.end, bashir, series_id, None, THIRD, reason="Ora sa cucire")
    assert stage.states(series_id) == [("12/01", "accepted"), ("19/01", "accepted"), ("26/01", "cancelled")]
    assert stage.reserved(bashir) == 120
    assert stage.series_state(series_id) == "open"
    assert "series:ended" in stage.mails(anna)
    stage.roll(series_id, MONDAY + WEEK)
    assert len(stage.all_meetings(series_id)) == 3
    stage.roll(series_id, MONDAY + 2 * WEEK)
    assert stage.series_state(series_id) == "ended"


def test_ended_at_once_and_what_took_place_is_still_confirmed(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_open(anna, bashir)
    after = MONDAY + timedelta(days=2)
    with clock.at(after):
        stage.do(actions.end, anna, series_id, None, after.date())
    assert stage.series_state(series_id) == "ended"
    assert stage.reserved(bashir) == 60
    stage.write_down(series_id, anna, after)
    with clock.at(after):
        stage.do(actions.confirm_together, bashir, series_id, stage.to_confirm(series_id))
    assert (stage.balance(anna), stage.reserved(bashir)) == (60, 0)


def test_ending_while_a_change_waits_drops_the_change(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_open(anna, bashir)
    stage.do(actions.suggest, bashir, series_id, None, weekly(first_day=SECOND, at="18:00"))
    stage.do(actions.end, anna, series_id, None, THIRD)
    with pytest.raises(NotNow):
        stage.do(actions.accept, anna, series_id, None)
    assert stage.on_the_wall(series_id)[1] == "Tue 19/01 16:30"


@pytest.mark.parametrize("day", [None, TUESDAY - WEEK, TUESDAY + 200 * WEEK])
def test_days_on_which_nothing_ends(stage: SeriesStage, day: date | None) -> None:
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir)
    with pytest.raises(Invalid):
        stage.do(actions.end, stage.cast.anna, series_id, None, day)


def test_the_last_meeting_ends_it(stage: SeriesStage) -> None:
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir, last_day=SECOND)
    stage.roll(series_id, MONDAY + timedelta(days=6))
    assert stage.series_state(series_id) == "open"
    stage.roll(series_id, MONDAY + 2 * WEEK)
    assert stage.series_state(series_id) == "ended"


def test_a_place_is_kept_by_a_series_that_met(stage: SeriesStage) -> None:
    from exchanges.agreements.queries import places_taken

    anna, bashir = stage.cast.anna, stage.cast.bashir
    met, never = stage.series_open(anna, bashir), stage.series_open(anna, stage.cast.chiara)
    stage.write_down(met, anna, MONDAY + timedelta(days=2))
    with clock.at(MONDAY + timedelta(days=2)):
        for series_id in (met, never):
            stage.do(actions.end, anna, series_id, None, MONDAY.date() + timedelta(days=2))
    with clock.at(MONDAY + timedelta(days=2)):
        meeting = stage.meetings(never).to_write_down[0]
        stage.do(agreements.miss, stage.cast.chiara, meeting.id, None, "Non è venuta nessuna")
    with stage.database.reading() as session:
        taken = [places_taken(session, session.get(Post, stage.series(one).post_id).id) for one in (met, never)]
    assert taken == [1, 0]
