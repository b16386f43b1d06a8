"""What was ticked goes along to the other community, and nothing else."""

import pytest
from sqlmodel import select

from community.availability.queries import slots_of
from community.dependants.actions import say_consent, withdraw_consent
from community.dependants.queries import said_about
from community.dependants.tables import DependantDetails
from community.households.tables import Dependant
from community.members.queries import membership_of
from community.moving.queries import luggage_of, origin_of
from community.parties.queries import parties_of, skills_of
from community.safeguarding.tables import CareCheck
from foundation import clock
from foundation.errors import Invalid
from tests.community.moving.town import ALL, SECRET, Town


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
