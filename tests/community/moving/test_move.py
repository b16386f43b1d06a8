"""Moving to another community: asked there, nothing changed here, what was ticked goes along, goodbye at the end."""

from datetime import timedelta

import pytest
from sqlmodel import select

from community.availability.queries import slots_of
from community.communities.tables import CommunityRules
from community.dependants.actions import say_consent, withdraw_consent
from community.dependants.queries import said_about
from community.dependants.tables import DependantDetails
from community.households.tables import Dependant
from community.leaving.actions import come_back, finish, move_hours
from community.leaving.tables import Departure
from community.members.queries import actor_for, membership_of
from community.members.tables import Answer
from community.moderation import actions as moderation
from community.moderation.rules import Ruling
from community.moving.actions import withdraw_move
from community.moving.personal import RETENTIONS
from community.moving.queries import destinations, luggage_of, origin_of, way_of
from community.moving.tables import CommunityMove
from community.parties.queries import parties_of, people_of, skills_of
from community.parties.tables import Party
from community.safeguarding.tables import CareCheck
from exchanges.ledger.actions import give_hours
from exchanges.ledger.queries.accounts import account_of
from exchanges.ledger.queries.verification import faults, hold_still
from foundation import clock
from foundation.errors import Invalid, Missing, Refused
from foundation.personal.keeping import Cutoff
from tests.community.moving.town import ALL, SECRET, Town


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


def test_what_was_ticked_goes_along_and_nothing_else(town: Town) -> None:
    anna = town.cast.anna
    child = town.full_house()
    with town.database.writing() as session:
        say_consent(session, anna.actor, child, "alone")
        session.add(
            CareCheck(
                community_id=town.here, person_id=anna.id, kind="identity", what="identity_card",
                seen_on=clock.today("Europe/Rome"), recorded_by_id=town.cast.maker.id,
            )
        )  # fmt: skip
    move_id = town.ask(anna, carries=ALL, dependants=(child,))
    town.say_yes(anna)
    with town.database.reading() as session:
        home = parties_of(session, town.there, anna.id)[0]
        assert (home.name, home.about, home.address) == ("Anna e famiglia", "Cuciamo volentieri.", "")
        week = slots_of(session, [home.id])[home.id]
        assert [(one.weekday, one.part, one.starts) for one in week] == [(2, "morning", 360), (4, "afternoon", 960)]
        assert [one.names["it"] for one in skills_of(session, [home.id])[home.id]["offer"]] == ["Aggiusti"]
        copy = session.scalars(select(Dependant).where(Dependant.party_id == home.id)).one()
        assert (copy.nickname, copy.age_band) == ("Pulce", "6-10")
        assert session.get(DependantDetails, copy.id).needs == SECRET
        assert said_about(session, [copy.id])[copy.id] == [], "each yes is asked anew"
        assert not session.scalars(select(CareCheck).where(CareCheck.community_id == town.there)).all()
        assert session.get(Dependant, child).removed_at is None, "here all is as it was"
    assert town.move(move_id).dependants == []


def test_nothing_goes_along_that_was_not_ticked(town: Town) -> None:
    anna = town.cast.anna
    town.full_house()
    town.ask(anna)
    town.say_yes(anna)
    with town.database.reading() as session:
        home = parties_of(session, town.there, anna.id)[0]
        assert (home.name, home.about) == ("Anna Prova", "")
        assert slots_of(session, [home.id])[home.id] == []
        assert not any(skills_of(session, [home.id])[home.id].values())
        assert not session.scalars(select(Dependant).where(Dependant.party_id == home.id)).all()


@pytest.mark.parametrize("says_where", [True, False])
def test_their_makers_know_where_from_only_if_one_lets_them(town: Town, says_where: bool) -> None:
    anna = town.cast.anna
    town.ask(anna, says_where=says_where)
    with town.database.reading() as session:
        origin = origin_of(session, membership_of(session, town.there, anna.id))
    assert (origin.community is not None, origin.since is not None) == (says_where, says_where)
    assert not says_where or origin.community.id == town.here


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


