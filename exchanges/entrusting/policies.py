"""The gate for who is looked after: said for whom, and nobody's yes absent, on every path that ends in a yes."""

from sqlalchemy import exists
from sqlmodel import col, select

from community.dependants.policies import must_be_in_order
from community.dependants.rules import NotInOrder
from community.households.tables import Dependant
from exchanges.entrusting.rules import FOR_MAKERS, NotSaid
from exchanges.entrusting.tables import Entrusted, Entrusting
from foundation.access import Actor
from foundation.database import Session


def must_be_entrusted_by(session: Session, actor: Actor, thread_id: int, party_id: int, *, care: bool) -> None:
    """The gate as `must_be_entrusted` keeps it, for who says yes; a maker who writes it down reads what they can do."""
    try:
        must_be_entrusted(session, thread_id, party_id, care=care)
    except (NotSaid, NotInOrder) as error:
        if actor.is_on_behalf and party_id in actor.party_ids:
            error.advice = FOR_MAKERS
        raise


def must_be_entrusted(session: Session, thread_id: int, party_id: int, *, care: bool, hold: bool = True) -> None:
    """See that a household that looks after somebody has said for whom it is, and that all whose yes is needed agree.

    Raises NotSaid or NotInOrder. A household that keeps nobody on its list has nothing to say; whoever was named once
    is looked at in any case.
    """
    ids = entrusted_by(session, thread_id, party_id)
    if ids:
        must_be_in_order(session, party_id, ids, hold=hold)
        return
    said = session.get(Entrusting, (thread_id, party_id))
    if said is not None and not said.for_adult:
        # Who was named lives in another household now: it is for nobody until it is said anew.
        raise NotSaid()
    if not care or said is not None:
        return
    keeps = exists().where(col(Dependant.party_id) == party_id, col(Dependant.removed_at).is_(None))
    if session.scalar(select(keeps)):
        raise NotSaid()


def is_entrusted(session: Session, thread_id: int, party_id: int, *, care: bool) -> bool:
    """Whether the gate is open, holding what was found."""
    try:
        must_be_entrusted(session, thread_id, party_id, care=care)
    except (NotSaid, NotInOrder):
        return False
    return True


def entrusted_by(session: Session, thread_id: int, party_id: int) -> list[int]:
    """Who of a household was named, removed ones too."""
    statement = (
        select(col(Entrusted.dependant_id))
        .join(Dependant, col(Dependant.id) == col(Entrusted.dependant_id))
        .where(col(Entrusted.thread_id) == thread_id, col(Dependant.party_id) == party_id)
        .order_by(col(Entrusted.dependant_id))
    )
    return list(session.scalars(statement))
