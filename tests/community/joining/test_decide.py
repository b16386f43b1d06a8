"""A maker lets somebody in, or declines for now."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from community.joining import actions
from community.members.queries import actor_for
from community.organisations.queries import organisation_of
from community.parties.queries import parties_of
from foundation.database import Database
from foundation.errors import Invalid, Missing, Stale
from foundation.feature import Feature, registry
from tests.cast import Cast
from tests.community.joining.door import apply, standing
from tests.community.letters import notices, put


def test_approval_opens_a_household_and_tells_everybody(database: Database, cast: Cast) -> None:
    opened = []
    before = registry.features
    hooks = {"party_opened": lambda _session, _actor, party: opened.append(party.name)}
    registry.register((*before, Feature("watching", hooks=hooks)))
    apply(database, cast)
    person, membership = standing(database, cast)
    with database.reading() as session:
        assert not actor_for(session, person.id, cast.community.id).is_member
    with database.writing() as session:
        actions.approve(session, cast.maker.actor, membership.id)
    registry.register(before)
    assert opened == ["Nadia Nuova"]
    with database.reading() as session:
        actor = actor_for(session, person.id, cast.community.id)
        party = parties_of(session, cast.community.id, person.id)[0]
        assert (actor.is_member, actor.party_id, actor.zone_id) == (True, party.id, cast.zones["centro"].id)
        assert (party.kind, party.name) == ("household", "Nadia Nuova")
    assert ("joining:approved", person.id) in notices(database)


def test_approval_opens_an_organisation(database: Database, cast: Cast) -> None:
    apply(database, cast, applies_for="school", party_name="  Scuola  Trento ")
    person, membership = standing(database, cast)
    with database.writing() as session:
        actions.approve(session, cast.administrator.actor, membership.id)
        party = parties_of(session, cast.community.id, person.id)[0]
        assert (party.kind, party.name) == ("organisation", "Scuola Trento")
        assert organisation_of(session, party.id).kind == "school"


@pytest.mark.parametrize("who", ["other_maker", "anna", "zoe"])
def test_nobody_else_decides(database: Database, cast: Cast, who: str) -> None:
    apply(database, cast)
    _person, membership = standing(database, cast)
    with database.writing() as session:
        with pytest.raises(Missing):
            actions.approve(session, cast.members[who].actor, membership.id)
        with pytest.raises(Missing):
            actions.decline(session, cast.members[who].actor, membership.id, reason="no")
        with pytest.raises(Missing):
            actions.approve(session, cast.maker.actor, 999_999)


def test_a_no_has_words_that_the_applicant_reads(database: Database, cast: Cast) -> None:
    apply(database, cast)
    person, membership = standing(database, cast)
    with database.writing() as session:
        for empty in ("", "   ", "x" * 1001):
            with pytest.raises(Invalid):
                actions.decline(session, cast.maker.actor, membership.id, reason=empty)
        actions.decline(session, cast.maker.actor, membership.id, reason="Ci vediamo prima in sala?")
    letter = next(payload for payload in put(database) if payload["notice"] == "joining:declined")
    assert letter["person_id"] == person.id
    assert "sala" not in str(letter), "what a maker writes to somebody is read in the app, and lies on no kitchen table"


def test_two_makers_at_once_decide_once(database: Database, cast: Cast) -> None:
    apply(database, cast)
    person, membership = standing(database, cast)

    def decide(yes: bool) -> bool:
        try:
            with database.writing() as session:
                if yes:
                    actions.approve(session, cast.maker.actor, membership.id)
                else:
                    actions.decline(session, cast.administrator.actor, membership.id, reason="no")
        except Stale:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(decide, [True, False, True, False]))
    assert sum(done) == 1
    with database.reading() as session:
        _person, after = standing(database, cast)
        assert len(parties_of(session, cast.community.id, person.id)) == (1 if after.state == "approved" else 0)
