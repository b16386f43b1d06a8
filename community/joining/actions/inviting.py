"""Invitations: into the community by a maker, into a household or organisation by its people."""

from datetime import timedelta

from community.joining.actions.telling import ask_to_confirm, tell_owner
from community.joining.notices import CONFIRM_INVITED
from community.joining.policies import INVITE
from community.joining.queries import INVITATION, invitations_of, party_invitation_behind
from community.joining.rules import Newcomer, check_invitation
from community.leaving.actions import come_back
from community.leaving.queries import departure_waiting
from community.members.actions import add_person as write_down
from community.members.queries import membership_of, person_of
from community.members.tables import Membership, Person
from community.parties.actions import ACT_FOR, add_person
from community.parties.tables import Party
from community.zones.queries import zone_of
from foundation import audit, clock, tokens
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing, Refused


def invite(session: Session, actor: Actor, *, zone_id: int | None, uses: int, days: int) -> str:
    """The secret of an invitation that approves `uses` people at once, within `days`.

    Raises Missing for a zone that is not the maker's, Invalid at the field.
    """
    if zone_id is not None:
        zone_of(session, actor.community_id, zone_id)
    if not actor.may(INVITE, zone_id):
        raise Missing()
    check_invitation(uses, days)
    secret = tokens.issue(
        session,
        INVITATION,
        payload={"zone_id": zone_id, "uses": uses},
        lasts=timedelta(days=days),
        uses=uses,
        community_id=actor.community_id,
        created_by_person_id=actor.must_be_person(),
    )
    audit.record(session, actor, "invited", "community", actor.community_id, zone=zone_id, uses=uses, days=days)
    return secret


def withdraw_invitation(session: Session, actor: Actor, token_id: int) -> None:
    """Make an invitation worthless. Raises Missing for one the actor does not see."""
    if token_id not in {token.id for token, _inviter in invitations_of(session, actor)}:
        raise Missing()
    tokens.withdraw(session, token_id)
    audit.record(session, actor, "withdrew", "invitation", token_id)


def join_party(session: Session, community_id: int, person_id: int, secret: str) -> Party:
    """Somebody signed in accepts to act for a household or organisation; they are a member from now on.

    Raises Missing for a link that is spent or of another community.
    """
    found = party_invitation_behind(session, community_id, secret)
    if found is None or tokens.take(session, ACT_FOR, secret) is None:
        raise Missing()
    person = person_of(session, person_id)
    _vouched(session, community_id, person, found.party, found.inviter.id)
    return found.party


def join_party_as_newcomer(session: Session, community_id: int, newcomer: Newcomer, secret: str) -> None:
    """The same for somebody without an account; the answer does not tell whether their address has one.

    Raises Invalid at the field, Missing for a link that is spent.
    """
    found = party_invitation_behind(session, community_id, secret)
    if found is None:
        raise Missing()
    person = write_down(
        session,
        given_name=newcomer.given_name,
        family_name=newcomer.family_name,
        email=newcomer.email,
        phone=newcomer.phone,
        language=newcomer.language,
    )
    if person is None:
        tell_owner(session, community_id, newcomer.email, "joining.together", {"secret": secret})
        return
    if tokens.take(session, ACT_FOR, secret) is None:
        raise Missing()
    _vouched(session, community_id, person, found.party, found.inviter.id)
    ask_to_confirm(session, community_id, person, CONFIRM_INVITED)


def _vouched(session: Session, community_id: int, person: Person, party: Party, inviter_id: int | None) -> None:
    """Who is invited into a household or organisation belongs to the community with it.

    Raises Refused for somebody whom a maker declined: a household's invitation does not undo that.
    """
    actor = Actor(community_id=community_id, person_id=person.id)
    if departure_waiting(session, community_id, person.id or 0) is not None:
        come_back(session, community_id, person.id or 0)
    membership = membership_of(session, community_id, person.id or 0)
    if membership is not None and membership.state == "declined":
        raise Refused(
            N_("The makers of your zone have asked to speak with you first."),
            advice=N_("Call them, or ask again to join: they will gladly meet you."),
        )
    if membership is None or membership.state != "approved":
        zone_id = party.zone_id or _zone_of_person(session, community_id, inviter_id)
        fresh = membership or Membership(community_id=community_id, person_id=person.id or 0, zone_id=zone_id)
        fresh.zone_id, fresh.state = zone_id, "approved"
        fresh.applies_for = "household"
        fresh.invited_by_id = fresh.decided_by_id = inviter_id
        fresh.decided_at = clock.now()
        session.add(fresh)
        session.flush()
        audit.record(session, actor, "approved_by_invitation", "membership", fresh.id, by=inviter_id)
    add_person(session, actor, party, person.id or 0)


def _zone_of_person(session: Session, community_id: int, person_id: int | None) -> int:
    """The zone of an approved member. Raises Missing."""
    membership = membership_of(session, community_id, person_id or 0)
    if membership is None:
        raise Missing()
    return membership.zone_id
