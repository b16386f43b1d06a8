"""What of a change is kept."""

from collections.abc import Mapping
from typing import Any

KINDS = (
    "page",
    "rules",
    "zone",
    "question",
    "category",
    "requirement",
    "lead",
    "desk",
    "resting",
    "broadcasts",
    "privacy",
    "keeping",
)
PERSONAL = frozenset({"contact_name", "contact_phone", "contact_email", "officer", "email"})
"""Of these only that they changed is kept: they are somebody's name and number."""
UNTOLD = "…"


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Only what became different, before and after; what is somebody's own without its content."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return (
        {name: UNTOLD if name in PERSONAL else before.get(name) for name in names},
        {name: UNTOLD if name in PERSONAL else after.get(name) for name in names},
    )
