"""What a group says in words: its rule, what each gives, and how a place stands."""

from dataclasses import dataclass

from flask_babel import gettext as _

from exchanges.groups.forms import RULE_WORDS
from exchanges.groups.queries.single import GroupView
from exchanges.groups.rules import settled_shares, shares
from exchanges.groups.tables import GroupPlace
from exchanges.ledger.queries.accounts import AccountState
from foundation.web.formats import hours


@dataclass(frozen=True)
class Sharing:
    """What each gives, what the host receives, what goes to the fund: beforehand if all come, then as it was."""

    each: str
    host: int
    fund: int
    count: int
    over: int
    """Of the host's minutes, those that would pass their ceiling."""


def rule_words(rule: str) -> str:
    """How the hours are shared."""
    return str(RULE_WORDS[rule])


def place_state(place: GroupPlace) -> str:
    """How a place stands, in two words."""
    return {
        "asked": _("to be answered"),
        "coming": _("comes"),
        "left": _("cannot come"),
        "told": _("to be confirmed"),
        "confirmed": _("confirmed"),
        "disputed": _("being cleared up"),
        "absent": _("was not there"),
        "out": _("no hours moved"),
        "off": _("called off"),
    }[place.state]


def sharing_of(view: GroupView, host: AccountState | None) -> Sharing:
    """What moves as far as it is known now; `host` is the account of the host while hours may still move."""
    group = view.group
    if group.state == "planned":
        wished = [one.minutes for one in view.held]
        count = len(wished) if group.rule == "weighted" else group.places
        found = shares(group.rule, group.minutes, count, wished)
    else:
        said = [one.said_minutes or 0 for one in view.places if one.state in ("told", "disputed", "confirmed")]
        count = len(said)
        found = settled_shares(said, group.host_minutes)
    over = host.would_overflow(found.host) if host is not None else 0
    return Sharing(_each(found.each), found.host, found.fund, count, over)


def _each(each: tuple[int, ...]) -> str:
    if not each or not max(each):
        return ""
    if min(each) == max(each):
        return hours(each[0])
    return _("from %(least)s to %(most)s", least=hours(min(each)), most=hours(max(each)))
