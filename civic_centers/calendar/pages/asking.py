"""What the address of a calendar asks for, and the addresses of calendars: all of it can be shared."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import request, url_for

from civic_centers.activities.rules import KINDS
from civic_centers.calendar.queries import Filters
from civic_centers.calendar.rules import AGES, LIST, VIEWS, sane_day
from civic_centers.centers.tables import Center
from foundation import clock
from foundation.web import time_zone
from foundation.web.asked import row_number

NAMES = ("center", "kind", "age", "zone", "free")


@dataclass(frozen=True)
class Asked:
    """A calendar: which view, around which day, with what in it. `center` is set on the page of one center."""

    view: str
    day: date
    filters: Filters
    slugs: dict[int, str]
    """Of the centers that can be chosen, by their ids."""
    center: Center | None = None

    def address(self, **changed: Any) -> str:
        """The address of this calendar with something changed: `view`, `day`, `after`, `before`, or a filter."""
        filters = replace(self.filters, **{name: changed.pop(name) for name in list(changed) if name in _FIELDS})
        values: dict[str, Any] = {
            "kind": filters.kind or None,
            "age": filters.age or None,
            "zone": filters.zone_id,
            "free": 1 if filters.free else None,
        }
        view, day = changed.pop("view", self.view), changed.pop("day", self.day)
        values["view"] = None if view == LIST else view
        values["day"] = None if day is None or day == clock.today(time_zone()) else day.isoformat()
        values |= changed
        if self.center is not None:
            return url_for("calendar.of_center", center_slug=self.center.slug, **values)
        return url_for("calendar.show", center=self.slugs.get(filters.center_id or 0), **values)


_FIELDS = ("center_id", "kind", "age", "zone_id", "free")


def asked_for(centers: list[Center], zone_ids: Collection[int | None], center: Center | None = None) -> Asked:
    """What the address says, without what nobody knows."""
    said = request.args
    by_slug = {one.slug: one.id for one in centers}
    zone_id = said.get("zone", 0, type=row_number)
    filters = Filters(
        center_id=center.id if center is not None else by_slug.get(said.get("center", "")),
        kind=said["kind"] if said.get("kind") in KINDS else "",
        age=said["age"] if said.get("age") in AGES else "",
        zone_id=zone_id if center is None and zone_id in zone_ids else None,
        free=said.get("free") == "1",
    )
    view = said["view"] if said.get("view") in VIEWS else LIST
    day = sane_day(said.get("day", "")) or clock.today(time_zone())
    return Asked(view, day, filters, {one.id or 0: one.slug for one in centers}, center)


def says_too_much() -> bool:
    """Whether the address names what it leaves empty, as a form without a script sends it."""
    return any(not request.args[name] for name in (*NAMES, "view", "day") if name in request.args)
