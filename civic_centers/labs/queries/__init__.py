"""Labs as everybody sees them, what is inside of them, and what waits for whom."""

from civic_centers.labs.queries.finding import FOUND, among, entries_after, entries_of, found_by
from civic_centers.labs.queries.inside import (
    People,
    goals_of,
    members_of,
    next_dates,
    number_of_parts,
    organisations_named,
    people_of_lab,
    photo_of,
    tasks_of,
)
from civic_centers.labs.queries.lists import labs_at, labs_of, my_labs, public_labs
from civic_centers.labs.queries.single import (
    lab_called,
    lab_to_run,
    lab_visible_to,
    membership_in,
    must_be_inside,
    must_be_member,
)

__all__ = [
    "FOUND",
    "People",
    "among",
    "entries_after",
    "entries_of",
    "found_by",
    "goals_of",
    "lab_called",
    "lab_to_run",
    "lab_visible_to",
    "labs_at",
    "labs_of",
    "members_of",
    "membership_in",
    "must_be_inside",
    "must_be_member",
    "my_labs",
    "next_dates",
    "number_of_parts",
    "organisations_named",
    "people_of_lab",
    "photo_of",
    "public_labs",
    "tasks_of",
]
