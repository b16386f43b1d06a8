"""Somebody is found by name however it is typed: with or without accents, in small letters or capitals."""

import pytest

from community.members.queries import find_parties, members_list, people_named
from community.members.tables import Person
from community.parties.tables import Party
from foundation.database import Database
from tests.cast import Cast

TYPED = ("Nicolò", "nicolo", "NICOLÒ", "nicolo\u0300", "dercole nicolo")


@pytest.fixture
def renamed(database: Database, cast: Cast) -> Cast:
    """Bashir's household, called otherwise."""
    with database.writing() as session:
        person = session.get_one(Person, cast.bashir.id)
        person.given_name, person.family_name = "Nicolò", "Dèrcole"
        session.get_one(Party, cast.bashir.party.id).name = "Casa di là"
    return cast


@pytest.mark.parametrize("typed", [*TYPED, "casa di la"])
def test_in_the_list_and_where_a_party_is_chosen(database: Database, renamed: Cast, typed: str) -> None:
    anna = renamed.anna.actor
    with database.reading() as session:
        listed = [member.party.id for member in members_list(session, anna, words=typed).members]
        chosen = [party.id for party in find_parties(session, anna, typed)]
    assert listed == chosen == [renamed.bashir.party.id]


@pytest.mark.parametrize("typed", TYPED)
def test_where_a_person_is_chosen(database: Database, renamed: Cast, typed: str) -> None:
    with database.reading() as session:
        assert [person.id for person in people_named(session, renamed.administrator.actor, typed)] == [
            renamed.bashir.id
        ]
