"""Households: starting one's own, and the people it looks after."""

from sqlalchemy import update
from sqlmodel import col

from community.households.queries.people import dependants_of, had_household
from community.households.rules import MOST_DEPENDANTS, check_dependant
from community.households.tables import Dependant
from community.members.queries import membership_of, person_of
from community.parties.actions import add_person, open_party
from community.parties.queries import own_party, parties_of
from community.parties.tables import Party
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing, Refused
from foundation.feature import registry


def start_household(session: Session, actor: Actor) -> Party:
    """Open a household of one's own, for a member who has none (who left another, or acts for an organisation only).

    Raises Refused for who has one already: one person, one household.
    """
    person_id = actor.must_be_person()
    membership = membership_of(session, actor.community_id, person_id)
    if membership is None or membership.state != "approved":
        raise Missing()
    if any(party.kind == "household" for party in parties_of(session, actor.community_id, person_id)):
        raise Refused(N_("You have a household already."))
    name = person_of(session, person_id).name
    # Welcome hours come once: who had a household here brings no new ones into being by opening another.
    before = had_household(session, actor.community_id, person_id)
    party = open_party(session, actor, kind="household", name=name, zone_id=membership.zone_id, welcomed=not before)
    add_person(session, actor, party, person_id)
    return party


def add_dependant(session: Session, actor: Actor, party_id: int, *, nickname: str, age_band: str) -> Dependant:
    """Write down a child or frail adult the household looks after. Raises Missing for an organisation, Invalid.

    Announces `dependant_added(session, community_id, dependant_id)`: a no that was said about them before stands.
    """
    party = own_party(session, actor, party_id)
    if party.kind != "household":
        raise Missing()
    tidy = check_dependant(nickname, age_band)
    if len(dependants_of(session, actor, party_id)) >= MOST_DEPENDANTS:
        raise Refused(N_("There are %(most)s people here already."), most=MOST_DEPENDANTS)
    dependant = Dependant(party_id=party_id, nickname=tidy, age_band=age_band, added_at=clock.now())
    session.add(dependant)
    session.flush()
    audit.record(session, actor, "added", "dependant", dependant.id)
    for hook in registry.hooks("dependant_added"):
        hook(session, actor.community_id, dependant.id)
    return dependant


def remove_dependant(session: Session, actor: Actor, party_id: int, dependant_id: int) -> None:
    """Take somebody off the household's list. Raises Missing for another household's.

    Announces `dependant_removed(session, community_id, dependant_id)`, so that what is kept of them goes too.
    """
    own_party(session, actor, party_id)
    removed = session.exec(
        update(Dependant)
        .where(
            col(Dependant.id) == dependant_id,
            col(Dependant.party_id) == party_id,
            col(Dependant.removed_at).is_(None),
        )
        .values(removed_at=clock.now())
    )
    if removed.rowcount != 1:
        raise Missing()
    audit.record(session, actor, "removed", "dependant", dependant_id)
    for hook in registry.hooks("dependant_removed"):
        hook(session, actor.community_id, dependant_id)
