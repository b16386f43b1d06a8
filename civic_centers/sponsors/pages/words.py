"""Pledges in words."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from civic_centers.sponsors.forms import KIND_WORDS
from civic_centers.sponsors.queries import MadePossible, Possible, TargetView

STATE_WORDS = {
    "offered": _l("Waits for a maker"),
    "accepted": _l("Accepted"),
    "declined": _l("Does not fit"),
    "withdrawn": _l("Taken back"),
    "kept": _l("Kept"),
    "ended": _l("Over"),
}
STATE_TONES = {"offered": "sole", "accepted": "", "kept": "done"}


def target_url(target: TargetView) -> str:
    """Where what a pledge is for is read; empty for a cause of the fund and a lab that is not public."""
    if target.kind == "center":
        return url_for("centers.show", center_slug=target.slug)
    if target.kind == "activity":
        return url_for("activities.show", activity_id=target.number)
    if target.kind == "lab" and target.is_public:
        return url_for("labs.show", lab_slug=target.slug)
    return ""


def target_words(target: TargetView, *, everybody: bool = False) -> str:
    """What it is for: before everybody a lab that is not public has no name."""
    if target.kind == "fund":
        return _("The fund: %(cause)s", cause=target.name)
    return target.name if target.is_public or not everybody else _("A community lab")


def possible_words(possible: Possible) -> list[str]:
    """What was made possible, in numbers that name nobody."""
    if not possible.dates:
        return []
    said = [
        ngettext("%(num)s activity", "%(num)s activities", possible.activities),
        ngettext("%(num)s date that took place", "%(num)s dates that took place", possible.dates),
    ]
    if possible.people is not None:
        said.append(_("more than %(number)s people came", number=possible.people - 1))
    return said


def is_told(possible: MadePossible) -> bool:
    """Whether there is anything to say of what was made possible."""
    return bool(possible.counted.dates or possible.causes or possible.further)


def saying() -> dict[str, Any]:
    """What the templates of sponsors say things with."""
    return {
        "kind_words": KIND_WORDS,
        "state_words": STATE_WORDS,
        "state_tones": STATE_TONES,
        "target_url": target_url,
        "target_words": target_words,
        "possible_words": possible_words,
        "is_told": is_told,
    }
