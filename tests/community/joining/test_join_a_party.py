"""A link into a household or organisation: one more adult, one balance."""

import pytest
from sqlmodel import update

from community.joining import actions
from community.joining.queries import party_invitation_behind
from community.members.queries import actor_for, person_by_email
from community.members.tables import Membership
from community.parties.actions import end_person, invite_person
from foundation.database import Database
from foundation.errors import Missing, Refused
from tests.cast import Cast
from tests.community.joining.door import newcomer
from tests.community.letters import notices, put


def link(database: Database, cast: Cast, who: str = "anna") -> str:
    with database.writing() as session:
        return invite_person(session, cast.members[who].actor, cast.members[who].party.id)


def test_a_member_acts_for_it_too_and_keeps_their_own(database: Database, cast: Cast) -> None:
    secret = link(database, cast)
    with database.writing() as session:
        actions.join_party(session, cast.community.id, cast.bashir.id, secret)
    with database.reading() as session:
        actor = actor_for(session, cast.bashir.id, cast.community.id)
        assert actor.party_ids == (cast.bashir.party.id, cast.anna.party.id)
        assert actor.party_id == cast.bashir.party.id
    with database.writing() as session, pytest.raises(Missing):
        actions.join_party(session, cast.community.id, cast.chiara.id, secret)


def test_somebody_new_becomes_a_member_with_it(database: Database, cast: Cast) -> None:
    secret = link(database, cast)
    with database.writing() as session:
        actions.join_party_as_newcomer(session, cast.community.id, newcomer(phone="333 1234567"), secret)
    with database.reading() as session:
        person = person_by_email(session, "nadia@example.org")
        actor = actor_for(session, person.id, cast.community.id)
        assert (actor.party_id, actor.zone_id) == (cast.anna.party.id, cast.zones["centro"].id)
    assert notices(database) == [("joining:confirm_invited", person.id)]


def test_a_known_address_is_written_to_and_the_link_stays_good(database: Database, cast: Cast) -> None:
    secret = link(database, cast)
    with database.writing() as session:
        stranger = newcomer("zoe@example.org", phone="")
        actions.join_party_as_newcomer(session, cast.community.id, stranger, secret)
        assert party_invitation_behind(session, cast.community.id, secret) is not None
    assert put(database)[-1]["endpoint"] == "joining.together"
    with database.writing() as session:
        actions.join_party(session, cast.community.id, cast.zoe.id, secret)
        assert actor_for(session, cast.zoe.id, cast.community.id).party_id == cast.anna.party.id


def test_it_is_worthless_elsewhere_and_once_the_inviter_has_left(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        actions.join_party(
            session, cast.community.id, cast.bashir.id, invite_person(session, cast.anna.actor, cast.anna.party.id)
        )
        secret = invite_person(session, cast.anna.actor, cast.anna.party.id)
        assert party_invitation_behind(session, cast.other_community.id, secret) is None
        end_person(session, cast.anna.actor, cast.anna.party.id, cast.anna.id)
        assert party_invitation_behind(session, cast.community.id, secret) is None


def test_only_for_a_party_of_ones_own(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        for party in (cast.bashir.party, cast.fund, cast.zoe.party):
            with pytest.raises(Missing):
                invite_person(session, cast.anna.actor, party.id)


def test_it_does_not_undo_what_a_maker_declined(database: Database, cast: Cast) -> None:
    secret = link(database, cast)
    with database.writing() as session:
        session.exec(update(Membership).where(Membership.person_id == cast.chiara.id).values(state="declined"))
    with database.writing() as session, pytest.raises(Refused):
        actions.join_party(session, cast.community.id, cast.chiara.id, secret)
    with database.reading() as session:
        assert not actor_for(session, cast.chiara.id, cast.community.id).is_member
