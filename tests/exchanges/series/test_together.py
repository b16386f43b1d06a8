"""Several meetings with one button: all of them or none, whoever else is at it at the same moment."""

from datetime import timedelta

import pytest

from exchanges.agreements import actions as agreements
from exchanges.agreements.rules import NotNow
from exchanges.ledger.rules import BelowFloor
from exchanges.series import actions
from exchanges.series.actions import OneChanged, Said
from foundation import clock
from foundation.errors import Invalid, Missing
from tests.exchanges.series.stage import MONDAY, TUESDAY, WEEK, SeriesStage, at_once, weekly

LATER = MONDAY + 2 * WEEK + timedelta(days=2)


def met(stage: SeriesStage, *, minutes: int = 60) -> tuple[int, list[int]]:
    """Three Tuesdays have passed, and Anna wrote them down."""
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir)
    return series_id, stage.write_down(series_id, stage.cast.anna, LATER, minutes)


def test_three_written_down_and_confirmed_with_two_buttons(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id, _ = met(stage)
    with clock.at(LATER):
        stage.do(actions.confirm_together, bashir, series_id, stage.to_confirm(series_id))
    assert [state for _, state in stage.states(series_id)] == ["settled"] * 3
    assert (stage.balance(anna), stage.balance(bashir), stage.reserved(bashir)) == (180, -180, 0)
    assert stage.mails(bashir)[-1:] == ["series:confirm"]
    assert stage.mails(bashir).count("series:confirm") == 1
    assert stage.mails(anna)[-1:] == ["series:confirmed"]
    assert "%(who)s confirmed %(count)s meetings." in stage.series_said(series_id)


def test_each_with_its_real_minutes(stage: SeriesStage) -> None:
    anna = stage.cast.anna
    series_id = stage.series_open(anna, stage.cast.bashir)
    with clock.at(LATER):
        rows = stage.meetings(series_id).to_write_down
        said = [Said(one.id, one.version, minutes) for one, minutes in zip(rows, (45, 60, 30), strict=True)]
        stage.do(actions.deliver_together, anna, series_id, said)
        stage.do(actions.confirm_together, stage.cast.bashir, series_id, stage.to_confirm(series_id))
    assert stage.balance(anna) == 135


def test_one_by_one(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_open(anna, bashir)
    first = stage.all_meetings(series_id)[0]
    with clock.at(MONDAY + timedelta(days=2)):
        stage.do(agreements.deliver, anna, first.id, first.version, 50)
        stage.do(agreements.confirm, bashir, first.id, None)
    assert stage.balance(anna) == 50
    assert [state for _, state in stage.states(series_id)] == ["settled", "accepted", "accepted"]


def test_one_put_right_meanwhile_and_none_is_confirmed(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id, ids = met(stage)
    with clock.at(LATER):
        seen = stage.to_confirm(series_id)
        stage.do(agreements.deliver, anna, ids[1], None, 90)
        with pytest.raises(OneChanged) as refused:
            stage.do(actions.confirm_together, bashir, series_id, seen)
    assert refused.value.params == {"meeting_on": TUESDAY + WEEK}
    assert (stage.balance(anna), {state for _, state in stage.states(series_id)}) == (0, {"delivered"})


def test_one_longer_than_the_hours_allow_and_none_is_confirmed(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id, ids = met(stage)
    with clock.at(LATER):
        stage.do(agreements.deliver, anna, ids[2], None, 800)
        with pytest.raises(BelowFloor):
            stage.do(actions.confirm_together, bashir, series_id, stage.to_confirm(series_id))
    assert {state for _, state in stage.states(series_id)} == {"delivered"}
    assert stage.reserved(bashir) == 180


def test_what_cannot_be_done_together(stage: SeriesStage) -> None:
    anna, bashir, chiara = stage.cast.anna, stage.cast.bashir, stage.cast.chiara
    series_id, ids = met(stage)
    other = stage.series_open(anna, chiara)
    with clock.at(LATER):
        seen = stage.to_confirm(series_id)
        with pytest.raises(Invalid):
            stage.do(actions.confirm_together, bashir, series_id, [])
        with pytest.raises(Missing):
            stage.do(actions.confirm_together, chiara, series_id, seen)
        with pytest.raises(Missing):
            stage.do(actions.confirm_together, chiara, other, seen)
        with pytest.raises(OneChanged):
            stage.do(actions.confirm_together, anna, series_id, seen)
        with pytest.raises(Invalid) as refused:
            stage.do(
                actions.deliver_together, anna, series_id, [Said(one.agreement_id, one.version, 0) for one in seen]
            )
    assert refused.value.field == f"minutes_{ids[0]}"


def test_silence_settles_each_as_it_would_any_other(stage: SeriesStage) -> None:
    anna = stage.cast.anna
    _, ids = met(stage)
    with clock.at(LATER + timedelta(days=6)), stage.database.writing() as session:
        for one in ids:
            assert agreements.remind(session, one)
    with clock.at(LATER + timedelta(days=8)), stage.database.writing() as session:
        for one in ids:
            assert agreements.settle_by_silence(session, one)
    assert stage.balance(anna) == 180
    assert stage.mails(stage.cast.bashir).count("agreements:remind") == 1


# ---------------------------------------------------------------- at the same moment


def test_two_confirmations_at_once(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    partner = stage.second_adult(bashir, "paolo")
    series_id, _ = met(stage)
    with clock.at(LATER):
        seen = stage.to_confirm(series_id)
        found = at_once(
            stage,
            lambda: stage.do(actions.confirm_together, bashir, series_id, seen),
            lambda: stage.do(actions.confirm_together, partner, series_id, list(reversed(seen))),
        )
    assert [type(error) for error in found if error] == [OneChanged]
    assert (stage.balance(anna), stage.reserved(bashir)) == (180, 0)


def test_all_together_while_somebody_confirms_one(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    partner = stage.second_adult(bashir, "paolo")
    series_id, ids = met(stage)
    with clock.at(LATER):
        seen = stage.to_confirm(series_id)
        found = at_once(
            stage,
            lambda: stage.do(actions.confirm_together, bashir, series_id, seen),
            lambda: stage.do(agreements.confirm, partner, ids[2], seen[2].version),
        )
    assert sum(error is not None for error in found) == 1
    assert stage.balance(anna) == (180 if found[0] is None else 60)


def test_left_out_while_it_is_written_down(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_open(anna, bashir)
    first = stage.all_meetings(series_id)[0]
    with clock.at(MONDAY + timedelta(hours=20)):
        found = at_once(
            stage,
            lambda: stage.do(actions.skip, bashir, series_id, TUESDAY, first.version),
            lambda: stage.do(agreements.deliver, anna, first.id, first.version, 60),
        )
    assert [type(error) for error in found if error] == [NotNow]
    left_out = found[0] is None
    assert stage.state(first.id) == ("cancelled" if left_out else "delivered")
    assert stage.reserved(bashir) == (120 if left_out else 180)


def test_the_job_three_times_at_once(stage: SeriesStage) -> None:
    series_id = stage.series_open(stage.cast.anna, stage.cast.bashir)
    at_once(stage, *[lambda: stage.roll(series_id, MONDAY + 3 * WEEK)] * 3)
    assert [one.series_day for one in stage.all_meetings(series_id)] == [TUESDAY + week * WEEK for week in range(6)]
    assert stage.reserved(stage.cast.bashir) == 360


def test_the_job_while_it_is_changed_and_ended(stage: SeriesStage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    series_id = stage.series_open(anna, bashir)
    stage.do(actions.suggest, bashir, series_id, None, weekly(first_day=TUESDAY + WEEK, weekdays=(4,)))
    found = at_once(
        stage,
        lambda: stage.roll(series_id, MONDAY + timedelta(days=1)),
        lambda: stage.do(actions.accept, anna, series_id, 3),
        lambda: stage.do(actions.end, bashir, series_id, 3, TUESDAY + WEEK),
    )
    assert sum(error is not None for error in found) == 1
    live = [one for one in stage.all_meetings(series_id) if one.state == "accepted"]
    assert stage.reserved(bashir) == 60 * len(live)
    days = [one.series_day for one in live]
    assert days == sorted(set(days))
    assert len(days) == (3 if found[2] else 1)


def test_two_yeses_for_the_last_place(stage: SeriesStage) -> None:
    anna = stage.cast.anna
    partner = stage.second_adult(anna, "paolo")
    post_id = stage.post(anna)
    ids = [stage.do(actions.propose, who, post_id, weekly()) for who in (stage.cast.bashir, stage.cast.chiara)]
    found = at_once(
        stage,
        lambda: stage.do(actions.accept, anna, ids[0], 1),
        lambda: stage.do(actions.accept, partner, ids[1], 1),
    )
    assert sum(error is None for error in found) == 1
    assert sorted(stage.series_state(one) for one in ids) == ["declined", "open"]
