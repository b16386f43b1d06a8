"""The people a household looks after, and a household of one's own."""

import pytest

from community.households.actions import add_dependant, remove_dependant, start_household
from community.households.queries import dependants_of
from community.members.queries import actor_for
from community.parties.actions import add_person, end_person
from foundation.database import Database
from foundation.errors import Invalid, Missing, Refused
from tests.cast import Cast


def add(database: Database, cast: Cast, who: str = "anna", nickname: str = " Pulce ", age_band: str = "3-5"):
    member = cast.members[who]
    with database.writing() as session:
        return add_dependant(session, member.actor, member.party.id, nickname=nickname, age_band=age_band)


def test_only_its_adults_see_them(database: Database, cast: Cast) -> None:
    add(database, cast)
    with database.reading() as session:
        [found] = dependants_of(session, cast.anna.actor, cast.anna.party.id)
        assert (found.nickname, found.age_band) == ("Pulce", "3-5")
        for who in ("bashir", "maker", "administrator", "zoe"):
            with pytest.raises(Missing):
                dependants_of(session, cast.members[who].actor, cast.anna.party.id)


def test_taking_one_off_the_list(database: Database, cast: Cast) -> None:
    number = add(database, cast).id
    with database.writing() as session:
        with pytest.raises(Missing):
            remove_dependant(session, cast.bashir.actor, cast.bashir.party.id, number)
        remove_dependant(session, cast.anna.actor, cast.anna.party.id, number)
        with pytest.raises(Missing):
            remove_dependant(session, cast.anna.actor, cast.anna.party.id, number)
        assert dependants_of(session, cast.anna.actor, cast.anna.party.id) == []


@pytest.mark.parametrize(("nickname", "age_band"), [("", "3-5"), ("x" * 41, "3-5"), ("Pulce", "5"), ("Pulce", "")])
def test_what_cannot_be_kept(database: Database, cast: Cast, nickname: str, age_band: str) -> None:
    with pytest.raises(Invalid):
        add(database, cast, nickname=nickname, age_band=age_band)


def test_an_organisation_has_none_and_a_household_no_crowd(database: Database, cast: Cast) -> None:
    with pytest.raises(Missing):
        add(database, cast, "bakery")
    for _ in range(20):
        add(database, cast)
    with pytest.raises(Refused):
        add(database, cast)


def test_who_left_a_household_opens_one_of_their_own(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        with pytest.raises(Refused):
            start_household(session, cast.anna.actor)
        add_person(session, cast.anna.actor, cast.anna.party, cast.bashir.id)
        end_person(session, cast.anna.actor, cast.anna.party.id, cast.anna.id)
        alone = actor_for(session, cast.anna.id, cast.community.id)
        assert alone.party_id is None
        party = start_household(session, alone)
        assert (party.name, party.zone_id) == ("Anna Prova", cast.zones["centro"].id)
        assert actor_for(session, cast.anna.id, cast.community.id).party_id == party.id
        with pytest.raises(Missing):
            start_household(session, cast.zoe.actor.__class__(community_id=cast.community.id, person_id=cast.zoe.id))
