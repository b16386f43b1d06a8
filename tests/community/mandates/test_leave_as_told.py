"""A household, or one adult of it, leaves by telling a maker, and comes back."""

from datetime import timedelta

import pytest
from sqlmodel import select

from community.mandates import actions
from community.mandates.queries import (
    gone,
    standing_mandate,
)
from community.mandates.rules import NotStanding
from community.members.queries import membership_of
from community.moderation import actions as moderation
from community.moderation.rules import Ruling
from community.notifications.tables import CallToMake
from community.parties.queries import people_of
from community.parties.tables import Party
from foundation import clock
from foundation.audit import history_of
from foundation.errors import Missing, Refused
from tests.community.mandates.homes import open_home
from tests.exchanges.agreements.stage import Stage


def test_a_household_leaves_by_telling_a_maker_and_comes_back(stage: Stage) -> None:
    party_id, maker = open_home(stage), stage.cast.maker
    with stage.database.reading() as session:
        rosa, pino = people_of(session, party_id)
    for who in (stage.cast.other_maker, stage.cast.anna):
        with pytest.raises(Missing):
            stage.do(actions.leave_as_told, who, party_id)
    assert len(stage.do(actions.leave_as_told, maker, party_id)) == 2
    with stage.database.reading() as session:
        party = session.get(Party, party_id)
        assert party.closed_at is not None
        assert standing_mandate(session, party_id) is None
        for person in (rosa, pino):
            membership = membership_of(session, party.community_id, person.id)
            assert membership.state == "left"
            line = history_of(session, "membership", membership.id)[0]
            assert (line.actor_person_id, line.recorded_by_person_id) == (person.id, maker.id)
        assert [person.id for _departure, person in gone(session, maker.actor)] == [pino.id, rosa.id]
        assert gone(session, stage.cast.other_maker.actor) == []
    with pytest.raises(Missing):
        stage.do(actions.return_as_told, stage.cast.other_maker, pino.id)
    assert stage.do(actions.return_as_told, maker, pino.id) == 2
    with stage.database.reading() as session:
        assert {person.id for person in people_of(session, party_id)} == {rosa.id, pino.id}
        assert gone(session, maker.actor) == []
        assert standing_mandate(session, party_id) is None
        line = history_of(session, "membership", membership_of(session, party.community_id, rosa.id).id)[0]
        assert (line.verb, line.recorded_by_person_id) == ("came_back", maker.id)
    with pytest.raises(Missing):
        stage.do(actions.return_as_told, maker, pino.id)


@pytest.mark.parametrize("agreed", [True, False])
def test_one_adult_leaves_alone_and_the_household_stays(stage: Stage, agreed: bool) -> None:
    party_id, maker = open_home(stage), stage.cast.maker
    with stage.database.reading() as session:
        rosa, pino = people_of(session, party_id)
    goer, stays = (rosa, pino) if agreed else (pino, rosa)
    with pytest.raises(Missing):
        stage.do(actions.leave_as_told, maker, party_id, person_id=stage.cast.anna.id)
    assert len(stage.do(actions.leave_as_told, maker, party_id, person_id=goer.id)) == 1
    with stage.database.reading() as session:
        party = session.get(Party, party_id)
        assert party.closed_at is None
        assert [person.id for person in people_of(session, party_id)] == [stays.id]
        assert membership_of(session, party.community_id, stays.id).state == "approved"
        assert (standing_mandate(session, party_id) is None) is agreed, "the yes stays with who gave it"
        line = history_of(session, "membership", membership_of(session, party.community_id, goer.id).id)[0]
        assert (line.verb, line.recorded_by_person_id) == ("left", maker.id)
        told = session.scalars(select(CallToMake).where(CallToMake.person_id == stays.id)).all()
        assert "leaving:person_left" in [call.notice for call in told]
    assert stage.do(actions.return_as_told, maker, goer.id) == 1
    with stage.database.reading() as session:
        assert {person.id for person in people_of(session, party_id)} == {rosa.id, pino.id}


def test_who_left_alone_comes_back_by_their_own_word(stage: Stage) -> None:
    party_id, maker = open_home(stage), stage.cast.maker
    with stage.database.reading() as session:
        rosa, pino = people_of(session, party_id)
    stage.do(actions.leave_as_told, maker, party_id, person_id=pino.id)
    with clock.at(clock.now() + timedelta(days=2)):
        stage.do(actions.leave_as_told, maker, party_id)
        with pytest.raises(Refused):
            stage.do(actions.return_as_told, maker, pino.id)
        assert stage.do(actions.return_as_told, maker, rosa.id) == 1
        with stage.database.reading() as session:
            assert [person.id for person in people_of(session, party_id)] == [rosa.id]
        assert stage.do(actions.return_as_told, maker, pino.id) == 1


def test_without_their_yes_nobody_says_that_they_leave(stage: Stage) -> None:
    rosa = stage.offline("rosa")
    stage.do(actions.end_as_told, stage.cast.maker, rosa.party.id)
    with pytest.raises(NotStanding):
        stage.do(actions.leave_as_told, stage.cast.maker, rosa.party.id)


def test_who_is_paused_may_leave_too(stage: Stage) -> None:
    rosa = stage.offline("rosa")
    case_id = stage.do(moderation.report, stage.cast.anna, "person", rosa.id, reason="insult", words="").case_id
    stage.do(moderation.decide, stage.cast.maker, case_id, Ruling("pause", "Con calma.", days=None))
    assert len(stage.do(actions.leave_as_told, stage.cast.maker, rosa.party.id)) == 1
