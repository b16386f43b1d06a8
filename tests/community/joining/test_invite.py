"""Invitations approve at once: for as many as they say, for as long, where the inviter is a maker."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from community.joining import actions
from community.joining.queries import came_invited, invitation_behind, invitations_of
from community.members.actions import end_role
from community.members.queries import actor_for, membership_of, roles_list
from foundation import clock
from foundation.database import Database
from foundation.errors import Invalid, Missing
from tests.cast import Cast
from tests.community.joining.door import apply, invite, standing
from tests.community.letters import notices, put


def test_who_is_invited_is_in_at_once(database: Database, cast: Cast) -> None:
    apply(database, cast, invitation=invite(database, cast))
    person, membership = standing(database, cast)
    assert (membership.state, membership.invited_by_id) == ("approved", cast.maker.id)
    with database.reading() as session:
        assert actor_for(session, person.id, cast.community.id).party_id is not None
    assert notices(database) == [("joining:confirm_invited", person.id)]


def test_in_another_zone_it_is_an_ordinary_request(database: Database, cast: Cast) -> None:
    secret = invite(database, cast, zone=None)
    apply(database, cast, "vescovato", invitation=secret)
    assert standing(database, cast)[1].state == "applied"
    apply(database, cast, "po", invitation=secret, email="ugo@example.org")
    assert standing(database, cast, "ugo@example.org")[1].state == "approved"


def test_it_counts_its_places_however_many_come_at_once(database: Database, cast: Cast) -> None:
    secret = invite(database, cast, uses=3)
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda n: apply(database, cast, invitation=secret, email=f"p{n}@example.org"), range(6)))
    states = [standing(database, cast, f"p{n}@example.org")[1].state for n in range(6)]
    assert sorted(states) == ["applied"] * 3 + ["approved"] * 3


def test_it_ends(database: Database, cast: Cast) -> None:
    secret = invite(database, cast)
    with database.reading() as session:
        assert invitation_behind(session, cast.community.id, secret).inviter.id == cast.maker.id
        assert invitation_behind(session, cast.other_community.id, secret) is None
        assert invitation_behind(session, cast.community.id, "made-up") is None
        with clock.at(clock.now() + timedelta(days=15)):
            assert invitation_behind(session, cast.community.id, secret) is None


def test_it_ends_with_the_role_of_the_inviter(database: Database, cast: Cast) -> None:
    secret = invite(database, cast)
    with database.writing() as session:
        for grant, person, _zone in roles_list(session, cast.administrator.actor):
            if person.id == cast.maker.id:
                end_role(session, cast.administrator.actor, grant.id, reason="ha lasciato")
        assert invitation_behind(session, cast.community.id, secret) is None


def test_taking_it_back(database: Database, cast: Cast) -> None:
    secret = invite(database, cast)
    with database.writing() as session:
        assert invitations_of(session, cast.other_maker.actor) == []
        [(token, inviter)] = invitations_of(session, cast.administrator.actor)
        assert inviter.id == cast.maker.id
        with pytest.raises(Missing):
            actions.withdraw_invitation(session, cast.other_maker.actor, token.id)
        actions.withdraw_invitation(session, cast.maker.actor, token.id)
        assert invitation_behind(session, cast.community.id, secret) is None


def test_a_known_address_uses_nothing_up_and_is_told_how_to_go_on(database: Database, cast: Cast) -> None:
    secret = invite(database, cast)
    apply(database, cast, invitation=secret, email="zoe@example.org")
    assert put(database)[-1]["values"] == {"secret": secret}
    with database.reading() as session:
        assert invitation_behind(session, cast.community.id, secret).token.uses_left == 1


@pytest.mark.parametrize(("uses", "days"), [(0, 5), (-1, 5), (501, 5), (1, 0), (1, 366)])
def test_impossible_numbers(database: Database, cast: Cast, uses: int, days: int) -> None:
    with database.writing() as session, pytest.raises(Invalid):
        actions.invite(session, cast.maker.actor, zone_id=None, uses=uses, days=days)


@pytest.mark.parametrize(("who", "zone"), [("anna", "centro"), ("maker", "vescovato"), ("zoe", "centro")])
def test_only_makers_in_their_zones(database: Database, cast: Cast, who: str, zone: str) -> None:
    with pytest.raises(Missing):
        invite(database, cast, who, zone)


def test_who_invited_whom_is_told_to_the_makers_of_the_zone(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        membership = membership_of(session, cast.community.id, cast.anna.id)
        membership.invited_by_id = cast.bashir.id
        session.add(membership)
    with database.reading() as session:
        told = [(person.id, inviter.id) for _membership, person, inviter in came_invited(session, cast.maker.actor)]
        assert told == [(cast.anna.id, cast.bashir.id)]
        assert came_invited(session, cast.other_maker.actor) == []
        with pytest.raises(Missing):
            came_invited(session, cast.anna.actor)
