"""The euro of solidarity purchasing."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from civic_centers.purchasing.rules.bills import OrderBill
from civic_centers.purchasing.tables import OrderCycle
from civic_centers.reckoning import actions
from civic_centers.reckoning.deeds import DEEDS
from civic_centers.reckoning.jobs import JOBS
from civic_centers.reckoning.notices import NOTICES
from civic_centers.reckoning.pages import reckoning
from civic_centers.reckoning.personal import PERSONAL, RETENTIONS
from civic_centers.reckoning.policies import GRANT, READ_OWN
from civic_centers.reckoning.queries.balances import balances_of, standing_of
from civic_centers.reckoning.queries.quota import number_asked, number_offered, shares_paid
from civic_centers.reckoning.queries.till import keeps_a_till
from civic_centers.reckoning.rules import Charge, owed
from civic_centers.suppliers.policies import RUN
from community.leaving.rules import Going
from community.parties.tables import Party
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Feature, Waiting, WaitingKind
from foundation.web.formats import euro

MOST_PERIODS = 4
"""Of what the quota paid, a sponsor reads the last year."""


def order_sums_changed(session: Session, actor: Actor | None, cycle: OrderCycle, bills: Sequence[OrderBill]) -> None:
    """What orders come to now is written down, as far as it was not."""
    actions.charge(session, actor, cycle, [Charge(bill.order_id, bill.party_id, bill.total_cents) for bill in bills])


def pledge_delivered(session: Session, actor: Actor, _pledge: object, delivery: Any) -> None:
    """A sponsor gave money: what was noted as given for the quota stands in it."""
    actions.gift_of_sponsor(session, actor, delivery)


def sponsor_possible(session: Session, giver: Any) -> list[Mapping[str, object]]:
    """What the quota paid while a gift of a sponsor was for it: how many shares, of five families at least."""
    if not giver.quota:
        return []
    told = [
        one
        for one in reversed(shares_paid(session, giver.community_id))
        if (giver.year is None or one.last.year == giver.year)
        and any(first <= one.last and one.first <= last for first, last in giver.quota)
    ]
    if not told and (giver.everybody or giver.year is not None):
        return []
    return [{"template": "civic_centers/reckoning/_possible.html", "periods": told[:MOST_PERIODS]}]


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


def me_links(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """The purse of one's household; and the till, for who keeps one."""
    links = []
    if actor.may(READ_OWN) and actor.party_id is not None:
        title, line = _("Your purse for shared orders"), _("What is still to give, and the receipts")
        links.append({"url": url_for("reckoning.mine"), "title": title, "line": line, "icon": "basket"})
    if not actor.is_on_behalf and (actor.may(RUN) or keeps_a_till(session, actor)):
        line = _("Who has paid, receipts, the supplier")
        title = _("The till of shared orders")
        links.append({"url": url_for("reckoning.tills"), "title": title, "line": line, "icon": "sheet"})
    if not actor.is_on_behalf and actor.may(GRANT):
        line = _("What families ask, and what was given")
        title = _("The solidarity quota")
        links.append({"url": url_for("reckoning.quota"), "title": title, "line": line, "icon": "hands"})
    return links


def on_behalf_links() -> list[dict[str, Any]]:
    """The purse of who has no e-mail."""
    title, line = _("Their purse for shared orders"), _("What is still to give, and the receipts")
    return [{"url": url_for("reckoning.mine"), "title": title, "line": line, "icon": "basket"}]


def offered_waiting(_session: Session, _actor: Actor) -> list[Waiting]:
    """A share that a maker offers the household acted for: one at most."""
    title, line = _("A maker has left you something in your purse"), _("You say yes or no")
    return [Waiting(title, line, "reckoning.mine", {}, "basket")]


def asked_waiting(_session: Session, _actor: Actor) -> list[Waiting]:
    """For makers one line, however many ask. Not which families: it is written down who opens it."""
    title, line = _("Families wrote to the makers about the shared orders"), _("Only makers of the zone read it")
    return [Waiting(title, line, "reckoning.requests", {}, "lock")]


def order_section(session: Session, actor: Actor, cycle: OrderCycle) -> dict[str, Any] | None:
    """Beside the orders of a household: what it has still to give of this cycle, or that it is paid, whoever did."""
    if not actor.may(READ_OWN) or actor.party_id is None:
        return None
    standing = standing_of(session, actor.party_id)
    cycle_id = cycle.id or 0
    if standing.charged(cycle_id) <= 0:
        return None
    return {
        "template": "civic_centers/reckoning/_order.html",
        "open": standing.open.get(cycle_id, 0),
        "url": url_for("reckoning.mine"),
    }


def profile_section(session: Session, actor: Actor, party_id: int) -> dict[str, Any] | None:
    """For makers of the zone of a family that still has something to give: offering a share."""
    party = session.get(Party, party_id)
    makes = party is not None and party.zone_id is not None and actor.may(GRANT, party.zone_id)
    if not makes or actor.is_on_behalf or party_id in actor.party_ids or not standing_of(session, party_id).owed:
        return None
    return {
        "template": "civic_centers/reckoning/_profile.html",
        "url": url_for("reckoning.ask_offer", family_id=party_id),
    }


feature = Feature(
    name="reckoning",
    blueprints=(reckoning,),
    permissions=(READ_OWN, GRANT),
    jobs=JOBS,
    notices=NOTICES,
    waiting=(
        WaitingKind(offered_waiting, number_offered, sums_up=True),
        WaitingKind(asked_waiting, number_asked, sums_up=True),
    ),
    personal_data=PERSONAL,
    retentions=RETENTIONS,
    deeds=DEEDS,
    on_behalf=("reckoning.mine", "reckoning.printed", "reckoning.receipt"),
    hooks={
        "order_sums_changed": order_sums_changed,
        "pledge_delivered": pledge_delivered,
        "sponsor_possible": sponsor_possible,
        "order_sections": order_section,
        "me_links": me_links,
        "on_behalf_links": on_behalf_links,
        "profile_sections": profile_section,
        "leaving_lines": leaving_lines,
        "somebody_leaves": actions.end_with,
        "somebody_forgotten": actions.forget,
        "household_joined": actions.move_to_party,
        "party_moved": actions.party_moved,
    },
)
