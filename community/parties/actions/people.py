"""Who acts for a party: added, ended, invited, and for which of their own somebody acts."""

from datetime import timedelta

from sqlalchemy import update
from sqlmodel import col, or_, select

from community.members.tables import Membership, RoleGrant
from community.parties.actions.finding import put_in_index
from community.parties.policies import must_act_for
from community.parties.queries import acts_for, own_party, people_of
from community.parties.tables import Party, PartyMember
from foundation import audit, clock, tokens
from foundation.access import Actor
from foundation.database import Session, insert_if_absent
from foundation.errors import N_, Missing, Refused
from foundation.feature import registry
from foundation.signals import look_again_at

ACT_FOR = "act_for"
ACT_FOR_LASTS = timedelta(days=14)


def add_person(session: Session, actor: Actor, party: Party, person_id: int) -> bool:
    """Let a person act for a party; False when they could already. The first party becomes the one they act for.

    Announces `person_added(session, actor, party_id)`.
    """
    present = col(PartyMember.until).is_(None)
    values = {"party_id": party.id, "person_id": person_id, "since": clock.now()}
    added = insert_if_absent(session, PartyMember, values, ["party_id", "person_id"], where=present)
    if added:
        session.exec(
            update(Membership)
            .where(
                col(Membership.community_id) == party.community_id,
                col(Membership.person_id) == person_id,
                col(Membership.acting_party_id).is_(None),
            )
            .values(acting_party_id=party.id)
        )
        audit.record(session, actor, "added_person", "party", party.id, person=person_id)
        put_in_index(session, party)
        for hook in registry.hooks("person_added"):
            hook(session, actor, party.id)
    return added


def end_person(session: Session, actor: Actor, party_id: int, person_id: int) -> None:
    """Let a person act for a party no more: themselves, or for an organisation another who acts for it.

    Raises Missing when they do not act for it, Refused for the last one (a balance needs somebody to answer for it)
    and for another adult of one's household: nobody puts a partner out with one tap.
    """
    party = own_party(session, actor, party_id)
    if party.kind == "household" and person_id != actor.person_id:
        raise Refused(
            N_("An adult leaves a household by themselves."), advice=N_("If that is a difficulty, talk to a maker.")
        )
    # Two who leave at the same moment wait for each other here, so that somebody stays.
    session.exec(select(Party).where(col(Party.id) == party_id).with_for_update())
    if not acts_for(session, person_id, party_id):
        raise Missing()
    if len(people_of(session, party_id)) == 1:
        raise Refused(
            N_("You are the only person here, and a balance needs somebody who answers for it."),
            advice=N_("Invite another adult first, or ask a maker to close it."),
        )
    close_person(session, actor, party, person_id)


def close_person(session: Session, actor: Actor, party: Party, person_id: int) -> None:
    """They act for it no more from now on, and a role that let them ends with it. The caller has seen that it may be.

    A person without a present place there changes nothing. Announces `person_ended(session, community_id, party_id,
    person_id)`.
    """
    now, party_id = clock.now(), party.id or 0
    session.exec(
        update(PartyMember)
        .where(
            col(PartyMember.party_id) == party_id,
            col(PartyMember.person_id) == person_id,
            col(PartyMember.until).is_(None),
        )
        .values(until=now)
    )
    session.exec(
        update(RoleGrant)
        .where(
            col(RoleGrant.party_id) == party_id,
            col(RoleGrant.person_id) == person_id,
            or_(col(RoleGrant.ends_at).is_(None), col(RoleGrant.ends_at) > now),
        )
        .values(ends_at=now, ended_by_id=actor.recorder_id)
    )
    session.exec(
        update(Membership)
        .where(col(Membership.person_id) == person_id, col(Membership.acting_party_id) == party_id)
        .values(acting_party_id=None)
    )
    audit.record(session, actor, "ended_person", "party", party.id, person=person_id)
    look_again_at(session, person_id)
    put_in_index(session, party)
    for hook in registry.hooks("person_ended"):
        hook(session, party.community_id, party_id, person_id)


def act_for(session: Session, actor: Actor, party_id: int) -> None:
    """Act for another of one's own parties from now on. Raises Missing for somebody else's."""
    party = own_party(session, actor, party_id)
    must_act_for(actor, party)
    session.exec(
        update(Membership)
        .where(
            col(Membership.community_id) == actor.community_id,
            col(Membership.person_id) == actor.must_be_person(),
        )
        .values(acting_party_id=party_id)
    )
    audit.record(session, actor, "acts_for", "party", party_id)


def invite_person(session: Session, actor: Actor, party_id: int) -> str:
    """The secret of a link that lets one more person act for the party, once, within two weeks.

    Raises Missing for who does not act for it themselves.
    """
    party = own_party(session, actor, party_id)
    if party.kind == "fund":
        raise Missing()
    secret = tokens.issue(
        session,
        ACT_FOR,
        payload={"party_id": party.id},
        lasts=ACT_FOR_LASTS,
        community_id=actor.community_id,
        created_by_person_id=actor.must_be_person(),
    )
    audit.record(session, actor, "invited", "party", party.id)
    return secret
