"""What posts say in words: when, for how many, why they ended. Filters of the templates."""

from datetime import datetime
from typing import Any, Literal

from babel.dates import get_day_names
from babel.numbers import format_decimal
from flask import Flask
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from exchanges.posts.forms import HOUSING_WORDS, UNIT_WORDS
from exchanges.posts.tables import Post, PostDate
from foundation.clock import now
from foundation.web.formats import day, day_time, listed, month, time

__all__ = ["CLOSING_WORDS", "HOUSING_WORDS", "STATE_WORDS", "UNIT_WORDS", "VISIBILITY_HINTS", "VISIBILITY_WORDS", "now"]

PLACE_WORDS = {
    "mine": _l("At the home of who wrote"),
    "theirs": _l("At the home of who answers"),
    "somewhere": _l("Somewhere else"),
    "remote": _l("At a distance: by phone or online"),
}
VISIBILITY_WORDS = {
    "community": _l("The whole community"),
    "zones": _l("My zone"),
    "public": _l("Everybody, without names"),
    "confidential": _l("Only the makers of the zone"),
}
VISIBILITY_HINTS = {
    "community": _l("Members of all the zones, with your name. It is the usual choice."),
    "zones": _l("Only members of the zone you chose."),
    "public": _l("Visitors too can read it, but only members see who you are. Write no names and no streets."),
    "confidential": _l("It is not on the board. A maker reads it, speaks with you and looks for the right person."),
}
STATE_WORDS = {
    "draft": _l("Draft"),
    "open": _l("On the board"),
    "paused": _l("Paused"),
    "closed": _l("Closed"),
    "expired": _l("Ended"),
}
CLOSING_WORDS = {
    "found": _l("Somebody was found: thank you."),
    "full": _l("Somebody was found: thank you."),
    "changed_mind": _l("Who wrote it has changed their mind."),
    "expired": _l("It has come to its last day."),
    "away": _l("It is set aside while who wrote it is away."),
    "hidden": _l("A maker took it out of sight."),
}


def weekday_name(number: int, width: Literal["wide", "abbreviated"] = "wide") -> str:
    """The name of a day of the week, Monday being 1; `abbreviated` for the short one."""
    return str(get_day_names(width, locale=get_locale())[number - 1])


def when(post: Any) -> str:
    """When it is, in a few words: of a card, or of a post that has no dates."""
    if post.rhythm == "weekly" and post.weekdays:
        words = _("Every %(days)s", days=listed([weekday_name(number) for number in post.weekdays]))
        if post.weekly_at:
            words = _("%(days)s at %(time)s", days=words, time=post.weekly_at)
        return f"{words}, {post.when_words}" if post.when_words else words
    if post.rhythm == "dates":
        words = _dates(post)
        return f"{words}. {post.when_words}" if post.when_words else words
    if post.when_words:
        return str(post.when_words)
    return _("Whenever you can") if post.kind == "need" else _("Whenever you need it")


def when_icon(rhythm: str) -> str:
    """The drawing beside it."""
    return {"weekly": "repeat", "dates": "calendar"}.get(rhythm, "clock")


def hours_of(one: PostDate) -> str:
    """One date with its hours: `giovedì 26 novembre, 16:30–18:00`."""
    return f"{day_time(one.starts_at)}–{time(one.ends_at)}" if one.ends_at else day_time(one.starts_at)


def line_of(post: Post) -> str:
    """How a post of one's own stands, in a line."""
    if post.state == "draft":
        return _("Not published yet")
    if post.state == "open" and post.expires_on is not None:
        return _("Until %(day)s", day=day(post.expires_on))
    return str(CLOSING_WORDS.get(post.closing) or STATE_WORDS[post.state])


def for_how_many(post: Post) -> str:
    """For one, for several, or always open."""
    if post.always:
        return _("It stays open: it can be answered more than once.")
    return ngettext("For one person or family", "For up to %(num)s", post.places)


def quantity(thousandths: int) -> str:
    """`2,5` for 2500."""
    return format_decimal(thousandths / 1000, locale=get_locale())


def with_us_since(moment: datetime) -> str:
    """Since when somebody takes part."""
    return _("With us since %(month)s", month=month(moment))


def _dates(card: Any) -> str:
    if card.next_date is None:
        return _("The dates have passed")
    first = day_time(card.next_date)
    if card.dates < 2:
        return first
    return ngettext(
        "%(first)s, and %(num)s more date", "%(first)s, and %(num)s more dates", card.dates - 1, first=first
    )


def set_up(app: Flask) -> None:
    """Give the templates their filters."""
    for words in (when, when_icon, hours_of, quantity, with_us_since):
        app.jinja_env.filters[words.__name__] = words
