"""Changing one date, it and those after it, or all; fewer places than are taken."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from civic_centers.activities import actions
from civic_centers.activities.actions import Change, TooManyThere
from civic_centers.activities.rules import About, Beat, NotNow, shifted
from civic_centers.centers.actions import Ending
from civic_centers.rooms.rules import Taken
from foundation import clock
from foundation.errors import Invalid, Missing, Stale
from foundation.feature import registry
from tests.civic_centers.activities.stage import HOUR, ActivityStage
from tests.civic_centers.stage import MONDAY, at

Hook = Callable[..., Any]


@pytest.fixture
def hooks(monkeypatch: pytest.MonkeyPatch) -> dict[str, Hook]:
    """What other features do at a moment, in this test."""
    told: dict[str, Hook] = {}
    monkeypatch.setattr(registry, "hooks", lambda name: [told[name]] if name in told else [])
    return told


def change(stage: ActivityStage, activity: int, session_id: int, to: Change, scope: str = "one") -> Any:
    if scope == "one":
        return stage.do(actions.change_session, stage.cast.bashir, activity, session_id, to)
    return stage.do(actions.change_dates, stage.cast.bashir, activity, session_id, to, scope)


def series(stage: ActivityStage, *weekdays: int, **more: Any) -> tuple[int, list[int]]:
    """An activity with a rhythm to 2 February in the big room, and the numbers of its dates."""
    activity = stage.make(places=10)
    stage.rhythm(activity, *weekdays, room=stage.room, last_on=date(2027, 2, 2), **more)
    return activity, [one.id for one in stage.sessions(activity)]


def test_one_date_alone(stage: ActivityStage, hooks: dict[str, Hook]) -> None:
    moves: list[Any] = []
    hooks["sessions_moved"] = lambda _session, _actor, found: moves.extend(
        (one.id, before, one.starts_at) for one, before, _end in found
    )
    activity, ids = series(stage)
    before = stage.one(ids[1])
    to = Change(at(20, 17), at(20, 18), stage.other_room, "In biblioteca", 10)
    change(stage, activity, ids[1], to)
    one = stage.one(ids[1])
    assert (one.starts_at, one.room_id, one.words, one.changed) == (at(20, 17), stage.other_room, "In biblioteca", True)
    assert one.version > before.version
    assert stage.held(stage.other_room) == [at(20, 17)]
    assert at(19, 16) not in stage.held(stage.room)
    assert moves == [(ids[1], at(19, 16), at(20, 17))]
    with pytest.raises(Missing):
        stage.do(actions.change_session, stage.cast.anna, activity, ids[1], to)


def test_what_is_taken_changes_nothing(stage: ActivityStage) -> None:
    activity, ids = series(stage)
    stage.book(at(20, 16), at(20, 17))
    with pytest.raises(Taken):
        change(stage, activity, ids[1], Change(at(20, 16), at(20, 18), stage.room, places=10))
    assert stage.one(ids[1]).starts_at == at(19, 16)
    assert at(19, 16) in stage.held(stage.room)


def test_it_must_end_after_it_begins_and_be_to_come(stage: ActivityStage) -> None:
    activity, ids = series(stage)
    for starts_at, ends_at in ((at(20, 18), at(20, 17)), (at(10, 16), at(10, 17)), (at(20, 16), at(22, 16))):
        with pytest.raises(Invalid):
            change(stage, activity, ids[1], Change(starts_at, ends_at, stage.room, places=10))
    with clock.at(at(26, 17)):
        with pytest.raises(Invalid, match="begun"):
            change(stage, activity, ids[2], Change(at(26, 18), at(26, 19), stage.room, places=10))
        with pytest.raises(NotNow):
            change(stage, activity, ids[0], Change(at(28, 18), at(28, 19), stage.room, places=10))


def test_this_and_those_after_it(stage: ActivityStage, hooks: dict[str, Hook]) -> None:
    moves: list[int] = []
    hooks["sessions_moved"] = lambda _session, _actor, found: moves.extend(one.id for one, _start, _end in found)
    activity, ids = series(stage)
    moved = change(stage, activity, ids[1], Change(at(20, 17), at(20, 18), stage.room), "following")
    assert moved.number == 3
    assert moves == ids[1:]
    assert [one.starts_at for one in stage.sessions(activity)] == [
        at(12, 16),
        at(20, 17),
        at(27, 17),
        at(3, 17, month=2),
    ]
    assert [one.id for one in stage.sessions(activity)] == ids  # who is enrolled stays enrolled
    assert stage.held(stage.room) == [one.starts_at for one in stage.sessions(activity)]
    old, new = stage.rhythms(activity)
    assert (old.last_on, new.weekdays, new.at, new.minutes) == (date(2027, 1, 18), [3], "17:00", 60)
    with stage.database.writing() as session:
        stage_row = stage.row(activity)
        assert stage_row.room_id == stage.room
        assert not actions.roll_rhythm(session, new.id or 0)  # nothing is doubled


def test_a_week_later_does_not_stand_in_its_own_way(stage: ActivityStage) -> None:
    activity, ids = series(stage)
    moved = change(stage, activity, ids[0], Change(at(19, 16), at(19, 18), stage.room), "following")
    assert moved.without == []
    assert stage.days(activity) == [date(2027, 1, 19), date(2027, 1, 26), date(2027, 2, 2), date(2027, 2, 9)]
    assert len(stage.held(stage.room)) == 4
    assert len(stage.rhythms(activity)) == 1


def test_all_to_come_and_those_changed_by_themselves_stay(stage: ActivityStage) -> None:
    activity, ids = series(stage)
    change(stage, activity, ids[2], Change(at(28, 10), at(28, 11), None, places=10))
    stage.do(actions.cancel_session, stage.cast.bashir, activity, ids[3], reason="Neve")
    with clock.at(at(13, 9)):
        moved = change(stage, activity, ids[1], Change(at(19, 15), at(19, 17), stage.room), "all")
    assert (moved.number, moved.left_alone) == (1, 2)
    assert [one.starts_at for one in stage.sessions(activity)][:3] == [at(12, 16), at(19, 15), at(28, 10)]
    assert stage.one(ids[3]).state == "cancelled"


def test_one_of_two_weekdays_moves(stage: ActivityStage) -> None:
    activity, ids = series(stage, 2, 4)
    change(stage, activity, ids[0], Change(at(13, 16), at(13, 18), stage.room), "all")
    assert {one.isoweekday() for one in stage.days(activity)} == {3, 4}
    assert stage.rhythms(activity)[0].weekdays == [3, 4]
    with pytest.raises(Invalid, match="already"):
        change(stage, activity, ids[0], Change(at(14, 16), at(14, 18), stage.room), "all")
    with pytest.raises(Invalid, match="within its week"):
        change(stage, activity, ids[0], Change(at(20, 16), at(20, 18), stage.room), "all")


def test_where_the_room_is_taken_the_date_has_none(stage: ActivityStage) -> None:
    activity, ids = series(stage)
    stage.book(at(26, 19), at(26, 20))
    moved = change(stage, activity, ids[0], Change(at(12, 18), at(12, 20), stage.room), "all")
    assert [one.id for one in moved.without] == [ids[2]]
    assert stage.one(ids[2]).starts_at == at(26, 18)
    assert stage.one(ids[2]).booking_id is None


def test_a_rhythm_without_an_end_goes_on_at_its_new_time(stage: ActivityStage) -> None:
    activity = stage.make()
    stage.rhythm(activity, room=stage.room)
    stage.open(activity)
    second = stage.sessions(activity)[1].id or 0
    change(stage, activity, second, Change(at(18, 10), at(18, 11), stage.room), "following")
    rhythm = stage.rhythms(activity)[-1]
    before = len(stage.sessions(activity))
    with clock.at(MONDAY + timedelta(days=30)), stage.database.writing() as session:
        actions.roll_rhythm(session, rhythm.id or 0)
    days = stage.days(activity)
    assert len(days) == len(set(days)) > before
    assert {day.isoweekday() for day in days[1:]} == {1}


def test_dates_of_their_own_take_the_same_time(stage: ActivityStage) -> None:
    activity = stage.make()
    ids = stage.dates(activity, at(12, 16), at(15, 16), at(20, 16), room=stage.room)
    change(stage, activity, ids[1], Change(at(16, 17), at(16, 18), stage.other_room), "following")
    assert [one.starts_at for one in stage.sessions(activity)] == [at(12, 16), at(16, 17), at(20, 17)]
    assert stage.held(stage.other_room) == [at(16, 17), at(20, 17)]


def test_weekdays_of_a_rhythm() -> None:
    beat = Beat((2,), at(12, 16).time(), 60, date(2027, 1, 12))
    assert shifted(beat, date(2027, 1, 12), date(2027, 1, 25)) == (1,)
    with pytest.raises(Invalid):
        shifted(Beat((2, 3), beat.at, 60, beat.first_on), date(2027, 1, 12), date(2027, 1, 13))


def test_places_follow_but_for_dates_of_their_own(stage: ActivityStage) -> None:
    activity, ids = series(stage)
    change(stage, activity, ids[1], Change(at(19, 16), at(19, 18), stage.room, places=4))
    said = About("Compiti", "homework", places=20)
    stage.do(actions.change_activity, stage.cast.bashir, activity, said, version=1)
    assert [one.places for one in stage.sessions(activity)] == [20, 4, 20, 20]
    with pytest.raises(Stale):
        stage.do(actions.change_activity, stage.cast.bashir, activity, said, version=1)


def test_fewer_places_than_are_taken_asks_who_holds_them(stage: ActivityStage, hooks: dict[str, Hook]) -> None:
    activity, ids = series(stage)
    for _each in range(3):
        assert stage.do(lambda session, _actor, number: actions.take_places(session, number), stage.cast.bashir, ids[0])
    to = Change(at(12, 16), at(12, 18), stage.room, places=2)
    with pytest.raises(TooManyThere):
        change(stage, activity, ids[0], to)
    reasons: list[str] = []

    def shrink(_session: Any, number: int, _places: int) -> Ending:
        def end(writing: Any, _actor: Any, reason: str) -> None:
            reasons.append(reason)
            actions.give_back_places(writing, number)

        return Ending("1 person goes back to the waiting list.", end)

    hooks["places_shrunk"] = shrink
    with pytest.raises(Invalid):
        change(stage, activity, ids[0], to)
    change(stage, activity, ids[0], Change(at(12, 16), at(12, 18), stage.room, places=2, reason="Sala piccola"))
    assert (stage.one(ids[0]).places, stage.one(ids[0]).taken) == (2, 2)
    assert reasons == ["Sala piccola"]


def test_places_of_all_are_not_shrunk_below_what_is_taken(stage: ActivityStage) -> None:
    activity, ids = series(stage)
    stage.do(lambda session, _actor, number: actions.take_places(session, number, 3), stage.cast.bashir, ids[2])
    with pytest.raises(TooManyThere):
        said = About("Compiti", "homework", places=2)
        stage.do(actions.change_activity, stage.cast.bashir, activity, said, version=1)
    assert [one.places for one in stage.sessions(activity)] == [10] * 4
    assert stage.row(activity).places == 10


def test_a_lost_hour_in_the_midst_of_a_change(stage: ActivityStage) -> None:
    activity = stage.make()
    stage.rhythm(activity, 7, hour=1, first_on=date(2027, 3, 21), last_on=date(2027, 4, 4), skip_holidays=False)
    first = stage.sessions(activity)[0].id or 0
    change(stage, activity, first, Change(at(21, 2, 30, month=3), at(21, 4, month=3), None), "all")
    starts = [one.starts_at for one in stage.sessions(activity)]
    assert starts == [at(21, 2, 30, month=3), at(28, 3, month=3), at(4, 2, 30, month=4)]
    assert {one.ends_at - one.starts_at for one in stage.sessions(activity)} == {HOUR * 1.5}
