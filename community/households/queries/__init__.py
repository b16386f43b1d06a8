"""Reading households: whom they look after, and what they are about to change."""

from community.households.queries.changes import (
    change_for,
    changes_of,
    hours_of,
    is_awaited,
    number_to_decide,
    to_decide,
)
from community.households.queries.people import dependants_of

__all__ = [
    "change_for",
    "changes_of",
    "dependants_of",
    "hours_of",
    "is_awaited",
    "number_to_decide",
    "to_decide",
]
