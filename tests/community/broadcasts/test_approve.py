"""Sending off, and the yes of a second maker where it goes to many."""

import pytest

from community.broadcasts import actions
from community.broadcasts.queries import waiting_for
from foundation.database import Database
from foundation.errors import Invalid, Missing, Refused, Stale
from tests.cast import Cast, Member, make_member
from tests.community.broadcasts.stage import Desk, at_once, draft
from tests.community.letters import letters_to


def second_maker(database: Database, cast: Cast) -> Member:
    with database.writing() as session:
        cast.members["second"] = make_member(session, cast, "second", "po", makes=("centro", "po"))
    return cast.members["second"]


def test_to_few_it_goes_at_once(desk: Desk) -> None:
    number = desk.send()
    assert desk.state(number) == "planned"
    assert desk.work() == 1
    assert desk.state(number) == "sent"


def test_to_many_it_waits_for_a_second_maker_who_is_asked(desk: Desk, cast: Cast) -> None:
    desk.above(5)
    number = desk.send()
    assert desk.state(number) == "waiting"
    assert letters_to(desk.database, cast.administrator.id) == ["broadcasts:approve"]
    assert desk.work() == 0
    assert desk.told() == []
    desk.do(actions.approve, cast.administrator, number)
    desk.work()
    assert len(desk.told()) == 6
    assert letters_to(desk.database, cast.maker.id) == ["broadcasts:approved", "broadcasts:news"]


def test_nobody_approves_their_own_or_what_reaches_beyond_their_zones(desk: Desk, cast: Cast) -> None:
    desk.above(0)
    number = desk.send()
    for who in (cast.maker, cast.other_maker, cast.anna, cast.zoe):
        with pytest.raises(Missing):
            desk.do(actions.approve, who, number)
    with desk.database.reading() as session:
        assert waiting_for(session, cast.maker.actor) == waiting_for(session, cast.other_maker.actor) == []
        assert [one.id for one in waiting_for(session, cast.administrator.actor)] == [number]


def test_where_nobody_could_approve_it_is_said_at_once(desk: Desk, cast: Cast) -> None:
    desk.above(0)
    with pytest.raises(Refused, match="nobody else"):
        desk.send(cast.administrator, "centro", "vescovato")


def test_any_change_withdraws_the_approval(desk: Desk, cast: Cast) -> None:
    desk.above(0)
    number = desk.send()
    desk.do(actions.approve, cast.administrator, number)
    desk.do(actions.change, cast.maker, number, draft(cast, words={"it": "Altro"}))
    one = desk.one(number)
    assert (one.state, one.approved_by_id, one.approved_at) == ("draft", None, None)
    desk.work()
    assert desk.told() == []


def test_what_is_approved_is_what_was_read(desk: Desk, cast: Cast) -> None:
    desk.above(0)
    number = desk.send()
    read = desk.one(number).version
    desk.do(actions.change, cast.maker, number, draft(cast, words={"it": "Altro"}))
    desk.do(actions.send_off, cast.maker, number)
    with pytest.raises(Stale):
        desk.do(actions.approve, cast.administrator, number, version=read)


def test_a_second_maker_says_what_to_change(desk: Desk, cast: Cast) -> None:
    desk.above(0)
    number = desk.send()
    with pytest.raises(Invalid):
        desk.do(actions.send_back, cast.administrator, number, "  ")
    desk.do(actions.send_back, cast.administrator, number, "Manca l’ora.")
    one = desk.one(number)
    assert (one.state, one.remark) == ("draft", "Manca l’ora.")
    assert letters_to(desk.database, cast.maker.id) == ["broadcasts:sent_back"]


def test_two_who_approve_at_once_approve_once(desk: Desk, cast: Cast) -> None:
    second = second_maker(desk.database, cast)
    desk.above(0)
    number = desk.send()
    version = desk.one(number).version
    ran_into = at_once(
        *(
            lambda who=who: desk.do(actions.approve, who, number, version=version)
            for who in (cast.administrator, second)
        )
    )
    assert sorted(type(one).__name__ for one in ran_into) == ["NoneType", "Stale"]
    desk.work()
    assert sorted(desk.told()) == sorted(set(desk.told()))


def test_it_reaches_somebody_or_is_not_sent(desk: Desk, cast: Cast) -> None:
    with pytest.raises(Refused, match="nobody to read"):
        desk.send(purpose="news")


def test_it_may_be_taken_back_until_it_goes(desk: Desk, cast: Cast) -> None:
    desk.above(0)
    number = desk.send()
    with pytest.raises(Missing):
        desk.do(actions.cancel, cast.other_maker, number)
    desk.do(actions.cancel, cast.maker, number)
    assert desk.state(number) == "draft"
    desk.above(100)
    desk.do(actions.send_off, cast.maker, number)
    desk.do(actions.cancel, cast.administrator, number)
    desk.work()
    assert desk.told() == []
    desk.do(actions.send_off, cast.maker, number)
    desk.work()
    with pytest.raises(Refused):
        desk.do(actions.cancel, cast.maker, number)


def test_who_runs_the_community_says_above_how_many(desk: Desk, cast: Cast) -> None:
    with desk.database.writing() as session:
        with pytest.raises(Missing):
            actions.set_rules(session, cast.maker.actor, above=3)
        with pytest.raises(Invalid):
            actions.set_rules(session, cast.administrator.actor, above=-1)
