"""How balances and movements are said: what was given and what is still to give, never debit and credit."""

from flask_babel import gettext as _

from civic_centers.reckoning.queries.balances import Standing
from civic_centers.reckoning.queries.own import Line
from foundation.web.formats import day, euro


def standing_words(standing: Standing) -> str:
    """How one's own household stands."""
    if standing.owed:
        return _("You still have %(amount)s to give.", amount=euro(standing.owed))
    if standing.favour:
        return _("%(amount)s are in your favour: the next order uses them.", amount=euro(standing.favour))
    return _("Everything is settled.")


def others_standing_words(standing: Standing) -> str:
    """How a family stands, for who keeps the till."""
    if standing.owed:
        return _("Still to give: %(amount)s.", amount=euro(standing.owed))
    if standing.favour:
        return _("In their favour: %(amount)s.", amount=euro(standing.favour))
    return _("Everything is settled.")


def line_words(line: Line) -> str:
    """What a movement of one's own was."""
    if line.as_of is not None:
        return _("Brought along from before, as it stood on %(day)s", day=day(line.as_of))
    words = {
        "order": _("Your order"),
        "correction": _("Order changed afterwards"),
        "payment": _("You paid"),
        "gift": _("You gave to the solidarity quota"),
        "refund": _("Given back to you"),
        "quota": _("The solidarity quota paid"),
        "write_off": _("Settled by the group"),
        "left": _("Left to the solidarity quota"),
        "joined": _("Taken over from the other household"),
        "reversal": _("Taken back, since it was a mistake"),
    }
    return words[line.kind]


RECEIPT_KINDS = ("payment", "refund", "reversal", "reversed_refund")


def receipt_words(kind: str, community: str, name: str, amount: str) -> str:
    """The sentence of a receipt."""
    said = {"community": community, "name": name, "amount": amount}
    if kind == "refund":
        return _("%(community)s has given back %(amount)s to %(name)s.", **said)
    if kind == "reversal":
        return _("A receipt of %(name)s over %(amount)s was written by mistake: this one takes it back.", **said)
    if kind == "reversed_refund":
        return _("A receipt for %(amount)s given back to %(name)s was a mistake: this one takes it back.", **said)
    return _("%(community)s has received %(amount)s from %(name)s for shared orders.", **said)
