"""Showing first what speaks against something: one reads it, and then goes on all the same."""

import hashlib
from collections.abc import Sequence
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext

from civic_centers.activities.queries.foreseeing import Foreseen
from civic_centers.activities.tables import ActivitySession
from civic_centers.centers.pages.words import warned_words
from civic_centers.centers.rules import Day
from foundation.recurrence import Shift
from foundation.web.formats import day, day_time, in_words

MOST_NAMED = 12
"""So many dates are named one by one; of more only how many they are."""


def foreseen_words(foreseen: Foreseen, *, moves: bool = False) -> list[str]:
    """What one should know before dates are laid out, or moved."""
    lines = [warned_words(warned) for warned in foreseen.warned]
    if not moves:
        lines += [_("Not on %(day)s: %(why)s.", day=day(one.on), why=_why(one)) for one in foreseen.skipped]
    lines += [
        _("%(moment)s the room is taken: %(title)s.", moment=day_time(one.starts_at), title=one.title)
        for one in foreseen.clashing
    ]
    for span in foreseen.shifted:
        if span.shift is Shift.LOST:
            lines.append(_("On %(day)s the clocks go forward: it begins an hour later.", day=day(span.day)))
        else:
            lines.append(_("On %(day)s the clocks go back: it begins the first time it is so late.", day=day(span.day)))
    if len(lines) > MOST_NAMED:
        more = len(lines) - MOST_NAMED
        lines = [*lines[:MOST_NAMED], ngettext("And %(num)s more.", "And %(num)s more.", more)]
    return lines


def left_alone_words(number: int) -> list[str]:
    """That some dates stay as they are."""
    if not number:
        return []
    return [
        ngettext(
            "%(num)s date was changed or called off by itself: it stays as it is.",
            "%(num)s dates were changed or called off by themselves: they stay as they are.",
            number,
        )
    ]


def without_words(without: Sequence[ActivitySession]) -> str:
    """That some dates have no room, after they were laid out; empty where all have one."""
    if not without:
        return ""
    return ngettext(
        "%(num)s date has no room yet: choose another for it.",
        "%(num)s dates have no room yet: choose another for them.",
        len(without),
    )


def must_ask(form: Any, lines: Sequence[str]) -> bool:
    """Whether these lines were not shown yet; the form then carries that they were."""
    mark = hashlib.sha256("\n".join(map(str, lines)).encode()).hexdigest()[:16] if lines else ""
    seen = request.form.get("sure", "") == mark
    form.sure.data = mark
    return bool(lines) and not seen


def _why(one: Day) -> str:
    """Why nothing comes on a day."""
    return in_words(one.holiday) if one.holiday else one.words or _("Closed")
