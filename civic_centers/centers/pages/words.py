"""Hours, days and warnings of a center in the reader's language."""

from collections.abc import Mapping, Sequence
from datetime import time as wall_time
from typing import Any

from babel.dates import format_skeleton
from flask_babel import get_locale
from flask_babel import gettext as _

from civic_centers.centers.queries import Standing
from civic_centers.centers.rules import Day, Span, Timetable, Warned
from exchanges.posts.pages.words import weekday_name
from foundation import clock
from foundation.web.formats import day, in_words, listed, sentence, time
from foundation.web.formats import span as from_to
from foundation.web.state import time_zone


def saying() -> dict[str, Any]:
    """What the templates of centers say things with."""
    return {
        "span_words": span_words,
        "spans_words": spans_words,
        "week_words": week_words,
        "standing_words": standing_words,
        "day_words": day_words,
        "warned_words": warned_words,
        "weekday_name": weekday_name,
    }


def span_words(span: Span) -> str:
    """`16:00–19:00`."""
    return from_to(_clock(span.from_time), _clock(span.to_time))


def spans_words(spans: Sequence[Span]) -> str:
    """`9:00–12:00 e 16:00–19:00`; that it is closed, where there are none."""
    return listed([span_words(span) for span in spans]) if spans else _("Closed")


def week_words(table: Timetable) -> list[tuple[str, str]]:
    """The week in a few lines: days that are alike together, in order of the first; closed days are left out."""
    lines: dict[str, list[int]] = {}
    for weekday in sorted(table.week):
        lines.setdefault(spans_words(table.week[weekday]), []).append(weekday)
    return [(listed([weekday_name(number) for number in days]), hours) for hours, days in lines.items()]


def standing_words(standing: Standing) -> str:
    """Whether it is open now, and until or from when."""
    if standing.until is not None:
        return _("Open now, until %(time)s", time=time(standing.until))
    if standing.opens_at is None:
        return _("Closed for now")
    today = clock.today(time_zone())
    if clock.local(standing.opens_at, time_zone()).date() == today:
        return _("Closed now, opens today at %(time)s", time=time(standing.opens_at))
    return _("Closed now, opens %(day)s at %(time)s", day=day(standing.opens_at), time=time(standing.opens_at))


def day_words(one: Day) -> str:
    """The hours of one day, and why they are so: `Chiuso: Immacolata Concezione`."""
    said = [words for words in (in_words(one.holiday) if one.holiday else "", one.words) if words]
    hours = spans_words(one.spans)
    return f"{hours}: {', '.join(said)}" if said else hours


def warned_words(warned: Warned) -> str:
    """One thing to know before going on."""
    params = {name: in_words(value) if isinstance(value, Mapping) else value for name, value in warned.params.items()}
    return sentence(warned.message, params)


def _clock(at: wall_time) -> str:
    return str(format_skeleton("Hm", at, locale=get_locale()))
