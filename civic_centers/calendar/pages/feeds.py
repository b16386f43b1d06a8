"""The public feeds: all that takes place, in one center, for one age; and what is new, as RSS.

Calendars ask again and again. By one small question it is known whether anything changed; only then a feed is put
together.
"""

from datetime import datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from flask import url_for
from flask_babel import gettext as _

from civic_centers.calendar.pages.asking import Asked
from civic_centers.calendar.pages.blueprint import calendar
from civic_centers.calendar.pages.entries import public_entry
from civic_centers.calendar.pages.words import age_words, kind_words
from civic_centers.calendar.policies import SUBSCRIBE
from civic_centers.calendar.queries import Scope, feed_of, newest_activities, newest_state, state_of
from civic_centers.calendar.rules import AGES, feed_span
from civic_centers.centers.queries import center_called
from foundation import clock
from foundation.calendar import Feed
from foundation.errors import Missing
from foundation.web import Answer, actor, community, page, public, reading, time_zone
from foundation.web.calendars import PUBLIC, Stamp, feed_answer, marked, unchanged


@calendar.get("/calendar.ics")
@public
def feed() -> Answer:
    return _feed(_("%(community)s: calendar", community=community().name))


@calendar.get("/centers/<center_slug>/calendar.ics")
@public
def feed_of_center(center_slug: str) -> Answer:
    center = center_called(reading(), actor(), center_slug)
    return _feed(center.name, center_id=center.id)


@calendar.get("/calendar/ages/<age>.ics")
@public
def feed_for_age(age: str) -> Answer:
    if age not in AGES:
        raise Missing()
    return _feed(f"{community().name}: {age_words(age)}", age=age)


def _feed(name: str, **scope: Any) -> Answer:
    since, until = feed_span(time_zone())
    asked = Scope(community().id, since, until, **scope)
    state = state_of(reading(), asked)
    # What is told today, and what was told yesterday, differ by a day at each end.
    stamp = Stamp((name, time_zone(), *state.counted), max(state.changed_at, moment_of_day()))
    known = unchanged(stamp, PUBLIC)
    if known is not None:
        return known
    zone = time_zone()
    address = _addresses_of_dates()
    entries = [public_entry(one, zone, address(one.activity_id, one.session_id)) for one in feed_of(reading(), asked)]
    return feed_answer(entries, Feed(name, zone, since), stamp, PUBLIC)


def _addresses_of_dates() -> Any:
    """The addresses of many dates: one is worked out, and the others are written after it."""
    one = url_for("activities.show_session", activity_id=1, session_id=1, _external=True)
    before = one.removesuffix("/activities/1/sessions/1")
    return lambda activity_id, session_id: f"{before}/activities/{activity_id}/sessions/{session_id}"


@calendar.get("/calendar/new.rss")
@public
def news() -> Answer:
    """What was begun last, for readers of feeds."""
    found = newest_activities(reading(), actor())
    state = newest_state(found)
    stamp = Stamp((community().name, *state.counted), state.changed_at)
    known = unchanged(stamp, PUBLIC)
    if known is not None:
        return known
    answer = page(
        "civic_centers/calendar/new.xml",
        found=found,
        kind_words=kind_words,
        built=format_datetime(state.changed_at),
        rfc=format_datetime,
        here=url_for(".news", _external=True),
    )
    answer.headers["Content-Type"] = "application/rss+xml; charset=utf-8"
    return marked(answer, stamp, PUBLIC)


def addresses_for(asked: Asked) -> dict[str, Any]:
    """Where what a page shows can be subscribed to."""
    filters = asked.filters
    slug = asked.slugs.get(filters.center_id or 0)
    lines = [(_("All the centers"), url_for("calendar.feed", _external=True))]
    if slug:
        lines = [(_("This center"), url_for("calendar.feed_of_center", center_slug=slug, _external=True))]
    elif filters.age:
        address = url_for("calendar.feed_for_age", age=filters.age, _external=True)
        lines.insert(0, (age_words(filters.age), address))
    return {
        "lines": [(words, address, opening(address)) for words, address in lines],
        "rss": url_for("calendar.news"),
        "mine": url_for("calendar.mine") if actor().may(SUBSCRIBE) and not actor().is_on_behalf else "",
    }


def opening(address: str) -> str:
    """The address by which a phone opens its own calendar and subscribes."""
    return f"webcal:{address.removeprefix(urlsplit(address).scheme + ':')}"


def moment_of_day() -> datetime:
    """The first moment of today: as of when calendars are told."""
    return clock.start_of_day(clock.today(time_zone()), time_zone())
