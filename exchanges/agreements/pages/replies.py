"""What waits for a party's word, as replies to be done with one tap: by card and PIN, or by who stands for it."""

from functools import partial

from flask import url_for
from flask_babel import gettext as _

from community.mandates.rules import Reply
from community.parties.tables import Party
from exchanges.agreements import actions
from exchanges.agreements.queries import waiting_for
from exchanges.agreements.tables import Agreement
from foundation.access import Actor
from foundation.database import Session
from foundation.web.formats import day_time, hours


def replies(session: Session, actor: Actor) -> list[Reply]:
    """A yes and a no to each proposal, a yes to what was written down, and that it took place as agreed."""
    return [reply for agreement, other in waiting_for(session, actor) for reply in replies_of(agreement, other)]


def replies_of(agreement: Agreement, other: Party) -> list[Reply]:
    """What can be answered to one agreement, or one meeting of a series, whose turn it is."""
    number, version, name = agreement.id or 0, agreement.version, other.name
    if agreement.state == "proposed":
        gives = agreement.giver_id == agreement.turn_id
        title = _("Help %(name)s", name=name) if gives else _("Be helped by %(name)s", name=name)
        line = _line(agreement)
        return [
            _deed(agreement, "accept", title, line, _("Yes, agreed"), partial(_accept, number, version)),
            _deed(agreement, "decline", title, line, _("No, thank you"), partial(_decline, number, version)),
        ]
    if agreement.state == "delivered":
        gave = agreement.giver_id == agreement.turn_id
        title = (
            _("Confirm what you gave to %(name)s", name=name)
            if gave
            else _("Confirm what you received from %(name)s", name=name)
        )
        line = _line(agreement)
        return [_deed(agreement, "confirm", title, line, _("Yes, that is right"), partial(_confirm, number, version))]
    title = _("It took place with %(name)s, as agreed", name=name)
    deliver = partial(_deliver, number, version, agreement.minutes)
    return [_deed(agreement, "deliver", title, _line(agreement), _("Yes, as agreed"), deliver)]


def _deed(agreement: Agreement, verb: str, title: str, line: str, yes: str, do: partial[None]) -> Reply:
    key = f"agreement-{agreement.id}-{agreement.version}-{verb}"
    return Reply(key, title, line, yes, do, url_for("agreements.show", agreement_id=agreement.id))


def _line(agreement: Agreement) -> str:
    minutes = agreement.delivered_minutes or agreement.minutes
    said = [_("as a gift") if agreement.gift else hours(minutes), agreement.title]
    when = agreement.happened_at or agreement.starts_at
    return " · ".join([*said, *([day_time(when)] if when else [])])


def _accept(number: int, version: int, session: Session, actor: Actor) -> None:
    actions.accept(session, actor, number, version)


def _decline(number: int, version: int, session: Session, actor: Actor) -> None:
    actions.decline(session, actor, number, version)


def _confirm(number: int, version: int, session: Session, actor: Actor) -> None:
    actions.confirm(session, actor, number, version)


def _deliver(number: int, version: int, minutes: int, session: Session, actor: Actor) -> None:
    actions.deliver(session, actor, number, version, minutes)
