"""Who is here, for members only, blocked ones left out."""

from dataclasses import replace

import pytest

from community.members.queries import find_parties, makers_of, members_list, people_named, profile_visible_to
from community.moderation.actions import block
from community.parties.actions import set_skills
from community.parties.queries import party_visible_to
from community.parties.tables import PartyMember
from foundation.access import Actor
from foundation.database import Database
from foundation.errors import Missing
from tests.cast import Cast


def names(database: Database, actor: Actor, **options: object) -> list[str]:
    with database.reading() as session:
        return [
            member.party.name.removesuffix(" e famiglia") for member in members_list(session, actor, **options).members
        ]


def test_by_name_in_pages_without_gaps(database: Database, cast: Cast) -> None:
    everybody = names(database, cast.anna.actor)
    assert everybody == ["Administrator", "Anna", "Bakery", "Bashir", "Chiara", "Dario", "Maker", "Other Maker"]
    seen, after = [], None
    with database.reading() as session:
        while True:
            page = members_list(session, cast.anna.actor, after=after, limit=3)
            seen += [member.party.name for member in page.members]
            after = page.next_after
            if after is None:
                break
    assert len(seen) == len(set(seen)) == 8


def test_by_zone_by_name_by_what_they_give(database: Database, cast: Cast) -> None:
    assert names(database, cast.anna.actor, zone_id=cast.zones["vescovato"].id) == ["Dario", "Other Maker"]
    assert names(database, cast.anna.actor, words="  PROVA bash ") == ["Bashir"]
    assert names(database, cast.anna.actor, words="%") == []
    assert names(database, cast.anna.actor, words="' OR 1=1") == []
    with database.writing() as session:
        categories = [cast.categories["repairs"].id], [cast.categories["transport"].id]
        set_skills(session, cast.bashir.actor, cast.bashir.party.id, offers=categories[0], needs=categories[1])
    assert names(database, cast.anna.actor, category_ids=[cast.categories["repairs"].id]) == ["Bashir"]
    assert names(database, cast.anna.actor, category_ids=[cast.categories["transport"].id]) == []
    with database.reading() as session:
        [bashir] = members_list(session, cast.anna.actor, words="bashir").members
        assert [category.slug for category in bashir.offers] == ["repairs"]


def test_blocked_ones_are_not_there_either_way(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        block(session, cast.anna.actor, cast.bashir.party.id)
    for one, other in ((cast.anna, cast.bashir), (cast.bashir, cast.anna)):
        assert other.party.name.removesuffix(" e famiglia") not in names(database, one.actor)
        with database.reading() as session:
            with pytest.raises(Missing):
                party_visible_to(session, one.actor, other.party.id)
            with pytest.raises(Missing):
                profile_visible_to(session, one.actor, other.id)
            assert find_parties(session, one.actor, other.person.given_name) == []
    assert "Bashir" in names(database, cast.chiara.actor)


@pytest.mark.parametrize("who", ["zoe", "visitor"])
def test_strangers_see_nobody(database: Database, cast: Cast, who: str) -> None:
    here = cast.community.id
    stranger = Actor.visitor(here) if who == "visitor" else Actor(community_id=here, person_id=cast.zoe.id)
    with database.reading() as session:
        for look in (members_list, lambda s, a: people_named(s, a, ""), lambda s, a: find_parties(s, a, "")):
            with pytest.raises(Missing):
                look(session, stranger)
        with pytest.raises(Missing):
            party_visible_to(session, stranger, cast.anna.party.id)
        with pytest.raises(Missing):
            profile_visible_to(session, stranger, cast.anna.id)
        with pytest.raises(Missing):
            party_visible_to(session, cast.anna.actor, cast.zoe.party.id)


def test_contacts_are_for_the_makers_of_the_zone(database: Database, cast: Cast) -> None:
    with database.reading() as session:
        seen = {who: profile_visible_to(session, cast.members[who].actor, cast.bashir.id).contacts for who in
                ("anna", "maker", "other_maker", "administrator")}  # fmt: skip
    assert seen == {"anna": False, "maker": True, "other_maker": False, "administrator": True}


def test_choosing_a_party_never_offers_ones_own(database: Database, cast: Cast) -> None:
    with database.reading() as session:
        assert cast.anna.party.id not in [party.id for party in find_parties(session, cast.anna.actor, "prova")]


def test_the_makers_of_a_zone_or_else_the_administrators(database: Database, cast: Cast) -> None:
    with database.reading() as session:
        assert [p.id for p in makers_of(session, cast.community.id, cast.zones["po"].id)] == [cast.maker.id]
        assert [p.id for p in makers_of(session, cast.community.id, None)] == [cast.administrator.id]
        assert makers_of(session, cast.other_community.id, None) == []


def test_somebody_who_acts_for_two_is_kept_apart_whomever_they_act_for(database: Database, cast: Cast) -> None:
    bashir, bakery = cast.bashir, cast.bakery
    with database.writing() as session:
        session.add(PartyMember(party_id=bakery.party.id, person_id=bashir.id))
        block(session, cast.anna.actor, bashir.party.id)
    both = (bashir.party.id, bakery.party.id)
    for acting in both:
        actor = replace(bashir.actor, party_id=acting, party_ids=both)
        assert "Anna" not in names(database, actor)
        assert {"Bashir", "Bakery"} <= set(names(database, actor)), "one's own are always there"
        with database.reading() as session:
            with pytest.raises(Missing):
                party_visible_to(session, actor, cast.anna.party.id)
            with pytest.raises(Missing):
                profile_visible_to(session, actor, cast.anna.id)
    with database.reading() as session:
        with pytest.raises(Missing):
            profile_visible_to(session, cast.anna.actor, bashir.id)
        assert party_visible_to(session, cast.anna.actor, bakery.party.id)
    assert "Bakery" in names(database, cast.anna.actor)


def test_a_block_among_ones_own_parties_hides_neither(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        block(session, cast.bashir.actor, cast.bakery.party.id)
    both = replace(cast.bashir.actor, party_ids=(cast.bashir.party.id, cast.bakery.party.id))
    with database.reading() as session:
        assert party_visible_to(session, both, cast.bakery.party.id)
        assert party_visible_to(session, both, cast.bashir.party.id)
