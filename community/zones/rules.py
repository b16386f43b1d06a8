"""What a zone may be called, how its name becomes part of an address, and where it stands on the drawing."""

import math
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from foundation.errors import N_, Invalid

LONGEST_NAME = 120
LONGEST_SLUG = 60
MAP_EDGE = 100
"""The drawing of the zones is a square of this side."""


def slug_from(name: str, longest: int = LONGEST_SLUG, *, instead: str = "") -> str:
    """`Po e Oglio` becomes `po-e-oglio`. Where nothing is left to write in an address, of a name in letters of another
    script, it is `instead`; raises Invalid where that is empty.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:longest].strip("-") or instead
    if not slug:
        raise Invalid(N_("Write a name with some letters or figures in it."), field="name")
    return slug


def checked_name(name: str) -> str:
    """The name without stray spaces. Raises Invalid when it is empty or too long."""
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > LONGEST_NAME:
        raise Invalid(N_("Write a name of up to %(longest)s letters."), field="name", longest=LONGEST_NAME)
    return tidy


def check_place(x: int | None, y: int | None) -> None:
    """Raises Invalid for a place outside the drawing, or half a place."""
    for name, value, other in (("map_x", x, y), ("map_y", y, x)):
        if value is None and other is not None:
            raise Invalid(N_("Say both, or leave both empty."), field=name)
        if value is not None and not 0 <= value <= MAP_EDGE:
            raise Invalid(N_("Write a number from 0 to %(most)s."), field=name, most=MAP_EDGE)


Spot = tuple[float, float]
TURNS = 120
NEAR = 28.0
"""How far apart two zones that touch are drawn, where nobody said where they lie."""


@lru_cache(maxsize=64)
def drawn(
    zones: tuple[tuple[int, int | None, int | None], ...], pairs: frozenset[tuple[int, int]]
) -> Mapping[int, Spot]:
    """Where each zone stands on a square of 100 by 100: (id, x, y) as they were said, and `pairs` that touch.

    Zones without a place are drawn by who is beside whom: those that touch come near each other, all keep a distance.
    The same zones are always drawn the same.
    """
    fixed = {zone_id: (float(x), float(y)) for zone_id, x, y in zones if x is not None and y is not None}
    free = [zone_id for zone_id, _x, _y in zones if zone_id not in fixed]
    spots = dict(fixed)
    for number, zone_id in enumerate(free):
        angle = 2 * math.pi * number / len(free) - math.pi / 2
        spots[zone_id] = (50 + 35 * math.cos(angle), 50 + 35 * math.sin(angle))
    for turn in range(TURNS if free else 0):
        step = 6.0 * (1 - turn / TURNS)
        moves = {zone_id: _pull(zone_id, spots, pairs) for zone_id in free}
        for zone_id, (x, y) in moves.items():
            length = max(math.hypot(x, y), 1e-9)
            by = min(length, step) / length
            spots[zone_id] = (spots[zone_id][0] + x * by, spots[zone_id][1] + y * by)
    return {
        zone_id: (min(max(x, 0), MAP_EDGE), min(max(y, 0), MAP_EDGE))
        for zone_id, (x, y) in _fitted(spots, fixed).items()
    }


def _pull(zone_id: int, spots: Mapping[int, Spot], pairs: frozenset[tuple[int, int]]) -> Spot:
    """Which way a zone is drawn: towards those it touches, away from all others."""
    here, pull_x, pull_y = spots[zone_id], 0.0, 0.0
    for other, spot in spots.items():
        if other == zone_id:
            continue
        x, y = spot[0] - here[0], spot[1] - here[1]
        far = max(math.hypot(x, y), 0.1)
        touches = (min(zone_id, other), max(zone_id, other)) in pairs
        force = (far - NEAR) / 4 if touches else 0.0
        force -= NEAR * NEAR / (far * 4)
        pull_x, pull_y = pull_x + force * x / far, pull_y + force * y / far
    return pull_x, pull_y


def _fitted(spots: dict[int, Spot], fixed: Mapping[int, Spot]) -> dict[int, Spot]:
    """Spread over the whole drawing, where nobody said a place."""
    if fixed or len(spots) < 2:
        return spots if fixed else dict.fromkeys(spots, (50.0, 50.0))
    wide = max(
        max(spot[axis] for spot in spots.values()) - min(spot[axis] for spot in spots.values()) for axis in (0, 1)
    )
    middle = [sum(spot[axis] for spot in spots.values()) / len(spots) for axis in (0, 1)]
    scale = 80 / max(wide, 1e-9)
    return {zone_id: (50 + (x - middle[0]) * scale, 50 + (y - middle[1]) * scale) for zone_id, (x, y) in spots.items()}
