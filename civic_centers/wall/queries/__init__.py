"""What hangs on the wall: read, found, and told of when it is ripe."""

from civic_centers.wall.queries.finding import FOUND, among, entries_after, entries_of, found_by
from civic_centers.wall.queries.needs import (
    A_FEW,
    KIND,
    Need,
    NeedView,
    becomings,
    is_read_first,
    need_visible_to,
    needs_of,
    number_open_of,
    open_needs,
    own_needs,
    people_behind,
    view_of,
    waiting_of,
    wall_of,
)
from civic_centers.wall.queries.ripe import RIPE, number_for_keepers, ripe_for

__all__ = [
    "A_FEW",
    "FOUND",
    "KIND",
    "RIPE",
    "Need",
    "NeedView",
    "among",
    "becomings",
    "entries_after",
    "entries_of",
    "found_by",
    "is_read_first",
    "need_visible_to",
    "needs_of",
    "number_for_keepers",
    "number_open_of",
    "open_needs",
    "own_needs",
    "people_behind",
    "ripe_for",
    "view_of",
    "waiting_of",
    "wall_of",
]
