"""Fewer come than are needed, whatever took a place away: who keeps the center and who watches it hears of it, once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from civic_centers.activities.tables import ActivitySession
from civic_centers.volunteering import actions
from civic_centers.volunteering.queries.due import missing_people
from civic_centers.volunteering.rules import Wanted
from civic_centers.volunteering.tables import SignUp, Slot
from community.leaving.rules import Going
from foundation import clock
from tests.civic_centers.stage import CenterStage, at
from tests.civic_centers.volunteering.shifts import afternoons, slot, slot_row, states, take, wanted
from tests.civic_centers.volunteering.test_care import limit, take_back, verify

GAVE_UP, MISSING = "volunteering:gave_up", "volunteering:missing"


def on_a_date(stage: CenterStage, day: int, **more: object) -> tuple[int, int]:
    """A slot of a date of an activity on that day, and the date; Chiara watches the center."""
    stage.do(actions.watch, stage.cast.chiara, stage.center_id)
    activity_id, [date] = afternoons(stage, day)
    one = Wanted("Alla porta", party_id=stage.cast.bakery.party.id, needs_verified=True, **more)
    stage.do(actions.make_for_sessions, stage.cast.bashir, activity_id, [one], [date])
    verify(stage, "anna", "dario")
    with stage.database.reading() as session:
        return session.exec(select(Slot.id).where(Slot.session_id == date)).one(), date


def announce(stage: CenterStage) -> None:
    """What the job does of itself."""
    with stage.database.writing() as session:
        for number, _version in missing_people(session):
            actions.announce_missing(session, number)


def told(stage: CenterStage) -> list[tuple[str, str]]:
    """Who was told that somebody cannot come, or that people are missing; also by the job that runs soon after."""
    announce(stage)
    return sorted(one for one in stage.letters() if one[1] in (GAVE_UP, MISSING))


def gives_up(stage: CenterStage, slot_id: int, _date: int) -> None:
    stage.do(actions.give_up, stage.cast.anna, slot_id)


def check_runs_out(stage: CenterStage, slot_id: int, _date: int) -> None:
    take_back(stage, "anna")
    with stage.database.writing() as session:
        [(number, _moment)] = actions.who_may_not_care(session, stage.cast.community.id, None)
        actions.let_go_of_care(session, number)


def is_kept_from_care(stage: CenterStage, slot_id: int, _date: int) -> None:
    limit(stage, "anna", "care")
    with stage.database.writing() as session:
        actions.let_go_of_stopped_carer(session, stage.cast.maker.actor, stage.cast.anna.id)


def is_stopped(stage: CenterStage, slot_id: int, _date: int) -> None:
    with stage.database.writing() as session:
        actions.let_go_of_stopped(session, stage.cast.maker.actor, stage.cast.anna.id, [])


def leaves(stage: CenterStage, slot_id: int, _date: int) -> None:
    anna = stage.cast.anna
    with stage.database.writing() as session:
        actions.leave_shifts(session, Going(stage.cast.community.id, anna.id, (anna.party.id,), ()))


def is_elsewhere_when_it_moves(stage: CenterStage, slot_id: int, date: int) -> None:
    take(stage, slot(stage, 10, day=13))
    with stage.database.writing() as session:
        one = session.get_one(ActivitySession, date)
        before = (one.starts_at, one.ends_at)
        one.starts_at, one.ends_at = at(13, 10), at(13, 12)
        session.add(one)
        session.flush()
        actions.move_with_sessions(session, stage.cast.maker.actor, [(one, *before)])


WAYS = (gives_up, check_runs_out, is_kept_from_care, is_stopped, leaves, is_elsewhere_when_it_moves)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_whatever_takes_a_place_away(stage: CenterStage, way: Callable[[CenterStage, int, int], None]) -> None:
    here, date = on_a_date(stage, 13)
    take(stage, here)
    assert told(stage) == []
    way(stage, here, date)
    assert slot_row(stage, here).taken == 0
    assert told(stage) == [("bashir", GAVE_UP), ("chiara", MISSING)]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_where_enough_are_left_only_the_keeper_hears(
    stage: CenterStage, way: Callable[[CenterStage, int, int], None]
) -> None:
    here, date = on_a_date(stage, 13, most=2)
    take(stage, here)
    take(stage, here, "dario")
    way(stage, here, date)
    assert told(stage) == [("bashir", GAVE_UP)]


@pytest.mark.parametrize("way", ["no", "silence"])
def test_an_offer_that_nobody_takes(stage: CenterStage, way: str) -> None:
    """The place is kept as long as it is offered: only then people are missing."""
    here, _date = on_a_date(stage, 13)
    take(stage, here)
    take(stage, here, "dario")
    stage.do(actions.give_up, stage.cast.anna, here)
    assert told(stage) == [("bashir", GAVE_UP)]
    if way == "no":
        stage.do(actions.give_up, stage.cast.dario, here)
    else:
        with clock.at(at(13, 15)), stage.database.writing() as session:
            actions.pass_over(session, session.exec(select(SignUp.id).where(SignUp.state == "offered")).one())
    assert [state for _who, state in states(stage, here)] == ["gave_up", "passed"]
    assert told(stage) == [("bashir", GAVE_UP), ("bashir", MISSING), ("chiara", MISSING)]


def test_each_time_it_falls_short_again(stage: CenterStage) -> None:
    here, _date = on_a_date(stage, 13)
    announce(stage)
    for name in ("anna", "dario"):
        take(stage, here, name)
        stage.do(actions.give_up, stage.cast.members[name], here)
    first = [("bashir", MISSING), ("chiara", MISSING)]
    assert told(stage) == sorted([*first, *[("bashir", GAVE_UP), ("chiara", MISSING)] * 2])


def test_earlier_than_seven_days_before_the_announcement_is_still_to_come(stage: CenterStage) -> None:
    here, _date = on_a_date(stage, 20)
    take(stage, here)
    stage.do(actions.give_up, stage.cast.anna, here)
    assert told(stage) == [("bashir", GAVE_UP)]
    for moment, number in ((at(13, 17), 2), (at(18, 17), 4)):
        with clock.at(moment):
            assert [what for _who, what in told(stage)].count(MISSING) == number


def test_more_are_needed_than_before(stage: CenterStage) -> None:
    here = slot(stage, day=13, most=2)
    stage.do(actions.watch, stage.cast.chiara, stage.center_id)
    announce(stage)
    take(stage, here)
    version = slot_row(stage, here).version
    stage.do(actions.change_slot, stage.cast.bashir, here, wanted(stage, most=3, least=1), version=version)
    assert len(told(stage)) == 2, "one is needed, and there"
    stage.do(actions.change_slot, stage.cast.bashir, here, wanted(stage, most=3, least=2), version=version + 1)
    assert told(stage) == sorted([("bashir", MISSING), ("chiara", MISSING)] * 2)


def test_a_date_that_takes_place_after_all_begins_empty(stage: CenterStage) -> None:
    here, date = on_a_date(stage, 13)
    announce(stage)
    take(stage, here)
    with stage.database.writing() as session:
        one = session.get_one(ActivitySession, date)
        actions.cancel_of_sessions(session, stage.cast.bashir.actor, [one], "Neve")
        actions.restore_of_sessions(session, stage.cast.bashir.actor, [one])
    assert told(stage) == sorted([("bashir", MISSING), ("chiara", MISSING)] * 2)


def test_what_moves_is_announced_anew(stage: CenterStage) -> None:
    here, date = on_a_date(stage, 13)
    announce(stage)
    with stage.database.writing() as session:
        one = session.get_one(ActivitySession, date)
        before = (one.starts_at, one.ends_at)
        one.starts_at, one.ends_at = (moment + timedelta(hours=1) for moment in before)
        session.add(one)
        session.flush()
        actions.move_with_sessions(session, stage.cast.bashir.actor, [(one, *before)])
    assert slot_row(stage, here).starts_at == at(13, 17)
    assert told(stage) == sorted([("bashir", MISSING), ("chiara", MISSING)] * 2)
