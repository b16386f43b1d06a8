"""The euro of solidarity purchasing."""

from collections.abc import Sequence

from civic_centers.purchasing.rules.bills import OrderBill
from civic_centers.purchasing.tables import OrderCycle
from civic_centers.reckoning import actions
from civic_centers.reckoning.notices import NOTICES
from civic_centers.reckoning.policies import GRANT, READ_OWN
from civic_centers.reckoning.rules import Charge
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature


def order_sums_changed(session: Session, actor: Actor | None, cycle: OrderCycle, bills: Sequence[OrderBill]) -> None:
    """What orders come to now is written down, as far as it was not."""
    actions.charge(session, actor, cycle, [Charge(bill.order_id, bill.party_id, bill.total_cents) for bill in bills])


feature = Feature(
    name="reckoning",
    permissions=(READ_OWN, GRANT),
    notices=NOTICES,
    hooks={"order_sums_changed": order_sums_changed},
)
