"""A no outlives the line it was said about: taking somebody off the list and adding them again does not end it."""

from datetime import timedelta

from sqlmodel import col, select

from community.dependants.actions.telling import tell_who_refused
from community.dependants.queries import KIND, said_about
from community.dependants.tables import DependantConsent
from community.households.tables import Dependant
from community.parties.policies import acting
from community.parties.tables import PartyMember
from foundation import audit, clock
from foundation.database import Session

REFUSAL_LASTS = timedelta(days=90)
"""How long after somebody was taken off the list a no still counts for who is added with the same age."""


def carry_refusals(session: Session, community_id: int, dependant_id: int) -> None:
    """Keep for somebody just added, or given another age, each no about who was taken off a list of these adults.

    Nothing tells one child from another but the age: a no too many is taken back with one tap by who said it, and a no
    too few would be walked around. Who has already said something about them is not spoken for.
    """
    dependant = session.get(Dependant, dependant_id)
    if dependant is None:
        return
    adults = select(col(PartyMember.person_id)).where(col(PartyMember.party_id) == dependant.party_id, *acting())
    homes = select(col(PartyMember.party_id)).where(col(PartyMember.person_id).in_(adults))
    gone = select(col(Dependant.id)).where(
        col(Dependant.party_id).in_(homes),
        col(Dependant.age_band) == dependant.age_band,
        col(Dependant.removed_at) > clock.now() - REFUSAL_LASTS,
    )
    before = said_about(session, [one for one in session.scalars(gone).all() if one is not None])
    spoken = {one.person_id for one in said_about(session, [dependant_id])[dependant_id]}
    refused = {one.person_id: one for said in before.values() for one in said if one.said == "no"}
    carried = [one for person_id, one in refused.items() if person_id not in spoken]
    if not carried:
        return
    session.add_all(
        DependantConsent(
            dependant_id=dependant_id,
            person_id=one.person_id,
            said="no",
            text_version=one.text_version,
            said_at=clock.now(),
        )
        for one in carried
    )
    session.flush()
    audit.record(session, None, "carried", KIND, dependant_id, community_id=community_id)
    tell_who_refused(session, community_id, dependant, [one.person_id for one in carried if one.person_id is not None])
