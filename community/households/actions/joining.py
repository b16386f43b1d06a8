"""Two households become one: its people, its hours and its posts move to the other, and nothing is lost."""

from sqlalchemy import update
from sqlmodel import col, select

from community.households.actions.dividing import take_earlier_back
from community.households.actions.telling import adults, tell
from community.households.notices import TO_JOIN, WE_JOIN
from community.households.queries.changes import is_awaited
from community.households.tables import Dependant, HouseholdChange
from community.members.tables import Membership
from community.moderation.actions import keep_apart_too
from community.moderation.policies import must_not_be_blocked
from community.parties.actions import add_person, put_in_index
from community.parties.queries import own_party, party_visible_to, people_of
from community.parties.tables import Party, PartyMember, PartySkill
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session, insert_if_absent
from foundation.errors import N_, Invalid, Missing, Refused
from foundation.feature import registry
from foundation.signals import look_again_at

MEMO = "Unione di due famiglie"


def propose_to_join(session: Session, actor: Actor, party_id: int, into_party_id: int) -> HouseholdChange:
    """Propose that one's household becomes a part of another one.

    Raises Missing for another's household, Invalid at `into_party_id`, Refused while something of it is still open.
    """
    party = own_party(session, actor, party_id)
    if party.kind != "household":
        raise Missing()
    try:
        other = party_visible_to(session, actor, into_party_id)
    except Missing as error:
        raise Invalid(N_("Choose a household from the list."), field="into_party_id") from error
    if other.kind != "household" or other.id == party_id:
        raise Invalid(N_("Choose another household."), field="into_party_id")
    must_be_free(session, party_id)
    take_earlier_back(session, party_id)
    change = HouseholdChange(
        community_id=actor.community_id,
        kind="join",
        party_id=party_id,
        into_party_id=into_party_id,
        proposed_by_id=actor.must_be_person(),
        share="all",
    )
    session.add(change)
    session.flush()
    audit.record(session, actor, "proposed_to_join", "party", party_id, change=change.id, into=into_party_id)
    theirs = adults(session, into_party_id, actor.person_id)
    tell(session, change, theirs, TO_JOIN, party, "households.changes")
    tell(session, change, adults(session, party_id, actor.person_id) - theirs, WE_JOIN, party, "households.changes")
    return change


def join(session: Session, actor: Actor, change: HouseholdChange) -> None:
    """Do what was proposed. Both households are held by the caller. Raises Refused when it is no longer possible."""
    party, into = session.get(Party, change.party_id), session.get(Party, change.into_party_id or 0)
    if party is None or into is None or party.closed_at is not None or into.closed_at is not None:
        raise Missing()
    must_not_be_blocked(session, change.party_id, change.into_party_id or 0)
    must_be_free(session, change.party_id)
    proposer = Actor(community_id=change.community_id, person_id=change.proposed_by_id, party_id=party.id)
    change.moved_minutes = sum(
        hook(session, proposer, party.id, into.id, None, change_id=change.id, memo=MEMO)
        for hook in registry.hooks("hours_divided")
    )
    _move_people(session, actor, party, into)
    session.exec(update(Dependant).where(col(Dependant.party_id) == party.id).values(party_id=into.id))
    _move_skills(session, party, into)
    keep_apart_too(session, party.id or 0, into.id or 0)
    for hook in registry.hooks("household_joined"):
        hook(session, party.id, into.id)
    party.closed_at = clock.now()
    session.add(party)
    session.flush()
    put_in_index(session, party)
    put_in_index(session, into)
    audit.record(session, actor, "joined", "party", party.id, into=into.id, minutes=change.moved_minutes)


def must_be_free(session: Session, party_id: int) -> None:
    """Raises Refused while something of a household is still open with others."""
    if is_awaited(session, party_id):
        raise Refused(
            N_("Something of the household that joins is still open with others."),
            advice=N_("Finish it or call it off first: you find it under Messages. Then come back here."),
        )


def _move_people(session: Session, actor: Actor, party: Party, into: Party) -> None:
    people = [person.id or 0 for person in people_of(session, party.id or 0)]
    session.exec(
        update(PartyMember)
        .where(col(PartyMember.party_id) == party.id, col(PartyMember.until).is_(None))
        .values(until=clock.now())
        .execution_options(synchronize_session=False)
    )
    for person_id in people:
        add_person(session, actor, into, person_id)
        look_again_at(session, person_id)
    here = (col(Membership.community_id) == party.community_id, col(Membership.person_id).in_(people))
    session.exec(
        update(Membership).where(*here).values(zone_id=into.zone_id).execution_options(synchronize_session=False)
    )
    session.exec(
        update(Membership)
        .where(*here, col(Membership.acting_party_id) == party.id)
        .values(acting_party_id=into.id)
        .execution_options(synchronize_session=False)
    )


def _move_skills(session: Session, party: Party, into: Party) -> None:
    for skill in session.exec(select(PartySkill).where(col(PartySkill.party_id) == party.id)).all():
        values = {"party_id": into.id, "category_id": skill.category_id, "kind": skill.kind}
        insert_if_absent(session, PartySkill, values, ["party_id", "category_id", "kind"])
