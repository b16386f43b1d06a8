"""The calendar of a community, and that of one center: a list, a week, a month."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from flask import request
from flask_babel import gettext as _

from civic_centers.activities.rules import KINDS
from civic_centers.calendar.pages.asking import Asked, asked_for, says_too_much
from civic_centers.calendar.pages.blueprint import calendar
from civic_centers.calendar.pages.feeds import addresses_for
from civic_centers.calendar.pages.words import age_words, kind_words, saying
from civic_centers.calendar.queries import (
    Cell,
    Line,
    Stretch,
    days_with_lines,
    lines_after,
    lines_before,
    month_cells,
)
from civic_centers.calendar.rules import (
    A_WEEK,
    AGES,
    LIST,
    MONTH,
    VIEWS,
    WEEK,
    month_before,
    month_of,
    next_month,
    week_of,
)
from civic_centers.centers.queries import center_called, centers_of
from civic_centers.centers.tables import Center
from community.communities.queries import catalogue_of
from foundation import clock
from foundation.web import Answer, actor, community, htmx, page, public, reading, time_zone


@dataclass(frozen=True)
class Choice:
    """One value of a filter."""

    value: str
    words: str
    chosen: bool


@calendar.get("/calendar/")
@public
def show() -> Answer:
    return _calendar(None)


@calendar.get("/centers/<center_slug>/calendar")
@public
def of_center(center_slug: str) -> Answer:
    """What takes place in one center."""
    return _calendar(center_called(reading(), actor(), center_slug))


def _calendar(center: Center | None) -> Answer:
    centers = [center] if center is not None else sorted(centers_of(reading(), actor()), key=lambda one: one.name)
    catalogue = catalogue_of(reading(), community())
    asked = asked_for(centers, catalogue.zone_names, center)
    if says_too_much() and not htmx.asked():
        return htmx.redirect_to(asked.address())
    today = clock.today(time_zone())
    answer = page(
        "civic_centers/calendar/show.html",
        part="civic_centers/calendar/_calendar.html",
        center=center,
        view=asked.view,
        day=asked.day,
        today=today,
        filtered=replace(asked.filters, center_id=None if center else asked.filters.center_id).are_set,
        views=[(view, asked.address(view=view)) for view in VIEWS],
        choices=_choices(asked, centers, catalogue.zone_names),
        free=asked.filters.free,
        zones=catalogue.zone_names if center is None and len(catalogue.zone_names) > 1 else {},
        everything_url=asked.address(center_id=asked.filters.center_id if center else None, **_NOTHING),
        today_url=asked.address(day=today),
        feeds=addresses_for(asked),
        **_view(asked),
        **saying(),
    )
    return htmx.show_address(answer, asked.address(**_place()))


_NOTHING: dict[str, Any] = {"kind": "", "age": "", "zone_id": None, "free": False}


def _view(asked: Asked) -> dict[str, Any]:
    """What a view shows, and the addresses before and after it."""
    if asked.view == WEEK:
        span = week_of(asked.day)
        before, after = span.first - A_WEEK, span.end
        days = days_with_lines(reading(), actor(), asked.filters, span, time_zone())
        return {"days": days, **_around(asked, before, after), **_day_urls(asked, days)}
    if asked.view == MONTH:
        before, after = month_before(asked.day), next_month(asked.day)
        weeks = month_cells(reading(), actor(), asked.filters, month_of(asked.day), time_zone())
        return {
            "weeks": weeks,
            **_around(asked, before, after),
            **_day_urls(asked, [cell for week in weeks for cell in week]),
        }
    return _list(asked)


def _around(asked: Asked, before: Any, after: Any) -> dict[str, Any]:
    return {"before_url": asked.address(day=before), "after_url": asked.address(day=after)}


def _day_urls(asked: Asked, cells: list[Cell]) -> dict[str, Any]:
    """Where each day is read in full."""
    one = asked.address(view=LIST, day=date.max)
    return {"day_urls": {cell.day: one.replace(date.max.isoformat(), cell.day.isoformat()) for cell in cells}}


def _list(asked: Asked) -> dict[str, Any]:
    """A page of the list: from a day on, or after or before one of its lines."""
    begins = clock.start_of_day(asked.day, time_zone())
    place = _place()
    if "before" in place:
        found = lines_before(reading(), actor(), asked.filters, place["before"])
        earlier, later = found.more, bool(found.lines)
    else:
        found = lines_after(reading(), actor(), asked.filters, begins, place.get("after", ""))
        later = found.more
        first: str | datetime = found.lines[0].cursor if found.lines else begins
        earlier = bool(lines_before(reading(), actor(), asked.filters, first, limit=1).lines)
    return {
        "groups": _by_day(found),
        "before_url": _earlier(asked, found, begins) if earlier else "",
        "after_url": asked.address(after=found.lines[-1].cursor) if later else "",
    }


def _earlier(asked: Asked, found: Stretch, begins: datetime) -> str:
    before = found.lines[0].cursor if found.lines else f"{begins.timestamp():.6f}_0"
    return asked.address(before=before)


def _place() -> dict[str, str]:
    """Where in the list the address stands."""
    for name in ("before", "after"):
        if request.args.get(name):
            return {name: request.args[name][:60]}
    return {}


def _by_day(found: Stretch) -> list[tuple[Any, list[Line]]]:
    groups: list[tuple[Any, list[Line]]] = []
    for line in found.lines:
        day = clock.local(line.starts_at, time_zone()).date()
        if not groups or groups[-1][0] != day:
            groups.append((day, []))
        groups[-1][1].append(line)
    return groups


def _choices(asked: Asked, centers: list[Center], zones: Mapping[int | None, str]) -> dict[str, list[Choice]]:
    """What can be chosen in each filter."""

    def some(named: dict[str, str], chosen: str) -> list[Choice]:
        return [Choice(value, words, value == chosen) for value, words in named.items()]

    filters = asked.filters
    slug = asked.slugs.get(filters.center_id or 0, "")
    many_centers = asked.center is None and len(centers) > 1
    many_zones = asked.center is None and len(zones) > 1
    places = {"": _("In all the centers"), **{one.slug: one.name for one in centers}}
    areas = {"": _("In all the zones"), **{str(number): name for number, name in zones.items()}}
    return {
        "kind": some({"": _("Of any kind"), **{kind: kind_words(kind) for kind in KINDS}}, filters.kind),
        "age": some({"": _("For any age"), **{age: age_words(age) for age in AGES}}, filters.age),
        "center": some(places, slug) if many_centers else [],
        "zone": some(areas, str(filters.zone_id or "")) if many_zones else [],
    }
