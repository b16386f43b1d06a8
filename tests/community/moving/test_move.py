"""Moving to another community: asked there, nothing changed here, goodbye at the end; or taken back."""

from datetime import timedelta

import pytest
from sqlmodel import select

from community.leaving.actions import come_back, finish, move_hours
from community.leaving.tables import Departure
from community.members.queries import actor_for
from community.members.tables import Answer
from community.moving.actions import withdraw_move
from community.moving.personal import RETENTIONS
from community.moving.queries import way_of
from community.moving.tables import CommunityMove
from community.parties.queries import parties_of
from community.parties.tables import Party
from exchanges.ledger.actions import give_hours
from exchanges.ledger.queries.accounts import account_of
from exchanges.ledger.queries.verification import faults, hold_still
from foundation import clock
from foundation.errors import Missing
from foundation.personal.keeping import Cutoff
from tests.community.moving.town import ALL, Town


def test_until_the_goodbye_nothing_changes_here_and_then_both_ledgers_hold(town: Town) -> None:
    anna = town.cast.anna
    with town.database.writing() as session:
        give_hours(session, town.cast.bashir.actor, anna.party.id, 90, request_key="ninety")
    town.ask(anna)
    town.say_yes(anna)
    with town.database.reading() as session:
        actor = actor_for(session, anna.id, town.here)
        assert actor.is_member
        assert actor.party_id == anna.party.id
        assert account_of(session, anna.party.id).balance == 90
        home = parties_of(session, town.there, anna.id)[0]
        assert account_of(session, home.id).balance == 0, "hours never cross"
    departure_id = town.goodbye(anna)
    with town.database.writing() as session:
        session.get(Departure, departure_id).ends_at = clock.now() - timedelta(minutes=1)
    with town.database.writing() as session:
        assert finish(session, departure_id)
    with town.database.writing() as session:
        assert move_hours(session, departure_id)
    with town.database.reading() as session:
        assert account_of(session, town.cast.fund.id).balance == 90
        assert actor_for(session, anna.id, town.there).party_id == home.id
        assert session.get(Party, home.id).closed_at is None
        assert session.scalars(select(CommunityMove)).all() == [], "nobody needs to know it any more"
    for community_id in (town.here, town.there):
        with town.database.reading() as session:
            hold_still(session)
            assert list(faults(session, community_id)) == []


def test_who_comes_in_is_told_here_and_there(town: Town) -> None:
    anna = town.cast.anna
    town.ask(anna)
    assert "joining:new_application" in town.told(town.cast.zoe)
    town.say_yes(anna)
    assert {"joining:approved", "moving:let_in"} <= set(town.told(anna))
    town.goodbye(anna)
    assert "leaving:member_left" in town.told(town.cast.maker)


def test_a_no_changes_nothing(town: Town) -> None:
    anna = town.cast.anna
    child = town.full_house()
    move_id = town.ask(anna, carries=ALL, dependants=(child,))
    town.say_no(anna)
    move = town.move(move_id)
    assert (move.state, move.dependants) == ("declined", [])
    with town.database.reading() as session:
        assert actor_for(session, anna.id, town.here).party_id == anna.party.id
        assert way_of(session, town.here, anna.id).move.state == "declined"
        assert not parties_of(session, town.there, anna.id)
    assert "moving:let_in" not in town.told(anna)
    assert town.ask(anna) != move_id, "they can ask again"


def test_taken_back_before_the_answer_it_leaves_nothing_there(town: Town) -> None:
    anna = town.cast.anna
    move_id = town.ask(anna)
    membership_id = town.membership(anna).id
    with town.database.writing() as session:
        assert not withdraw_move(session, anna.actor)
    assert town.membership(anna).state == "left"
    assert town.move(move_id).state == "withdrawn"
    with town.database.reading() as session:
        assert not session.scalars(select(Answer).where(Answer.membership_id == membership_id)).all()
    with town.database.writing() as session, pytest.raises(Missing):
        withdraw_move(session, anna.actor)
    town.ask(anna)


def test_who_was_let_in_may_stay_here_too(town: Town) -> None:
    anna = town.cast.anna
    town.ask(anna)
    town.say_yes(anna)
    with town.database.writing() as session:
        assert withdraw_move(session, anna.actor)
    with town.database.reading() as session:
        assert actor_for(session, anna.id, town.here).is_member
        assert actor_for(session, anna.id, town.there).is_member


def test_who_says_goodbye_first_still_finds_it_there(town: Town) -> None:
    anna = town.cast.anna
    town.full_house()
    move_id = town.ask(anna, carries=("words",))
    town.goodbye(anna)
    assert town.move(move_id).state == "gone"
    town.say_yes(anna)
    with town.database.reading() as session:
        assert parties_of(session, town.there, anna.id)[0].about == "Cuciamo volentieri."
    assert "moving:let_in" not in town.told(anna), "there is nothing left to confirm"


def test_who_comes_back_has_not_moved(town: Town) -> None:
    anna = town.cast.anna
    move_id = town.ask(anna)
    town.say_yes(anna)
    town.goodbye(anna)
    with town.database.writing() as session:
        come_back(session, town.here, anna.id)
    assert town.move(move_id).state == "withdrawn"


def test_moves_that_are_over_are_let_go(town: Town) -> None:
    anna = town.cast.anna
    over = town.ask(anna)
    with town.database.writing() as session:
        withdraw_move(session, anna.actor)
    under_way = town.ask(anna)
    retention = RETENTIONS[0]
    with clock.at(clock.now() + timedelta(days=181)), town.database.writing() as session:
        assert retention.after
        assert retention.clear(session, Cutoff(clock.now() - retention.after), 100) == {town.here: 1}
    assert (town.move(over), town.move(under_way).state) == (None, "open")
