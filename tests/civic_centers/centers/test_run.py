"""Opening a center, changing it, giving its keys, closing it for good."""

from datetime import date, timedelta

import pytest

from civic_centers.centers import actions
from civic_centers.centers.actions import About
from civic_centers.centers.policies import may_keep
from civic_centers.centers.queries import center_called, keepers_of
from civic_centers.wall.queries import among, found_by
from community.leaving.rules import Going
from foundation import clock
from foundation.errors import Invalid, Missing, Refused, Stale
from tests.civic_centers.stage import CenterStage, at
from tests.finding import found

ABOUT = "Civic Center nuovo"


def about(stage: CenterStage, **more: object) -> About:
    return About(**{"name": ABOUT, "zone_id": stage.cast.zones["centro"].id, "address": "Via Po 3", **more})


def test_only_who_runs_the_zone_opens_one(stage: CenterStage) -> None:
    cast = stage.cast
    for who in (cast.anna, cast.bashir, cast.other_maker):
        with pytest.raises(Missing):
            stage.do(actions.open_center, who, about(stage))
    first = stage.do(actions.open_center, cast.maker, about(stage))
    second = stage.do(actions.open_center, cast.administrator, about(stage))
    assert (first.slug, second.slug) == ("civic-center-nuovo", "civic-center-nuovo-2")


def test_bad_words_are_refused_at_their_field(stage: CenterStage) -> None:
    bad = (
        ({"address": " "}, "address"),
        ({"province": "XX"}, "province"),
        ({"patron_month": 2}, "patron_day"),
        ({"party_id": stage.cast.anna.party.id}, "party_id"),
        ({"name": " "}, "name"),
    )
    for said, field in bad:
        with pytest.raises(Invalid) as error:
            stage.do(actions.open_center, stage.cast.maker, about(stage, **said))
        assert error.value.field == field


def version(stage: CenterStage) -> int:
    with stage.database.reading() as session:
        return center_called(session, stage.cast.bashir.actor, stage.slug).version


def test_a_form_opened_earlier_is_told(stage: CenterStage) -> None:
    opened_with = version(stage)
    stage.do(actions.change_center, stage.cast.bashir, stage.center_id, about(stage), version=opened_with)
    with pytest.raises(Stale):
        stage.do(actions.change_center, stage.cast.bashir, stage.center_id, about(stage), version=opened_with)


def test_a_keeper_moves_it_into_no_other_zone(stage: CenterStage) -> None:
    there = about(stage, zone_id=stage.cast.zones["vescovato"].id)
    for who in (stage.cast.bashir, stage.cast.maker):
        with pytest.raises(Missing):
            stage.do(actions.change_center, who, stage.center_id, there, version=version(stage))
    stage.do(actions.change_center, stage.cast.administrator, stage.center_id, there, version=version(stage))


def test_it_is_found_by_its_words(stage: CenterStage) -> None:
    with stage.database.reading() as session:
        centers = found(session, stage.cast.anna.actor, "scuola", among, found_by)[0]
    assert [center.id for center in centers] == [stage.center_id]


def test_keys_are_given_for_a_while(stage: CenterStage) -> None:
    cast = stage.cast
    with pytest.raises(Missing):
        stage.do(actions.add_keeper, cast.bashir, stage.center_id, cast.chiara.id)
    stage.do(actions.add_keeper, cast.maker, stage.center_id, cast.chiara.id, ends_at=at(20, 0))
    with pytest.raises(Refused):
        stage.do(actions.add_keeper, cast.maker, stage.center_id, cast.chiara.id)
    with pytest.raises(Invalid):
        stage.do(actions.add_keeper, cast.maker, stage.center_id, cast.zoe.id)
    with stage.database.reading() as session:
        assert may_keep(session, cast.chiara.actor, stage.center_id)
        assert not may_keep(session, stage.in_place_of(cast.chiara), stage.center_id)
        with clock.at(at(20, 0)):
            assert not may_keep(session, cast.chiara.actor, stage.center_id)
    assert stage.letters() == [("chiara", "centers:keeper_given")]


def test_only_they_say_whether_they_are_named(stage: CenterStage) -> None:
    cast = stage.cast
    with pytest.raises(Missing):
        stage.do(actions.agree_to_be_named, cast.maker, stage.center_id, named=True)

    def named() -> list[int]:
        with stage.database.reading() as session:
            return [person.id for _row, person in keepers_of(session, stage.center_id, named=True)]

    assert named() == []
    stage.do(actions.agree_to_be_named, cast.bashir, stage.center_id, named=True)
    assert named() == [cast.bashir.id]
    stage.do(actions.end_keeper, cast.maker, stage.center_id, cast.bashir.id)
    assert named() == []
    assert stage.letters() == [("bashir", "centers:keeper_ended")]


def test_who_leaves_keeps_nothing(stage: CenterStage) -> None:
    cast = stage.cast
    with stage.database.writing() as session:
        actions.end_keepers_of(session, Going(cast.community.id, cast.bashir.id, (cast.bashir.party.id,), ()))
    with stage.database.reading() as session:
        assert not may_keep(session, cast.bashir.actor, stage.center_id)


def test_closing_ends_what_stands_open_and_tells(stage: CenterStage) -> None:
    cast = stage.cast
    before = stage.ask(at(14, 16), at(14, 17))
    after = stage.ask(at(21, 16), at(21, 17))
    need = stage.need()
    with pytest.raises(Missing):
        stage.do(actions.close_center, cast.bashir, stage.center_id, last_day=date(2027, 1, 15), words="Si cambia")
    with pytest.raises(Invalid):
        stage.do(actions.close_center, cast.maker, stage.center_id, last_day=date(2027, 1, 10), words="Si cambia")
    stage.do(actions.close_center, cast.maker, stage.center_id, last_day=date(2027, 1, 15), words="Si cambia sede")
    assert [stage.booking(one).state for one in (before, after)] == ["requested", "cancelled"]
    assert stage.need_row(need).state == "closed"
    told = [notice for name, notice in stage.letters() if name == "anna"]
    assert told == ["rooms:cancelled", "wall:closed"]
    with stage.database.reading() as session:
        assert center_called(session, cast.anna.actor, stage.slug).closed_words == "Si cambia sede"
        assert found(session, cast.anna.actor, "scuola", among, found_by)[0] == []
    with pytest.raises(Missing):
        stage.do(actions.set_hours, cast.bashir, stage.center_id, {})
    with pytest.raises(Invalid):
        stage.book(at(18, 16), at(18, 17))
    stage.book(at(15, 16), at(15, 17))


def test_days_come_and_go(stage: CenterStage) -> None:
    day = date(2027, 1, 12)
    special = actions.running.Special(day, day + timedelta(days=1), None, "Guasto")
    row = stage.do(actions.add_special_day, stage.cast.bashir, stage.center_id, special)
    for _twice in range(2):
        stage.do(actions.remove_special_day, stage.cast.bashir, stage.center_id, row.id)
