"""The people a household looks after, for its own adults only."""

from sqlmodel import col, select

from community.households.tables import Dependant
from community.parties.queries import own_party
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
