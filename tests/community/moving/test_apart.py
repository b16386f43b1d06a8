"""Who lives apart by now takes nothing along of the household they were of, and comes into nobody's home."""

import pytest
from sqlmodel import select

from community.dependants.actions import write_details
from community.dependants.tables import DependantDetails
from community.households.tables import Dependant
from community.moving.queries import asked_along, origin_of
from community.parties.actions import close_person
from community.parties.queries import parties_of
from community.parties.tables import Party
from tests.cast import Member
from tests.community.moving.town import SECRET, Town

LATER = "Solo la zia Ada, in via nuova 7"


def taken_out(town: Town, who: Member) -> None:
    """Of Anna's household they are no adult any more."""
    with town.database.writing() as session:
        close_person(session, town.cast.administrator.actor, session.get_one(Party, town.cast.anna.party.id), who.id)


def carried(town: Town, who: Member) -> list[tuple[str, str]]:
    """Those on their list there, each with what is to be known of them."""
    with town.database.reading() as session:
        home = parties_of(session, town.there, who.id)[0]
        found = session.scalars(select(Dependant).where(Dependant.party_id == home.id)).all()
        details = [session.get(DependantDetails, one.id) for one in found]
        return [(one.nickname, known.needs if known else "") for one, known in zip(found, details, strict=True)]


def write_later(town: Town, who: Member, child: int) -> None:
    with town.database.writing() as session:
        write_details(session, who.actor, child, nickname="Pulce", age_band="6-10", needs=LATER)


def test_who_was_taken_out_of_the_household_takes_nobody_along(town: Town) -> None:
    anna, elia = town.cast.anna, town.second_adult("elia")
    child = town.full_house()
    town.ask(elia, carries=("words",), dependants=(child,))
    taken_out(town, elia)
    write_later(town, anna, child)
    town.say_yes(elia)
    assert carried(town, elia) == []
    with town.database.reading() as session:
        assert parties_of(session, town.there, elia.id)[0].about == ""


def test_what_the_others_wrote_after_the_goodbye_is_theirs(town: Town) -> None:
    anna, elia = town.cast.anna, town.second_adult("elia")
    child = town.full_house()
    town.ask(elia, dependants=(child,))
    town.goodbye(elia)
    write_later(town, anna, child)
    town.say_yes(elia)
    assert carried(town, elia) == [("Pulce", "")]


def test_who_said_goodbye_first_takes_along_what_they_knew(town: Town) -> None:
    town.second_adult("elia")
    child = town.full_house()
    town.ask(town.cast.anna, dependants=(child,))
    town.goodbye(town.cast.anna)
    town.say_yes(town.cast.anna)
    assert carried(town, town.cast.anna) == [("Pulce", SECRET)]


@pytest.mark.parametrize("parted", ["anna", "elia"])
def test_nobody_comes_into_the_home_of_who_lives_apart_meanwhile(town: Town, parted: str) -> None:
    anna, elia = town.cast.anna, town.second_adult("elia")
    town.ask(anna, companions=(elia.id,))
    town.ask(elia, along=True)
    town.say_yes(anna)
    with town.database.reading() as session:
        assert origin_of(session, town.membership(elia)).together == ["Anna Prova"]
    taken_out(town, anna if parted == "anna" else elia)
    with town.database.reading() as session:
        assert origin_of(session, town.membership(elia)).together == [], "where Anna goes is told to nobody"
    town.say_yes(elia)
    with town.database.reading() as session:
        homes = {parties_of(session, town.there, who.id)[0].id for who in (anna, elia)}
        assert len(homes) == 2


def test_nor_is_asked_along_by_who_lives_elsewhere(town: Town) -> None:
    anna, elia = town.cast.anna, town.second_adult("elia")
    town.ask(anna, companions=(elia.id,))
    with town.database.reading() as session:
        assert asked_along(session, town.here, elia.id)
    taken_out(town, anna)
    with town.database.reading() as session:
        assert asked_along(session, town.here, elia.id) == []
