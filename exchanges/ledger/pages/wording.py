"""How hours are put into words: never debit and credit, always given and received."""

from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from exchanges.agreements.queries.gifts import Gifts
from exchanges.ledger.forms import KIND_WORDS
from exchanges.ledger.queries.balances import Balance
from exchanges.ledger.queries.statement import Movement
from foundation.web.formats import unbroken_hours as hours

# Where one goes to see what a movement comes from: endpoint and parameter, by kind of source.
SOURCES = {
    "agreement": ("agreements.show", "agreement_id"),
    "group_exchange": ("groups.show", "group_id"),
    "volunteer_sign_up": ("volunteering.shift", "sign_up_id"),
    "circle_turn": ("circles.turn", "turn_id"),
}


def balance_words(balance: Balance) -> str:
    """One's own balance: given and received in a sentence, and in another what gifts and other hours make of it."""
    sentence = _exchanged(balance)
    return f"{sentence} {_in_all(balance.account.balance)}" if balance.has_other_hours else sentence


def _exchanged(balance: Balance) -> str:
    more = balance.difference
    if more > 0 and balance.account.warned:
        return _("You have received %(hours)s more than you gave.", hours=hours(more))
    if more > 0:
        return _("You have received %(hours)s more than you gave. That is fine.", hours=hours(more))
    if more < 0:
        return _("You have given %(hours)s more than you received.", hours=hours(-more))
    if balance.given or balance.received:
        return _("You have given as much as you received.")
    return _("Nothing given and nothing received yet.")


def _in_all(minutes: int) -> str:
    if minutes > 0:
        return _("With gifts and other hours counted, you have %(hours)s to spend.", hours=hours(minutes))
    if minutes < 0:
        return _("With gifts and other hours counted, you have %(hours)s to give back.", hours=hours(-minutes))
    return _("With gifts and other hours counted, you are even.")


def balance_advice(balance: Balance) -> str:
    """What comes next, in a sentence or two."""
    left = balance.account.available
    if balance.account.warned:
        return _(
            "You can still receive %(hours)s. To come back to balance, give an hour when you can, of what you do well.",
            hours=hours(left),
        )
    if balance.account.balance > 0:
        return _("Ask for something you would like: somebody is waiting to give back.")
    if balance.given or balance.received or balance.has_other_hours:
        return _(
            "You can still receive %(hours)s. One receives first, then gives back: to whom you like, when you can.",
            hours=hours(left),
        )
    return _("You can receive %(hours)s before giving any: start by asking for something.", hours=hours(left))


def gift_words(gifts: Gifts) -> str:
    """One's own gifts, counted and not measured in hours; empty where there were none."""
    if gifts.given and gifts.received:
        return _(
            "As a gift you gave a hand %(given)s and received one %(received)s.",
            given=_times(gifts.given),
            received=_times(gifts.received),
        )
    if gifts.given:
        return _("As a gift you gave a hand %(given)s.", given=_times(gifts.given))
    return _("As a gift you received a hand %(received)s.", received=_times(gifts.received)) if gifts.received else ""


def others_gift_words(gifts: Gifts) -> str:
    """The gifts of somebody else, for a maker."""
    if not (gifts.given or gifts.received):
        return ""
    return _("Gifts given: %(given)s. Gifts received: %(received)s.", given=gifts.given, received=gifts.received)


def _times(count: int) -> str:
    return _("once") if count == 1 else ngettext("%(num)s time", "%(num)s times", count)


def others_balance_words(balance: Balance, name: str) -> str:
    """The balance of somebody else, for a maker."""
    more = balance.difference
    if more > 0:
        sentence = _("%(name)s: %(hours)s received more than given.", name=name, hours=hours(more))
    elif more < 0:
        sentence = _("%(name)s: %(hours)s given more than received.", name=name, hours=hours(-more))
    else:
        sentence = _("%(name)s: given and received are even.", name=name)
    if not balance.has_other_hours:
        return sentence
    rest = _("With gifts and other hours counted: %(hours)s.", hours=hours(balance.account.balance))
    return f"{sentence} {rest}"


def fund_words(balance: Balance) -> str:
    """What the community fund holds."""
    return _("The community fund holds %(hours)s.", hours=hours(balance.account.balance))


def movement_title(movement: Movement) -> str:
    """What a movement was: the words of whoever recorded it, or its kind."""
    if movement.kind == "reversal":
        return _("Undone: %(reason)s", reason=movement.memo)
    return movement.memo or str(KIND_WORDS[movement.kind])


def movement_way(movement: Movement) -> str:
    """The small word under the hours of a movement."""
    inward = movement.minutes > 0
    if movement.kind == "exchange":
        return _("given") if inward else _("received")
    if movement.kind == "reversal":
        return _("undone")
    return _("came in") if inward else _("given away")


def movement_line(movement: Movement, when: str) -> str:
    """The line under a movement: when, and with whom."""
    parts = [when]
    if movement.with_parties:
        parts.append(_("with %(names)s", names=", ".join(movement.with_parties[:3])))
    if movement.undone:
        parts.append(_("undone later"))
    return " · ".join(parts)


def movement_url(movement: Movement) -> str:
    """Where one can see what a movement comes from; empty where there is no such page."""
    endpoint, parameter = SOURCES.get(movement.source_kind, ("", ""))
    if endpoint not in current_app.view_functions or movement.source_id is None:
        return ""
    values: dict[str, Any] = {parameter: movement.source_id}
    return url_for(endpoint, **values)