def test_two_adults_share_one_household_there_in_whatever_order(town: Town) -> None:
    anna = town.cast.anna
    elia = town.second_adult("elia")
    child = town.full_house()
    first_id = town.ask(anna, carries=("words",), dependants=(child,), companions=(elia.id,))
    assert "moving:come_along" in town.told(elia)
    second_id = town.ask(elia, along=True)
    town.say_yes(elia)
    town.say_yes(anna)
    with town.database.reading() as session:
        assert origin_of(session, town.membership(elia)).together == ["Anna Prova"]
        homes = {party.id for who in (anna, elia) for party in parties_of(session, town.there, who.id)}
        assert len(homes) == 1
        home = session.get(Party, homes.pop())
        assert home.about == "Cuciamo volentieri."
        assert len(people_of(session, home.id)) == 2
        assert len(session.scalars(select(Dependant).where(Dependant.party_id == home.id)).all()) == 1
    departure_id = town.goodbye(anna)
    with town.database.reading() as session:
        assert session.get(Party, anna.party.id).closed_at is None, "the other adult keeps it until they leave"
    with clock.at(clock.now() + timedelta(days=15)):
        with town.database.writing() as session:
            assert finish(session, departure_id)
        assert town.move(first_id) is None
        assert town.move(second_id).with_move_id is None


def test_nobody_comes_along_who_was_not_asked(town: Town) -> None:
    anna = town.cast.anna
    elia = town.second_adult("elia")
    town.ask(anna)
    town.ask(elia, along=True)
    town.say_yes(anna)
    town.say_yes(elia)
    with town.database.reading() as session:
        assert len({parties_of(session, town.there, who.id)[0].id for who in (anna, elia)}) == 2
        assert "moving:come_along" not in town.told(elia), "where somebody goes is told to whom they wish"


def test_a_no_about_a_child_is_settled_here_first(town: Town) -> None:
    anna = town.cast.anna
    child = town.full_house()
    with town.database.writing() as session:
        say_consent(session, anna.actor, child, "alone")
    move_id = town.ask(anna, dependants=(child,))
    with town.database.writing() as session:
        withdraw_consent(session, anna.actor, child)
    town.say_yes(anna)
    with town.database.reading() as session:
        home = parties_of(session, town.there, anna.id)[0]
        assert not session.scalars(select(Dependant).where(Dependant.party_id == home.id)).all()
        assert luggage_of(session, town.here, anna.id).kept_back == 1
    assert town.move(move_id).state == "open"


def test_only_ones_own_can_be_ticked(town: Town) -> None:
    with town.database.writing() as session:
        other = Dependant(party_id=town.cast.bashir.party.id, nickname="Lina", age_band="3-5")
        session.add(other)
        session.flush()
        other_id = other.id
    for wish in ({"dependants": (other_id,)}, {"companions": (town.cast.bashir.id,)}, {"carries": ("hours",)}):
        with pytest.raises(Invalid):
            town.ask(town.cast.anna, **wish)
    assert town.membership(town.cast.anna) is None, "nothing was asked"


def test_only_where_people_may_ask(town: Town) -> None:
    anna = town.cast.anna
    with town.database.reading() as session:
        assert [one.community.slug for one in destinations(session, town.here, anna.id)] == ["oglio-po"]
    town.ask(anna)
    with pytest.raises((Missing, Refused)):
        town.ask(anna)
    with town.database.writing() as session:
        session.add(CommunityRules(community_id=town.there, approval="invitation"))
    with town.database.reading() as session:
        assert destinations(session, town.here, town.cast.bashir.id) == []
    with pytest.raises(Missing):
        town.ask(town.cast.bashir)


def test_who_is_excluded_may_go_and_is_not_spoken_of(town: Town) -> None:
    anna, cast = town.cast.anna, town.cast
    with town.database.writing() as session:
        case_id = moderation.report(session, cast.bashir.actor, "person", anna.id, reason="insult", words="").case_id
    with town.database.writing() as session:
        moderation.decide(session, cast.maker.actor, case_id, Ruling("exclude", "Per ora basta.", days=None))
    town.ask(anna, says_where=True)
    with town.database.reading() as session:
        assert origin_of(session, membership_of(session, town.there, anna.id)).community.id == town.here
    town.say_yes(anna)
    town.goodbye(anna)
    with town.database.reading() as session:
        assert not actor_for(session, anna.id, town.here).is_member
        assert "leaving:member_left" in town.told(cast.maker)
    with town.database.writing() as session:
        come_back(session, town.here, anna.id)
    with town.database.reading() as session:
        assert not actor_for(session, anna.id, town.here).is_member, "coming back takes nothing away from it"


def test_a_stranger_has_nothing_to_move(town: Town) -> None:
    with pytest.raises(Missing):
        town.ask(town.cast.zoe)


def test_nobody_knocks_all_week(town: Town) -> None:
    anna = town.cast.anna
    for _time in range(3):
        town.ask(anna)
        with town.database.writing() as session:
            withdraw_move(session, anna.actor)
    with pytest.raises(Refused):
        town.ask(anna)
    with clock.at(clock.now() + timedelta(days=8)):
        town.ask(anna)


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
