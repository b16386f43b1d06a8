"""When cycles open and close: on the wall over the change of the clocks, as usual after an exception, never late."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from civic_centers.purchasing.actions.closing import close, keep_open_by_hand, shut, work_out
from civic_centers.purchasing.actions.making import What, change_cycle, make_cycle, open_cycle
from civic_centers.purchasing.actions.placing import Where
from civic_centers.purchasing.actions.repeating import Every, add_pause, begin_rhythm, make_next, remove_pause
from civic_centers.purchasing.queries.rhythms import pauses_of
from civic_centers.purchasing.queries.single import places_of
from civic_centers.purchasing.rules.cycles import NotNow, Shut, Times
from civic_centers.purchasing.tables import OrderCycle
from civic_centers.suppliers.tables import Supplier
from foundation import clock
from foundation.errors import Refused
from tests.civic_centers.purchasing.stage import CLOSES, DELIVERY, NOW, BuyingStage

ROME = ZoneInfo("Europe/Rome")


def wall(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ROME).astimezone(UTC)


def on_wall(moment: datetime) -> tuple[int, int, int, int]:
    local = moment.astimezone(ROME)
    return local.month, local.day, local.hour, local.minute


def made(stage: BuyingStage, opens: datetime, closes: datetime, delivery: date, **more: Any) -> int:
    what = What("Arance", "", Times(opens, closes, delivery), **more)
    return stage.do(make_cycle, stage.cast.maker, stage.supplier_id, what, Where("Oratorio", time(17), time(19))).id


def following(stage: BuyingStage, cycle_id: int) -> OrderCycle:
    with stage.database.writing() as session:
        cycle = make_next(session, stage.cycle(cycle_id).rhythm_id)
        assert cycle is not None
    return stage.cycle(cycle.id or 0)


@pytest.mark.parametrize(
    ("opens", "last_hour"),
    [
        # Over 31 October 2027, when the clocks go back, and over 28 March, when they go forward.
        (wall(2027, 10, 22, 8), wall(2027, 10, 26, 22)),
        (wall(2027, 3, 19, 8), wall(2027, 3, 23, 22)),
    ],
)
def test_every_week_at_the_same_hour_on_the_wall(stage: BuyingStage, opens: datetime, last_hour: datetime) -> None:
    with clock.at(opens - timedelta(days=1)):
        cycle_id = made(stage, opens, last_hour, (last_hour + timedelta(days=3)).date())
        stage.do(begin_rhythm, stage.cast.maker, cycle_id, Every(weeks=1))
        cycle = following(stage, cycle_id)
    for before, after in ((opens, cycle.opens_at), (last_hour, cycle.closes_at)):
        assert after.astimezone(ROME).replace(tzinfo=None) == before.astimezone(ROME).replace(tzinfo=None) + timedelta(
            days=7
        )
    with stage.database.reading() as session:
        assert [on_wall(one.starts_at)[2:] for one in places_of(session, cycle.id or 0)] == [(17, 0)]
    assert cycle.closes_at - cycle.opens_at != last_hour - opens, "an hour more, or one less"


def test_the_hour_that_the_clocks_jump_over(stage: BuyingStage) -> None:
    """Every week at half past two at night: on 28 March there is no such hour, and it opens at three."""
    opens = wall(2027, 3, 21, 2, 30)
    with clock.at(opens - timedelta(days=1)):
        cycle_id = made(stage, opens, wall(2027, 3, 25, 2, 30), date(2027, 3, 27))
        stage.do(begin_rhythm, stage.cast.maker, cycle_id, Every(weeks=1))
        cycle = following(stage, cycle_id)
        assert on_wall(cycle.opens_at) == (3, 28, 3, 0)
        assert on_wall(cycle.closes_at) == (4, 1, 2, 30)


def test_the_door_shuts_at_the_hour_whatever_the_clocks_do(stage: BuyingStage) -> None:
    """It closes at 2:30 of 31 October, an hour that comes twice: it is the first of the two."""
    closes = wall(2027, 10, 31, 2, 30)
    with clock.at(closes - timedelta(days=2)):
        cycle_id = made(stage, closes - timedelta(days=2, hours=1), closes, date(2027, 11, 3))
        assert stage.do(open_cycle, stage.cast.maker, cycle_id)
    with clock.at(closes - timedelta(minutes=1)):
        stage.order(stage.cast.anna, cycle_id, {"Farina": 1000})
    with clock.at(closes), pytest.raises(Shut):
        stage.order(stage.cast.bashir, cycle_id, {"Farina": 1000})


def test_a_form_that_moves_no_hour_leaves_them_as_they_are_to_the_second(stage: BuyingStage) -> None:
    """A form knows whole minutes: it must not take what was opened early, or kept open, for another hour."""
    opens, early = NOW + timedelta(days=2), NOW + timedelta(seconds=37)
    with clock.at(early):
        cycle_id = made(stage, opens, CLOSES, DELIVERY, minimum_cents=50_000, short_rule="keep_open")
        assert stage.do(open_cycle, stage.cast.maker, cycle_id)
        stage.order(stage.cast.anna, cycle_id, {"Farina": 1000})
    late = CLOSES + timedelta(hours=20, seconds=11)
    with clock.at(late), stage.database.writing() as session:
        shut(session, None, cycle_id)
        work_out(session, None, cycle_id)
    before = stage.cycle(cycle_id)
    typed = Times(
        before.opens_at.replace(second=0, microsecond=0), before.closes_at.replace(second=0, microsecond=0), DELIVERY
    )
    with clock.at(late):
        changed = What("Altre parole", "", typed, minimum_cents=50_000, short_rule="keep_open")
        stage.do(change_cycle, stage.cast.maker, cycle_id, changed, version=before.version)
    after = stage.cycle(cycle_id)
    assert after.title == "Altre parole"
    assert (after.opens_at, after.closes_at) == (before.opens_at, before.closes_at)
    assert (after.usual_opens_at, after.usual_closes_at) == (opens, CLOSES)


def test_opened_sooner_or_kept_open_the_next_is_as_usual(stage: BuyingStage) -> None:
    opens = NOW + timedelta(days=2)
    with clock.at(NOW):
        cycle_id = made(stage, opens, CLOSES, DELIVERY, minimum_cents=50_000, short_rule="keep_open")
        assert stage.do(open_cycle, stage.cast.maker, cycle_id)
        assert stage.cycle(cycle_id).opens_at == NOW
        stage.do(begin_rhythm, stage.cast.maker, cycle_id, Every(weeks=1))
        assert stage.cycle(cycle_id).rhythm_on == opens.date()
        stage.order(stage.cast.anna, cycle_id, {"Farina": 1000})
    late = CLOSES + timedelta(hours=20)
    with clock.at(late), stage.database.writing() as session:
        assert shut(session, None, cycle_id)
        assert work_out(session, None, cycle_id) == "open"
    assert stage.cycle(cycle_id).closes_at == max(CLOSES + timedelta(hours=24), late + timedelta(hours=12))
    with clock.at(late):
        cycle = following(stage, cycle_id)
    assert (cycle.opens_at, cycle.closes_at) == (opens + timedelta(days=7), CLOSES + timedelta(days=7))
    assert (cycle.usual_opens_at, cycle.usual_closes_at, cycle.kept_open) == (None, None, 0)


def test_hours_that_somebody_writes_are_the_usual_ones(stage: BuyingStage) -> None:
    opens = NOW + timedelta(days=2)
    with clock.at(NOW):
        cycle_id = made(stage, opens, CLOSES, DELIVERY)
        stage.do(open_cycle, stage.cast.maker, cycle_id)
        cycle = stage.cycle(cycle_id)
        later = What("Arance", "", Times(cycle.opens_at, CLOSES + timedelta(hours=5), DELIVERY))
        stage.do(change_cycle, stage.cast.maker, cycle_id, later, version=cycle.version)
        stage.do(begin_rhythm, stage.cast.maker, cycle_id, Every(weeks=1))
        assert following(stage, cycle_id).closes_at == CLOSES + timedelta(days=7, hours=5)


def test_it_is_never_kept_open_into_the_day_the_goods_come(stage: BuyingStage) -> None:
    """Delivery on the 18th: open until its first minute at most, and not at all with less than an hour to go."""
    midnight = wall(2027, 1, 18, 0)
    more = {"minimum_cents": 50_000, "short_rule": "keep_open", "keep_open_hours": 200, "keep_open_most": 5}
    with clock.at(NOW):
        cycle_id = stage.opened(**more)
        stage.order(stage.cast.anna, cycle_id, {"Farina": 1000})
        assert stage.do(close, stage.cast.maker, cycle_id) == "open"
    assert stage.cycle(cycle_id).closes_at == midnight
    with clock.at(midnight), stage.database.writing() as session:
        assert shut(session, None, cycle_id)
        assert work_out(session, None, cycle_id) == "closing"
    with clock.at(midnight), pytest.raises(Refused):
        stage.do(keep_open_by_hand, stage.cast.maker, cycle_id)


def test_what_cannot_be_opened_is_told_and_at_last_called_off(stage: BuyingStage) -> None:
    with clock.at(NOW):
        cycle_id = stage.plan()
        with stage.database.writing() as session:
            session.get_one(Supplier, stage.supplier_id).state = "paused"
        for _time in range(2):
            with stage.database.writing() as session:
                assert not open_cycle(session, None, cycle_id)
        assert stage.letters() == [("maker", "purchasing:not_opened")]
        with pytest.raises(Refused):
            stage.do(open_cycle, stage.cast.maker, cycle_id)
    with clock.at(CLOSES), stage.database.writing() as session:
        assert not open_cycle(session, None, cycle_id)
    assert (stage.cycle(cycle_id).state, stage.cycle(cycle_id).ended_at) == ("cancelled", CLOSES)
    assert stage.letters()[-1] == ("maker", "purchasing:called_off")


def test_the_same_pause_twice_is_one_and_anothers_is_none(stage: BuyingStage) -> None:
    with clock.at(NOW):
        cycle_id, other = stage.opened(), stage.opened(title="Un altro")
        for one in (cycle_id, other):
            stage.do(begin_rhythm, stage.cast.maker, one, Every(weeks=1))
        days = (date(2027, 8, 1), date(2027, 8, 31))
        pauses = {stage.do(add_pause, stage.cast.maker, cycle_id, *days).id for _time in range(2)}
        assert len(pauses) == 1
        with pytest.raises(NotNow):
            stage.do(remove_pause, stage.cast.maker, other, pauses.pop())
    with stage.database.reading() as session:
        assert len(pauses_of(session, stage.cycle(cycle_id).rhythm_id)) == 1


def test_a_closing_that_was_moved_is_the_usual_one_from_then_on(stage: BuyingStage) -> None:
    """Kept open by hand the next closes as ever; another hour that somebody wrote holds for the next too."""
    with clock.at(NOW):
        cycle_id = stage.opened(pack_rule="send")
        stage.order(stage.cast.anna, cycle_id, {"Farina": 1000})
        stage.do(begin_rhythm, stage.cast.maker, cycle_id, Every(weeks=2))
        assert stage.do(shut, stage.cast.maker, cycle_id)
        stage.do(keep_open_by_hand, stage.cast.maker, cycle_id)
        now = stage.cycle(cycle_id)
        assert now.usual_closes_at == CLOSES
        moved = CLOSES - timedelta(hours=5)
        what = What("Arance", "", Times(now.opens_at, moved, DELIVERY), pack_rule="send")
        stage.do(change_cycle, stage.cast.maker, cycle_id, what, version=now.version)
    with clock.at(NOW + timedelta(days=13)):
        assert following(stage, cycle_id).closes_at == moved + timedelta(weeks=2)


def test_opened_sooner_and_closed_before_it_should_have_opened(stage: BuyingStage) -> None:
    """The next opens at the usual hour, and not after it closes."""
    with clock.at(NOW):
        cycle_id = made(stage, NOW + timedelta(days=2), CLOSES, DELIVERY)
        stage.do(begin_rhythm, stage.cast.maker, cycle_id, Every(weeks=2))
        stage.do(open_cycle, stage.cast.maker, cycle_id)
        what = What("Arance", "", Times(stage.cycle(cycle_id).opens_at, NOW + timedelta(days=1), DELIVERY))
        stage.do(change_cycle, stage.cast.maker, cycle_id, what, version=stage.cycle(cycle_id).version)
    with clock.at(NOW + timedelta(days=13)):
        cycle = following(stage, cycle_id)
    assert cycle.opens_at == NOW + timedelta(days=16)
    assert cycle.closes_at == cycle.opens_at + timedelta(hours=1)
