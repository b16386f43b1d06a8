"""The people a household looks after, for its own adults only."""

from sqlmodel import col, select

from community.households.tables import Dependant
from community.parties.queries import own_party
from community.parties.tables import Party, PartyMember
from foundation.access import Actor
from foundation.database import Session


def dependants_of(session: Session, actor: Actor, party_id: int) -> list[Dependant]:
    """Whom the actor's own household looks after. Raises Missing for anybody else's."""
    party = own_party(session, actor, party_id)
    statement = (
        select(Dependant)
        .where(col(Dependant.party_id) == party.id, col(Dependant.removed_at).is_(None))
        .order_by(col(Dependant.id))
    )
    return list(session.exec(statement))


def had_household(session: Session, community_id: int, person_id: int) -> bool:
    """Whether a person has acted for a household of a community before, now or then."""
    found = session.scalar(
        select(col(PartyMember.id))
        .join(Party, col(Party.id) == col(PartyMember.party_id))
        .where(
            col(PartyMember.person_id) == person_id,
            col(Party.community_id) == community_id,
            col(Party.kind) == "household",
        )
        .limit(1)
    )
    return found is not None
