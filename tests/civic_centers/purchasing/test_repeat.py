"""Cycles that come again by themselves, skip pauses, and what a job does."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from civic_centers.purchasing.actions.changing import add_cost
from civic_centers.purchasing.actions.making import set_product
from civic_centers.purchasing.actions.moving_on import cancel, remind
from civic_centers.purchasing.actions.repeating import Every, add_pause, begin_rhythm, end_rhythm, make_next
from civic_centers.purchasing.jobs import JOBS, look_for_cycles
from civic_centers.purchasing.queries.single import costs_of
from civic_centers.purchasing.rules.cycles import NotNow, next_day, weekday_of_month, which_of
from civic_centers.purchasing.tables import OrderCycle, OrderRhythm
from foundation import clock
from foundation.errors import Invalid
from foundation.jobs.tables import QueuedJob
from tests.civic_centers.purchasing.stage import CLOSES, NOW, BuyingStage

ROME = ZoneInfo("Europe/Rome")


def test_days_of_a_rhythm() -> None:
    assert weekday_of_month(2027, 2, 2, 1) == date(2027, 2, 8)
    assert weekday_of_month(2027, 1, -1, 5) == date(2027, 1, 29)
    assert [which_of(date(2027, 1, day)) for day in (1, 8, 28, 29)] == [1, 2, 4, -1]
    monthly = {"every_weeks": 0, "every_months": 1, "which": 2, "weekday": 1}
    assert next_day(date(2027, 12, 13), **monthly) == date(2028, 1, 10)
    assert next_day(date(2027, 1, 11), every_weeks=2, every_months=0, which=1, weekday=1) == date(2027, 1, 25)


def rhythm_of(stage: BuyingStage, cycle_id: int) -> OrderRhythm:
    with stage.database.reading() as session:
        return session.get_one(OrderRhythm, stage.cycle(cycle_id).rhythm_id)


def test_the_next_is_like_the_one_before(stage: BuyingStage) -> None:
    """Over the change of the clocks too: at the same hour on the wall, with the prices of its own day."""
    cycle_id = stage.opened(minimum_cents=5000)
    stage.do(add_cost, stage.cast.maker, cycle_id, "Trasporto", 1500, "weight")
    rhythm = stage.do(begin_rhythm, stage.cast.maker, cycle_id, Every(months=3))
    with stage.database.writing() as session:
        assert make_next(session, rhythm.id) is None  # three months are far
    stage.set_price("Arance", 20_000, date(2027, 4, 1))
    with clock.at(NOW + timedelta(days=85)), stage.database.writing() as session:
        made = make_next(session, rhythm.id)
        assert made is not None
        made_id = made.id
    following, before = stage.cycle(made_id), stage.cycle(cycle_id)
    for name in ("opens_at", "closes_at"):
        old, new = (getattr(one, name).astimezone(ROME) for one in (before, following))
        assert (old.hour, old.minute, old.weekday()) == (new.hour, new.minute, new.weekday())
    assert (following.state, following.minimum_cents, following.rhythm_on) == ("planned", 5000, date(2027, 4, 12))
    assert stage.product(made_id, "Arance").price == 20_000
    assert stage.product(cycle_id, "Arance").price == 14_500
    with clock.at(NOW + timedelta(days=85)), stage.database.writing() as session:
        assert make_next(session, rhythm.id) is None


def test_costs_and_what_the_group_must_reach_go_with_it_and_what_was_called_off_is_no_model(stage: BuyingStage) -> None:
    cycle_id = stage.opened(minimum_cents=5000)
    stage.do(add_cost, stage.cast.maker, cycle_id, "Trasporto", 1500, "weight")
    flour = stage.product(cycle_id, "Farina").id
    stage.do(set_product, stage.cast.maker, cycle_id, flour, group_least=5000, most=None, grams=700)
    rhythm = stage.do(begin_rhythm, stage.cast.maker, cycle_id, Every(weeks=2))
    numbers = []
    for days in (13, 27):
        with clock.at(NOW + timedelta(days=days)):
            with stage.database.writing() as session:
                numbers.append(make_next(session, rhythm.id).id)
                session.get_one(OrderCycle, numbers[-1]).minimum_cents += 1
            stage.do(cancel, stage.cast.maker, numbers[-1], "Il fornitore non viene")
    for made_id in numbers:
        copied = stage.product(made_id, "Farina")
        assert (copied.group_least, copied.grams) == (5000, 700)
        with stage.database.reading() as session:
            [cost] = costs_of(session, made_id)
            assert (cost.words, cost.cents, cost.split) == ("Trasporto", 1500, "weight")
        assert stage.cycle(made_id).minimum_cents == 5001


def test_a_pause_is_skipped_and_an_end_ends(stage: BuyingStage) -> None:
    cycle_id = stage.opened()
    stage.do(begin_rhythm, stage.cast.maker, cycle_id, Every(weeks=1))
    with pytest.raises(NotNow):
        stage.do(begin_rhythm, stage.cast.maker, cycle_id, Every(weeks=1))
    with pytest.raises(Invalid):
        stage.do(add_pause, stage.cast.maker, cycle_id, date(2027, 2, 1), date(2027, 1, 1))
    stage.do(add_pause, stage.cast.maker, cycle_id, date(2027, 1, 18), date(2027, 1, 24))
    rhythm = rhythm_of(stage, cycle_id)
    with stage.database.writing() as session:
        made = make_next(session, rhythm.id)
        assert made is not None
        assert made.rhythm_on == date(2027, 1, 25)
    stage.do(end_rhythm, stage.cast.maker, cycle_id)
    with clock.at(NOW + timedelta(days=30)), stage.database.writing() as session:
        assert make_next(session, rhythm.id) is None


@pytest.mark.parametrize("every", [Every(), Every(weeks=1, months=1), Every(weeks=99), Every(months=-1)])
def test_a_rhythm_that_cannot_be(stage: BuyingStage, every: Every) -> None:
    cycle_id = stage.opened()
    with pytest.raises(Invalid):
        stage.do(begin_rhythm, stage.cast.maker, cycle_id, every)


def test_a_reminder_goes_once_to_those_who_ordered_before(stage: BuyingStage) -> None:
    before = stage.opened(title="Prima")
    for name in ("anna", "bashir"):
        stage.order(stage.cast.members[name], before, {"Farina": 1000})
    cycle_id = stage.opened(title="Adesso")
    stage.order(stage.cast.anna, cycle_id, {"Farina": 1000})
    assert ("bashir", "purchasing:opened") in stage.letters()
    with clock.at(CLOSES - timedelta(hours=20)), stage.database.writing() as session:
        assert remind(session, cycle_id)
        assert not remind(session, cycle_id)
    told = [name for name, notice in stage.letters() if notice == "purchasing:closes_soon"]
    assert told == ["bashir"]


def run_everything(stage: BuyingStage, moment: datetime) -> None:
    """Every job that is due, as the worker would."""
    work = {job.kind: job.run for job in JOBS}
    with clock.at(moment):
        with stage.database.writing() as session:
            look_for_cycles(session, {})
        for _turn in range(3):
            with stage.database.reading() as session:
                queued = list(session.exec(select(QueuedJob).order_by(QueuedJob.id)))
            for one in queued:
                if one.kind in work:
                    with stage.database.writing() as session:
                        work[one.kind](session, one.payload)


def test_jobs_open_and_close_by_the_hour(stage: BuyingStage) -> None:
    cycle_id = stage.plan()
    run_everything(stage, NOW)
    assert stage.cycle(cycle_id).state == "open"
    stage.order(stage.cast.anna, cycle_id, {"Farina": 2000})
    run_everything(stage, CLOSES - timedelta(minutes=1))
    assert stage.cycle(cycle_id).state == "open"
    run_everything(stage, CLOSES)
    assert stage.cycle(cycle_id).state == "closed"
    run_everything(stage, CLOSES + timedelta(minutes=30))
    with stage.database.reading() as session:
        assert len(session.exec(select(OrderCycle)).all()) == 1
