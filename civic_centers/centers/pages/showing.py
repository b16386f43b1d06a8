"""What everybody sees of centers: the list with its map, the page of one, and its poster."""

import math
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from civic_centers.centers.pages.blueprint import centers
from civic_centers.centers.pages.words import saying
from civic_centers.centers.policies import OPEN, may_keep
from civic_centers.centers.queries import (
    Card,
    cards_of,
    center_called,
    centers_of,
    closed_centers,
    host_of,
    keepers_of,
    photos_of,
    special_days_of,
    standing,
    timetable_of,
)
from civic_centers.centers.rules import Day, Timetable, day_of, holidays_of
from civic_centers.centers.tables import Center, SpecialDay
from community.communities.queries import Catalogue, catalogue_of
from community.zones.rules import drawn
from foundation import clock
from foundation.feature import registry
from foundation.web import Answer, actor, community, page, public, reading
from foundation.web.pictures import picture_url, picture_widths
from foundation.web.qr import qr_drawing

WIDTH, HEIGHT, MARGIN, RADIUS = 360, 300, 46, 14
LONGEST_LABEL = 20
HOLIDAYS_AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class Spot:
    """A zone on the drawing, with how many centers it has."""

    name: str
    label: str
    x: int
    y: int
    radius: int
    number: int
    anchor: str
    url: str


@centers.get("/")
@public
def listing() -> Answer:
    found = centers_of(reading(), actor())
    catalogue = catalogue_of(reading(), community())
    return page(
        "civic_centers/centers/list.html",
        cards=cards_of(reading(), found, community().time_zone),
        closed=closed_centers(reading(), actor()),
        zones=catalogue.zone_names,
        spots=spots_of(catalogue, found) if len({center.zone_id for center in found}) > 1 else [],
        width=WIDTH,
        height=HEIGHT,
        may_open=actor().may(OPEN) and not actor().is_on_behalf,
        **saying(),
    )


@centers.get("/<center_slug>")
@public
def show(center_slug: str) -> Answer:
    center = center_called(reading(), actor(), center_slug)
    table = timetable_of(reading(), center)
    known = about(center, table)
    return page(
        "civic_centers/centers/show.html",
        keeps=may_keep(reading(), actor(), center.id or 0),
        photos=photos_of(reading(), center.id or 0),
        host=host_of(reading(), center),
        keepers=[person for _row, person in keepers_of(reading(), center.id or 0, named=True)],
        sections=sections_of(center),
        picture_url=picture_url,
        picture_widths=picture_widths,
        share_url=url_for(".show", center_slug=center_slug, _external=True),
        later=_later(known["special_days"], known["holidays"], known["week"][-1].on),
        **known,
        **saying(),
    )


@centers.get("/<center_slug>/poster")
@public
def poster(center_slug: str) -> Answer:
    """To be hung at the door: what it is, when it is open, and the way to its page."""
    center = center_called(reading(), actor(), center_slug)
    address = url_for(".show", center_slug=center_slug, _external=True)
    return page(
        "civic_centers/centers/poster.html",
        address=address,
        drawing=qr_drawing(address, _("QR code of the center’s page")),
        community=community(),
        **about(center, timetable_of(reading(), center)),
        **saying(),
    )


def about(center: Center, table: Timetable) -> dict[str, Any]:
    """A center with its hours, its days to come, and how it stands now."""
    today = clock.today(table.time_zone)
    return {
        "center": center,
        "table": table,
        "zone": catalogue_of(reading(), community()).zone_names.get(center.zone_id, ""),
        "card": Card(center, standing(table, clock.now())),
        "today": today,
        "week": [day_of(table, today + timedelta(days=number)) for number in range(7)],
        "special_days": special_days_of(reading(), center.id or 0, today),
        "holidays": _holidays(table, today),
    }


def sections_of(center: Center) -> list[dict[str, Any]]:
    """What features add to the page of a center: each a dict with its `template` and what that needs."""
    found = (hook(reading(), actor(), center) for hook in registry.hooks("center_sections"))
    return [section for section in found if section]


def spots_of(catalogue: Catalogue, found: list[Center]) -> list[Spot]:
    """The zones that have a center, where they lie on the drawing."""
    numbers = Counter(center.zone_id for center in found)
    first = {center.zone_id: center.slug for center in reversed(found)}
    places = drawn(
        tuple((zone.id or 0, zone.map_x, zone.map_y) for zone in catalogue.zones),
        frozenset((one, other) for one, others in catalogue.beside.items() for other in others if one < other),
    )
    spots = []
    for zone in catalogue.zones:
        if zone.id is None or not numbers[zone.id]:
            continue
        x, y = places[zone.id]
        spots.append(
            Spot(
                name=zone.name,
                label=zone.name if len(zone.name) <= LONGEST_LABEL else f"{zone.name[: LONGEST_LABEL - 1]}…",
                x=round(MARGIN + x * (WIDTH - 2 * MARGIN) / 100),
                y=round(RADIUS + 10 + y * (HEIGHT - 2 * RADIUS - 40) / 100),
                radius=round(RADIUS * math.sqrt(min(numbers[zone.id], 4))),
                number=numbers[zone.id],
                anchor="start" if x < 20 else "end" if x > 80 else "middle",
                url=f"#{first[zone.id]}",
            )
        )
    return spots


def _holidays(table: Timetable, today: date) -> list[Day]:
    """The holidays of the next two months, with how the center is then."""
    last = today + HOLIDAYS_AHEAD
    known = holidays_of(table.province, table.patron, {today.year, last.year})
    return [day_of(table, day) for day in sorted(known) if today <= day <= last]


def _later(specials: list[SpecialDay], holidays: list[Day], after: date) -> list[tuple[Day | None, SpecialDay | None]]:
    """What is different after a day, in the order of the days; a holiday inside other special days is one of them."""
    said: list[tuple[date, Day | None, SpecialDay | None]] = [
        (one.first_on, None, one) for one in specials if one.last_on > after
    ]
    said += [(day.on, day, None) for day in holidays if day.on > after and not day.special]
    return [(day, one) for _on, day, one in sorted(said, key=lambda line: line[0])]
