"""A household without e-mail is opened with its yes, once, by a maker of its zone."""

from datetime import timedelta

import pytest

from community.mandates import actions
from community.mandates.queries import (
    must_stand,
)
from community.mandates.rules import NewAdult, NewHome, Said
from community.members.queries import actor_for, membership_of
from community.parties.queries import people_of
from community.parties.tables import Party
from exchanges.ledger.queries.accounts import account_of
from foundation.errors import Invalid, Missing
from tests.community.mandates.homes import TODAY, new_home, open_home
from tests.exchanges.agreements.stage import Stage


def test_a_household_is_opened_with_its_yes(stage: Stage) -> None:
    party_id = open_home(stage)
    with stage.database.reading() as session:
        party = session.get(Party, party_id)
        rosa, pino = people_of(session, party_id)
        assert (party.name, rosa.email, rosa.phone) == ("Rosa Bianchi & Pino Bianchi", None, "0372 1")
        assert membership_of(session, party.community_id, pino.id).decided_by_id == stage.cast.maker.id
        assert actor_for(session, rosa.id, party.community_id).party_id == party_id
        assert account_of(session, party_id).balance == 0
        mandate = must_stand(session, party.community_id, party_id)
        assert (mandate.person_id, mandate.way, mandate.before_id) == (rosa.id, "spoken", stage.cast.maker.id)
        assert mandate.text_version
        assert mandate.until >= TODAY + timedelta(days=364)


def test_the_same_form_opens_it_once(stage: Stage) -> None:
    home, said = new_home(stage.cast), Said("spoken", TODAY)
    first = stage.do(actions.open_household, stage.cast.maker, home, said, request_key="k")
    assert stage.do(actions.open_household, stage.cast.maker, home, said, request_key="k") == first


def test_it_is_for_makers_of_the_zone_and_asks_for_names_and_a_day(stage: Stage) -> None:
    cast = stage.cast
    home, said = new_home(cast), Said("spoken", TODAY)
    for who in (cast.other_maker, cast.anna, cast.zoe):
        with pytest.raises(Missing):
            stage.do(actions.open_household, who, home, said)
    with pytest.raises(Invalid):
        stage.do(actions.open_household, cast.maker, NewHome(cast.zones["centro"].id, (NewAdult(" "),)), said)
    for wrong in (
        Said("thought", TODAY),
        Said("spoken", TODAY + timedelta(days=1)),
        Said("signed", TODAY - timedelta(days=3000)),
    ):
        with pytest.raises(Invalid):
            stage.do(actions.open_household, cast.maker, home, wrong)
