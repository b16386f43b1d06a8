"""What a zone may be called, and how its name becomes part of an address."""

import re
import unicodedata

from foundation.errors import N_, Invalid

LONGEST_NAME = 120
LONGEST_SLUG = 60
MAP_EDGE = 100
"""The drawing of the zones is a square of this side."""


def slug_from(name: str, longest: int = LONGEST_SLUG) -> str:
    """`Po e Oglio` becomes `po-e-oglio`. Raises Invalid when nothing is left to write in an address."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:longest].strip("-")
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
