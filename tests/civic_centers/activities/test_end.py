"""Calling off and restoring; rooms and centers that close; needs of the wall; few people."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from civic_centers.activities import actions
from civic_centers.activities.actions.cancelling import Begun
from civic_centers.activities.actions.from_need import ACTIVITY, begin_activity
from civic_centers.activities.feature import center_closes, wall_becomes
from civic_centers.activities.queries.due import few_are_coming, of_closed_centers
from civic_centers.activities.queries.finding import among, entries_after, found_by
from civic_centers.activities.queries.lists import activities_at
from civic_centers.activities.queries.single import KIND, activity_visible_to
from civic_centers.activities.queries.waiting import activities_without_room
from civic_centers.activities.rules import NotNow
from civic_centers.centers import actions as centers
from civic_centers.rooms import actions as rooms
from civic_centers.rooms.actions import cancel_booking
from civic_centers.rooms.rules import NotNow as RoomNotNow
from civic_centers.rooms.rules import Taken
from civic_centers.wall import actions as wall
from foundation import clock
from foundation.access import Actor
from foundation.audit.tables import AuditEntry
from foundation.errors import Invalid, Missing
from foundation.feature import registry
from tests.civic_centers.activities.stage import ActivityStage
from tests.civic_centers.activities.test_change import Hook, hooks, series
from tests.civic_centers.stage import MONDAY, at
from tests.finding import found

__all__ = ["hooks"]


def cancel(stage: ActivityStage, activity: int, session_id: int, reason: str = "Neve", **more: Any) -> int:
    return stage.do(actions.cancel_session, stage.cast.bashir, activity, session_id, reason=reason, **more)


def test_one_date_is_called_off_with_its_reason(stage: ActivityStage, hooks: dict[str, Hook]) -> None:
    told: list[Any] = []
    hooks["sessions_cancelled"] = lambda _session, _actor, found, why: told.extend((one.id, why) for one in found)
    activity, ids = series(stage)
    with pytest.raises(Invalid):
        cancel(stage, activity, ids[1], " ")
    with pytest.raises(Missing):
        stage.do(actions.cancel_session, stage.cast.anna, activity, ids[1], reason="Neve")
    assert [cancel(stage, activity, ids[1]) for _twice in range(2)] == [1, 0]
    assert told == [(ids[1], "Neve")]
    one = stage.one(ids[1])
    assert (one.state, one.reason, one.version) == ("cancelled", "Neve", 2)
    assert at(19, 16) not in stage.held(stage.room)
    assert not stage.do(lambda session, _actor: actions.take_places(session, ids[1]), stage.cast.anna)
    with stage.database.reading() as session:
        lines = session.exec(select(AuditEntry.verb).where(AuditEntry.kind == "activity_session")).all()
    assert lines == ["cancelled"]


def test_what_has_begun_is_not_called_off(stage: ActivityStage) -> None:
    activity, ids = series(stage)
    with clock.at(at(12, 16, 10)), pytest.raises(Begun):
        cancel(stage, activity, ids[0])
    assert stage.one(ids[0]).state == "planned"


def test_it_and_those_after_it(stage: ActivityStage) -> None:
    activity, ids = series(stage)
    assert cancel(stage, activity, ids[1], scope="following") == 3
    assert stage.days(activity) == [date(2027, 1, 12)]
    assert stage.rhythms(activity)[0].last_on == date(2027, 1, 18)


def test_it_takes_place_after_all_in_its_room(stage: ActivityStage, hooks: dict[str, Hook]) -> None:
    told: list[int] = []
    hooks["sessions_restored"] = lambda _session, _actor, found: told.extend(one.id for one in found)
    activity, ids = series(stage)
    cancel(stage, activity, ids[1])
    cancel(stage, activity, ids[2])
    stage.book(at(26, 17), at(26, 18))
    for _twice in range(2):
        stage.do(actions.restore_session, stage.cast.bashir, activity, ids[1])
    assert at(19, 16) in stage.held(stage.room)
    assert told == [ids[1]]
    with pytest.raises(Taken):
        stage.do(actions.restore_session, stage.cast.bashir, activity, ids[2])
    with clock.at(at(27, 9)), pytest.raises(NotNow):
        stage.do(actions.restore_session, stage.cast.bashir, activity, ids[2])


def test_all_of_it_is_called_off(stage: ActivityStage) -> None:
    activity, _ids = series(stage)
    stage.open(activity)
    with pytest.raises(Invalid):
        stage.do(actions.cancel_activity, stage.cast.bashir, activity, reason="")
    with clock.at(at(13, 9)):
        assert stage.do(actions.cancel_activity, stage.cast.bashir, activity, reason="Manca chi la tiene") == 3
    assert [one.state for one in stage.sessions(activity)] == ["planned", *["cancelled"] * 3]
    assert stage.held(stage.room) == [at(12, 16)]
    with stage.database.reading() as session:
        assert activity_visible_to(session, stage.cast.anna.actor, activity).reason == "Manca chi la tiene"
        assert found(session, stage.cast.anna.actor, "compiti", among, found_by, KIND) == []


def test_a_draft_that_is_thrown_away_is_never_seen(stage: ActivityStage) -> None:
    activity, _ids = series(stage)
    stage.do(actions.cancel_activity, stage.cast.bashir, activity, reason="")
    assert stage.held(stage.room) == []
    with stage.database.reading() as session, pytest.raises(Missing):
        activity_visible_to(session, stage.cast.anna.actor, activity)


def test_a_room_that_closes_leaves_its_dates_without_one(stage: ActivityStage, monkeypatch: Any) -> None:
    monkeypatch.setattr(registry, "hooks", lambda name: [actions.room_lost] if name == "room_lost" else [])
    activity, ids = series(stage)
    stage.open(activity)
    stage.do(rooms.retire_room, stage.cast.maker, stage.room, reason="Tetto")
    assert [one.booking_id for one in stage.sessions(activity)] == [None] * 4
    assert {one.state for one in stage.sessions(activity)} == {"planned"}
    assert stage.letters() == [("bashir", "activities:no_room")]  # once, however many dates
    assert stage.row(activity).room_id is None  # what is laid out later wants no room that is gone
    with stage.database.reading() as session:
        waits = activities_without_room(session, stage.cast.bashir.actor)
        assert [(found.id, number) for found, _center, number, _first in waits] == [(activity, 4)]
        assert activities_without_room(session, stage.cast.anna.actor) == []
    to = actions.Change(at(12, 16), at(12, 18), stage.other_room)
    stage.do(actions.change_dates, stage.cast.bashir, activity, ids[0], to, "all")
    assert len(stage.held(stage.other_room)) == 4


def test_the_room_of_a_date_goes_with_the_date_alone(stage: ActivityStage) -> None:
    _activity, ids = series(stage)
    with pytest.raises(RoomNotNow):
        stage.do(cancel_booking, stage.cast.bashir, stage.one(ids[0]).booking_id, reason="Serve a noi")
    assert at(12, 16) in stage.held(stage.room)


def test_a_center_that_closes_ends_what_comes_after(stage: ActivityStage, monkeypatch: Any) -> None:
    endless = stage.make("Carte")
    stage.rhythm(endless, 4, room=stage.other_room)
    stage.open(endless)
    activity, _ids = series(stage)
    stage.open(activity)
    draft = stage.make("Bozza")
    stage.dates(draft, at(28, 10))
    monkeypatch.setattr(registry, "hooks", lambda name: [center_closes] if name == "center_closes" else [])
    stage.do(centers.close_center, stage.cast.maker, stage.center_id, last_day=date(2027, 1, 19), words="Trasloco")
    assert stage.days(activity) == [date(2027, 1, 12), date(2027, 1, 19)]
    assert stage.days(endless) == [date(2027, 1, 14)]
    assert (stage.row(activity).state, stage.row(draft).state) == ("open", "cancelled")
    with clock.at(MONDAY + timedelta(days=20)):
        with stage.database.reading() as session:
            due = of_closed_centers(session)
        for number in due * 2:
            with stage.database.writing() as session:
                actions.end_of_closed(session, number)
    assert (stage.row(activity).state, stage.row(endless).state) == ("ended", "ended")
    assert len(stage.days(endless)) == 1


def test_a_center_that_is_to_close_still_calls_dates_off(stage: ActivityStage, hooks: dict[str, Hook]) -> None:
    activity, ids = series(stage)
    stage.open(activity)
    stage.do(centers.close_center, stage.cast.maker, stage.center_id, last_day=date(2027, 3, 19), words="Trasloco")
    assert cancel(stage, activity, ids[1]) == 1
    with pytest.raises(Missing):
        stage.dates(activity, at(28, 10))


def test_a_need_of_the_wall_becomes_an_activity(stage: ActivityStage, monkeypatch: Any) -> None:
    monkeypatch.setattr(registry, "hooks", lambda name: [wall_becomes] if name == "wall_becomes" else [])
    need = stage.need("Un posto caldo dove studiare")
    stage.do(wall.join_need, stage.cast.chiara, need, "me_too")
    with pytest.raises(Missing):
        stage.do(wall.turn_into, stage.cast.anna, need, "activity")
    activity = stage.do(wall.turn_into, stage.cast.bashir, need, "activity")
    assert stage.do(wall.turn_into, stage.cast.bashir, need, "activity") == activity
    assert (stage.row(activity).title, stage.row(activity).need_id) == ("Un posto caldo dove studiare", need)
    stage.do(actions.cancel_activity, stage.cast.bashir, activity, reason="")
    again = stage.do(wall.turn_into, stage.cast.bashir, need, "activity")
    assert again != activity
    stage.dates(again, at(12, 16))
    assert stage.need_row(need).state == "open"
    stage.open(again)
    assert (stage.need_row(need).state, stage.need_row(need).became_id) == ("became", again)
    assert stage.letters() == [("anna", "wall:became"), ("chiara", "wall:became")]
    with stage.database.reading() as session:
        assert ACTIVITY.seen(session, stage.cast.anna.actor, [activity, again]) == {again}


def test_a_long_need_keeps_all_its_words(stage: ActivityStage) -> None:
    need = stage.need("parola " * 30)
    with stage.database.writing() as session:
        activity = begin_activity(session, stage.cast.bashir.actor, stage.need_row(need))
    row = stage.row(activity)
    assert len(row.title) == 120
    assert row.words == stage.need_row(need).words


def test_keepers_hear_of_few_people_once(stage: ActivityStage) -> None:
    activity = stage.make(min_places=3)
    (number,) = stage.dates(activity, at(12, 16))
    stage.open(activity)
    with stage.database.reading() as session:
        assert few_are_coming(session) == [number]
    for _twice in range(2):
        with stage.database.writing() as session:
            actions.warn_of_few(session, number)
    assert stage.letters() == [("bashir", "activities:few")]
    stage.do(lambda session, _actor: actions.take_places(session, number, 3), stage.cast.anna)
    with stage.database.reading() as session:
        assert few_are_coming(session) == []


def test_it_is_found_by_its_words_while_it_is_on(stage: ActivityStage) -> None:
    activity = stage.make("Compiti insieme", words="Matematica e italiano")
    with stage.database.reading() as session:
        assert found(session, stage.cast.bashir.actor, "matematica", among, found_by, KIND) == []
    stage.dates(activity, at(12, 16))
    stage.open(activity)
    visitor = Actor.visitor(stage.cast.community.id)
    with stage.database.reading() as session:
        assert [one.id for one, _center in found(session, visitor, "matematica", among, found_by, KIND)] == [activity]
        assert found(session, stage.cast.zoe.actor, "matematica", among, found_by, KIND) == []
        assert [entry.object_id for entry in entries_after(session, 0, 5)] == [activity]
        assert [card.activity.id for card in activities_at(session, visitor, stage.center_id)] == [activity]


def test_a_date_takes_place_after_all_where_its_room_is_out_of_use(stage: ActivityStage) -> None:
    activity_id = stage.make()
    room = stage.add_room("Aula")
    one = stage.dates(activity_id, at(12, 16), room=room)[0]
    stage.open(activity_id)
    stage.do(actions.cancel_session, stage.cast.bashir, activity_id, one, reason="Neve")
    stage.do(rooms.retire_room, stage.cast.bashir, room, reason="Lavori")
    stage.do(actions.restore_session, stage.cast.bashir, activity_id, one)
    assert (stage.one(one).state, stage.one(one).booking_id) == ("planned", None)
