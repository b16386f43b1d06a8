"""Opening a party, and who acts for it."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from community.members.queries import actor_for
from community.parties.actions import act_for, add_person, edit_party, end_person, open_party, set_photo
from community.parties.queries import fund_of, own_party, parties_of, people_of
from foundation.access import Actor
from foundation.database import Database
from foundation.errors import Invalid, Missing, Refused
from foundation.feature import Feature, registry
from tests.cast import Cast


def test_opening_is_announced(database: Database, cast: Cast) -> None:
    heard = []
    before = registry.features
    registry.register((*before, Feature("ears", hooks={"party_opened": lambda *said: heard.append(said[1:])})))
    with database.writing() as session:
        actor = Actor.visitor(cast.community.id)
        party = open_party(session, actor, kind="household", name=" I  Rossi ", zone_id=cast.zones["po"].id)
    registry.register(before)
    assert heard == [(actor, party)]
    assert party.name == "I Rossi"


def test_not_in_a_zone_of_elsewhere_nor_without_a_name(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        elsewhere = Actor.visitor(cast.other_community.id)
        with pytest.raises(Missing):
            open_party(session, elsewhere, kind="household", name="Rossi", zone_id=cast.zones["po"].id)
        for name in ("", "x" * 121):
            with pytest.raises(Invalid):
                open_party(session, cast.anna.actor, kind="household", name=name, zone_id=cast.zones["po"].id)


def test_the_fund_is_one(database: Database, cast: Cast) -> None:
    with database.reading() as session:
        assert fund_of(session, cast.community.id).id == cast.fund.id


def join(database: Database, cast: Cast, who: str = "bashir", party: str = "anna") -> None:
    with database.writing() as session:
        assert add_person(session, cast.members[party].actor, cast.members[party].party, cast.members[who].id)


def test_adding_somebody_twice_is_once(database: Database, cast: Cast) -> None:
    join(database, cast)
    with database.writing() as session:
        assert not add_person(session, cast.anna.actor, cast.anna.party, cast.bashir.id)
        assert [person.id for person in people_of(session, cast.anna.party.id)] == [cast.anna.id, cast.bashir.id]


def test_the_last_adult_stays_however_many_leave_at_once(database: Database, cast: Cast) -> None:
    join(database, cast)
    with database.reading() as session:
        actors = [cast.anna.actor, actor_for(session, cast.bashir.id, cast.community.id)]

    def leave(actor: Actor) -> bool:
        try:
            with database.writing() as session:
                end_person(session, actor, cast.anna.party.id, actor.person_id)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(leave, actors)) == [False, True]
    with database.reading() as session:
        assert len(people_of(session, cast.anna.party.id)) == 1


def test_who_leaves_may_come_back_and_acts_for_what_is_left(database: Database, cast: Cast) -> None:
    join(database, cast)
    with database.writing() as session:
        bashir = actor_for(session, cast.bashir.id, cast.community.id)
        act_for(session, bashir, cast.anna.party.id)
        end_person(session, bashir, cast.anna.party.id, cast.bashir.id)
        assert actor_for(session, cast.bashir.id, cast.community.id).party_id == cast.bashir.party.id
        assert add_person(session, cast.anna.actor, cast.anna.party, cast.bashir.id)


def test_nobody_puts_a_partner_out_but_an_organisation_does(database: Database, cast: Cast) -> None:
    join(database, cast)
    join(database, cast, "chiara", "bakery")
    with database.writing() as session:
        with pytest.raises(Refused):
            end_person(session, cast.anna.actor, cast.anna.party.id, cast.bashir.id)
        with pytest.raises(Missing):
            end_person(session, cast.anna.actor, cast.bashir.party.id, cast.bashir.id)
        end_person(session, cast.bakery.actor, cast.bakery.party.id, cast.chiara.id)
        assert parties_of(session, cast.community.id, cast.chiara.id)[-1].id == cast.chiara.party.id


def edit(database: Database, cast: Cast, who: str = "anna", party: str = "anna", **words: object) -> None:
    full = {"name": "Anna e famiglia", "about": "", "address": "Via Po 1", "zone_id": cast.zones["centro"].id, **words}
    with database.writing() as session:
        edit_party(session, cast.members[who].actor, cast.members[party].party.id, **full)


def test_moving_takes_its_people_along(database: Database, cast: Cast) -> None:
    edit(database, cast, zone_id=cast.zones["vescovato"].id, name=" Casa  di Anna ")
    with database.reading() as session:
        assert actor_for(session, cast.anna.id, cast.community.id).zone_id == cast.zones["vescovato"].id
        assert own_party(session, cast.anna.actor).name == "Casa di Anna"


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("name", {"name": ""}),
        ("name", {"name": "x" * 121}),
        ("about", {"about": "x" * 2001}),
        ("address", {"address": "x" * 301}),
        ("zone_id", {"zone_id": None}),
    ],
)
def test_what_cannot_be_kept(database: Database, cast: Cast, field: str, words: dict) -> None:
    with pytest.raises(Invalid) as refusal:
        edit(database, cast, **words)
    assert refusal.value.field == field


def test_only_ones_own(database: Database, cast: Cast) -> None:
    for party in ("bashir", "zoe"):
        with pytest.raises(Missing):
            edit(database, cast, party=party)
    with pytest.raises(Missing):
        edit(database, cast, zone_id=999_999)
    with database.writing() as session:
        for verb in (act_for, lambda *given: set_photo(*given, None)):
            with pytest.raises(Missing):
                verb(session, cast.anna.actor, cast.bashir.party.id)
