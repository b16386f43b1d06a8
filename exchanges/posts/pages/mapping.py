"""The map of the zones: how much each offers and needs, drawn, and the same numbers in a table."""

import math
from dataclasses import dataclass, replace

from community.communities.queries import Catalogue, catalogue_of
from community.zones.rules import drawn
from exchanges.posts.pages.asking import address, asked_for
from exchanges.posts.pages.blueprint import posts
from exchanges.posts.queries import Filters
from exchanges.posts.queries.choices import Counts, counts
from foundation.web import Answer, actor, community, page, public, reading

WIDTH, HEIGHT, MARGIN = 360, 330, 46
SMALLEST, LARGEST = 12.0, 30.0
LONGEST_LABEL = 20


@dataclass(frozen=True)
class Circle:
    """A zone on the drawing; `anchor` keeps its name inside."""

    zone_id: int
    name: str
    label: str
    x: int
    y: int
    radius: int
    needs: int
    offers: int
    url: str
    anchor: str
    is_mine: bool

    @property
    def posts(self) -> int:
        return self.needs + self.offers


@posts.get("/board/map")
@public
def zone_map() -> Answer:
    catalogue = catalogue_of(reading(), community())
    asked = asked_for(catalogue)
    filters = replace(asked.filters, zone_id=None)
    counted = counts(reading(), actor(), filters.asked_by(actor()), filters.question)
    circles = circles_of(catalogue, filters, counted)
    spots = {one.zone_id: one for one in circles}
    beside = [
        (spots[zone], spots[other])
        for zone in spots
        for other in catalogue.beside.get(zone, ())
        if zone < other and other in spots
    ]
    return page(
        "exchanges/posts/map.html",
        circles=circles,
        beside=beside,
        width=WIDTH,
        height=HEIGHT,
        filters=filters,
        gone=asked.gone,
        is_counted=counted.whole,
        board_url=address(filters),
    )


def circles_of(catalogue: Catalogue, filters: Filters, counted: Counts) -> list[Circle]:
    """The zones in use, each where it lies and as large as what it has."""
    zones = catalogue.zones
    spots = drawn(
        tuple((zone.id or 0, zone.map_x, zone.map_y) for zone in zones),
        frozenset((one, other) for one, others in catalogue.beside.items() for other in others if one < other),
    )
    asked = counted.filters
    numbers = {
        zone.id: [counted.with_filters(replace(asked, zone_id=zone.id, kind=kind)) for kind in ("need", "offer")]
        for zone in zones
    }
    if filters.kind:
        unasked = 1 if filters.kind == "need" else 0
        for both in numbers.values():
            both[unasked] = 0
    most = max((sum(both) for both in numbers.values()), default=0)
    found = []
    for zone in zones:
        x, y = spots[zone.id or 0]
        needs, offers = numbers[zone.id]
        size = math.sqrt((needs + offers) / most) if most else 0
        found.append(
            Circle(
                zone_id=zone.id or 0,
                name=zone.name,
                label=zone.name if len(zone.name) <= LONGEST_LABEL else f"{zone.name[: LONGEST_LABEL - 1]}…",
                x=round(MARGIN + x * (WIDTH - 2 * MARGIN) / 100),
                y=round(LARGEST + 4 + y * (HEIGHT - 2 * LARGEST - 24) / 100),
                radius=round(SMALLEST + (LARGEST - SMALLEST) * size),
                needs=needs,
                offers=offers,
                url=address(replace(filters, zone_id=zone.id)),
                anchor="start" if x < 20 else "end" if x > 80 else "middle",
                is_mine=zone.id == actor().zone_id,
            )
        )
    return found
