"""Reasons in words, without a score: about somebody else, for the author of a post; about oneself, at home."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from community.availability.pages.words import week_phrases
from community.members.forms import TONGUES
from exchanges.matching.rules import Reason
from foundation.web.formats import day_time, listed

MOST_REASONS = 4
MOST_SLOTS = 3


def about_them(reasons: Sequence[Reason], kind: str) -> str:
    """Why somebody is suggested for a post of the `kind`: "lives in your zone, has done this 4 times"."""
    return _sentence([_about_them(reason, kind) for reason in reasons])


def about_me(reasons: Sequence[Reason], kind: str) -> str:
    """Why a post is shown to somebody: "in your zone, you have done this 4 times"."""
    return _sentence([_about_me(reason, kind) for reason in reasons])


def _sentence(phrases: list[str]) -> str:
    said = ", ".join(phrase for phrase in phrases[:MOST_REASONS] if phrase)
    return said[:1].upper() + said[1:]


def _about_them(reason: Reason, kind: str) -> str:
    gives = kind == "need"
    match reason.kind:
        case "posted":
            return _("offers this on the board") if gives else _("looks for this on the board")
        case "skill":
            return _("can give this") if gives else _("needs this")
        case "zone":
            return _("lives in your zone")
        case "near":
            return _("lives close to your zone")
        case "free":
            return _("free %(when)s", when=_when(reason))
        case "done":
            return ngettext("has done this once", "has done this %(num)s times", reason.count)
        case "known":
            return _("you have helped each other before")
        case "language":
            return _("speaks %(languages)s", languages=_tongues(reason))
        case "gladly":
            return _("would like to give something back")
        case _:
            return ""


def _about_me(reason: Reason, kind: str) -> str:
    gives = kind == "need"
    match reason.kind:
        case "posted":
            return _("you offer this on the board") if gives else _("you look for this on the board")
        case "skill":
            return _("you can give this") if gives else _("you need this")
        case "zone":
            return _("in your zone")
        case "near":
            return _("close to your zone")
        case "free":
            return _("you can %(when)s", when=_when(reason))
        case "done":
            return ngettext("you have done this once", "you have done this %(num)s times", reason.count)
        case "known":
            return _("you have helped each other before")
        case "language":
            return _("you speak %(languages)s", languages=_tongues(reason))
        case "gladly":
            return _("a way to give something back")
        case _:
            return ""


def _when(reason: Reason) -> str:
    return day_time(reason.moment) if reason.moment is not None else listed(week_phrases(reason.slots[:MOST_SLOTS]))


def _tongues(reason: Reason) -> str:
    names = dict(TONGUES)
    return listed([str(names.get(code, code)) for code in reason.tongues])
