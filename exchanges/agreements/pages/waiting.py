"""What waits for me: the agreements in which it is my turn, and what only a maker can do."""

from flask_babel import gettext as _
from flask_babel import ngettext

from community.parties.tables import Party
from exchanges.agreements import policies
from exchanges.agreements.queries import disputes, waiting_for, waiting_for_a_call
from exchanges.agreements.tables import Agreement
from foundation.access import Actor
from foundation.database import Session
from foundation.feature import Waiting
from foundation.web.formats import day_time, hours


def waiting_for_members(session: Session, actor: Actor) -> list[Waiting]:
    """One line for each agreement that waits for a word of mine; meetings still to come are in the messages."""
    found = []
    for agreement, other in waiting_for(session, actor):
        title, detail = words_of(agreement, other, actor)
        values = {"agreement_id": agreement.id}
        found.append(Waiting(title, detail, "agreements.show", values, icon="chat", name=other.name))
    return found


def waiting_for_makers(session: Session, actor: Actor) -> list[Waiting]:
    """Disagreements to settle, and people whose answer has to be asked on the phone."""
    found = []
    count = len(disputes(session, actor)) if actor.may(policies.RESOLVE) else 0
    if count:
        title = ngettext("%(num)s disagreement to settle", "%(num)s disagreements to settle", count)
        found.append(Waiting(title, _("Two members remember it differently"), "agreements.list_disputes", {}, "shield"))
    count = len(waiting_for_a_call(session, actor)) if actor.may(policies.ANSWER) else 0
    if count:
        title = ngettext("%(num)s answer to ask on the phone", "%(num)s answers to ask on the phone", count)
        found.append(Waiting(title, _("People without e-mail"), "agreements.calls", {}, "phone"))
    return found


def words_of(agreement: Agreement, other: Party, actor: Actor) -> tuple[str, str]:
    """Why it waits, and what it is about."""
    if agreement.state == "proposed":
        if agreement.proposer_id in actor.party_ids:
            return _("%(name)s proposes it another way", name=other.name), agreement.title
        return _("%(name)s answers you", name=other.name), agreement.title
    if agreement.state == "delivered":
        minutes = agreement.delivered_minutes or 0
        detail = agreement.title
        if minutes and not agreement.gift:
            detail = _("Do you confirm %(time)s? %(title)s", time=hours(minutes), title=agreement.title)
        return _("%(name)s waits for your yes", name=other.name), detail
    when = f" · {day_time(agreement.starts_at)}" if agreement.starts_at else ""
    return _("How did it go with %(name)s?", name=other.name), f"{agreement.title}{when}"
