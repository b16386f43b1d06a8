"""Who may move, where to and how often."""

from datetime import timedelta

import pytest

from community.communities.tables import CommunityRules
from community.leaving.actions import come_back
from community.members.queries import actor_for, membership_of
from community.moderation import actions as moderation
from community.moderation.rules import Ruling
from community.moving.actions import withdraw_move
from community.moving.queries import destinations, origin_of
from foundation import clock
from foundation.errors import Missing, Refused
from tests.community.moving.town import Town


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
