"""A household divides in two: one adult proposes how, another says yes, and the hours move by a marked transfer."""

from collections.abc import Collection

from sqlalchemy import update
from sqlmodel import col

from community.households.actions.telling import adults, tell
from community.households.notices import TO_DIVIDE
from community.households.queries.changes import hours_of
from community.households.queries.people import dependants_of
from community.households.rules import goes_along
from community.households.tables import Dependant, HouseholdChange
from community.moderation.actions import keep_apart_too
from community.parties.actions import add_person, end_person, open_party
from community.parties.queries import own_party, people_of
from community.parties.rules import checked_party_name
from community.zones.queries import zone_of
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused
from foundation.feature import registry

MEMO = "Divisione della famiglia"


def propose_to_divide(
    session: Session,
    actor: Actor,
    party_id: int,
    *,
    name: str,
    zone_id: int,
    share: str,
    minutes: int = 0,
    dependants: Collection[int] = (),
) -> HouseholdChange:
    """Propose to go one's own way, with a part of the hours and of those one looks after.

    Raises Missing for another's household, Refused where there is no other adult, Invalid at the field.
    """
    party = own_party(session, actor, party_id)
    if party.kind != "household":
        raise Missing()
    if len(people_of(session, party_id)) < 2:
        raise Refused(N_("You are the only adult here: there is nobody to divide with."))
    zone_of(session, actor.community_id, zone_id)
    goes_along(share, minutes, hours_of(session, party_id))
    theirs = {one.id for one in dependants_of(session, actor, party_id)}
    if not theirs.issuperset(dependants):
        raise Invalid(N_("Choose among those you look after."), field="dependants")
    take_earlier_back(session, party_id)
    change = HouseholdChange(
        community_id=actor.community_id,
        kind="divide",
        party_id=party_id,
        proposed_by_id=actor.must_be_person(),
        name=checked_party_name(name),
        zone_id=zone_id,
        share=share,
        minutes=minutes if share == "some" else 0,
        dependants=sorted(dependants),
    )
    session.add(change)
    session.flush()
    audit.record(session, actor, "proposed_to_divide", "party", party_id, change=change.id)
    tell(session, change, adults(session, party_id, actor.person_id), TO_DIVIDE, party, "households.changes")
    return change


def divide(session: Session, change: HouseholdChange) -> None:
    """Do what was proposed. The household is held by the caller. Raises Refused when it no longer fits."""
    goer = Actor(
        community_id=change.community_id,
        person_id=change.proposed_by_id,
        party_id=change.party_id,
        party_ids=(change.party_id,),
    )
    own_party(session, goer, change.party_id)
    moving = goes_along(change.share, change.minutes, hours_of(session, change.party_id))
    end_person(session, goer, change.party_id, change.proposed_by_id)
    party = open_party(session, goer, kind="household", name=change.name, zone_id=change.zone_id, welcomed=False)
    add_person(session, goer, party, change.proposed_by_id)
    change.new_party_id, change.moved_minutes = party.id, moving
    keep_apart_too(session, change.party_id, party.id or 0)
    for hook in registry.hooks("hours_divided"):
        hook(session, goer, change.party_id, party.id, moving, change_id=change.id, memo=MEMO)
    session.exec(
        update(Dependant)
        .where(col(Dependant.id).in_(change.dependants), col(Dependant.party_id) == change.party_id)
        .values(party_id=party.id)
    )
    for dependant_id in change.dependants:
        # What was agreed for them by the household they leave is looked at again.
        for hook in registry.hooks("consent_changed"):
            hook(session, change.community_id, dependant_id)
    audit.record(session, goer, "divided", "party", change.party_id, into=party.id, minutes=moving)


def take_earlier_back(session: Session, party_id: int) -> None:
    """A new proposal for a household takes the place of one that nobody answered."""
    session.exec(
        update(HouseholdChange)
        .where(col(HouseholdChange.party_id) == party_id, col(HouseholdChange.state) == "proposed")
        .values(state="withdrawn", decided_at=clock.now())
        .execution_options(synchronize_session=False)
    )
