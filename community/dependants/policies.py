"""The gate of consents: nobody is looked after by others while somebody's yes is absent."""

from collections.abc import Collection

from sqlmodel import col, select

from community.dependants.queries import standings_of
from community.dependants.rules import NotInOrder, Standing
from community.households.tables import Dependant
from foundation.database import Session


def must_be_in_order(session: Session, party_id: int, dependant_ids: Collection[int], *, hold: bool = True) -> None:
    """See that these are looked after by the household and that everybody whose yes is needed has said yes.

    Raises NotInOrder. What was found holds until the end of the transaction: a no waits, or was there before.
    """
    statement = select(Dependant).where(
        col(Dependant.id).in_(dependant_ids), col(Dependant.party_id) == party_id, col(Dependant.removed_at).is_(None)
    )
    if hold:
        statement = statement.order_by(col(Dependant.id)).with_for_update(read=True)
    found = session.exec(statement.execution_options(populate_existing=True)).all()
    if len(found) < len(set(dependant_ids)):
        raise NotInOrder()
    if any(standing is not Standing.GIVEN for standing in standings_of(session, found).values()):
        raise NotInOrder()
