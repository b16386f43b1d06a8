"""Adults of one household who move together share one there, if they were asked to come along."""

from datetime import timedelta

from sqlmodel import select

from community.households.tables import Dependant
from community.leaving.actions import finish
from community.moving.queries import origin_of
from community.parties.queries import parties_of, people_of
from community.parties.tables import Party
from foundation import clock
from tests.community.moving.town import Town


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
