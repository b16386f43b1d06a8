"""The euro of solidarity purchasing."""

from collections.abc import Sequence

from flask_babel import gettext as _

from civic_centers.purchasing.rules.bills import OrderBill
from civic_centers.purchasing.tables import OrderCycle
from civic_centers.reckoning import actions
from civic_centers.reckoning.notices import NOTICES
from civic_centers.reckoning.policies import GRANT, READ_OWN
from civic_centers.reckoning.queries.balances import balances_of
from civic_centers.reckoning.rules import Charge, owed
from community.leaving.rules import Going
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature
from foundation.web.formats import euro


def order_sums_changed(session: Session, actor: Actor | None, cycle: OrderCycle, bills: Sequence[OrderBill]) -> None:
    """What orders come to now is written down, as far as it was not."""
    actions.charge(session, actor, cycle, [Charge(bill.order_id, bill.party_id, bill.total_cents) for bill in bills])


def leaving_lines(session: Session, going: Going) -> list[str]:
    """What stays open of the purse of what closes: said before they leave."""
    balances = balances_of(session, going.closing).values()
    lines = []
    if debt := sum(owed(balance) for balance in balances):
        lines.append(
            _(
                "%(amount)s of shared orders are still open: pay them to who keeps the till. What stays open is kept"
                " without your name, and the group has to bear it.",
                amount=euro(debt),
            )
        )
    if favour := sum(balance for balance in balances if balance > 0):
        lines.append(
            _(
                "%(amount)s of shared orders are in your favour: ask who keeps the till to give them back. Otherwise"
                " they go to the solidarity quota.",
                amount=euro(favour),
            )
        )
    return lines


feature = Feature(
    name="reckoning",
    permissions=(READ_OWN, GRANT),
    notices=NOTICES,
    hooks={
        "order_sums_changed": order_sums_changed,
        "leaving_lines": leaving_lines,
        "somebody_leaves": actions.end_with,
        "somebody_forgotten": actions.forget,
        "household_joined": actions.move_to_party,
        "party_moved": actions.party_moved,
    },
)
