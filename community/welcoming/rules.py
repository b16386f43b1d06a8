"""Who is new, and the first steps of a newcomer and of the maker who welcomes them."""

from dataclasses import dataclass
from datetime import timedelta

NEW_FOR = timedelta(days=90)
"""How long somebody is a newcomer."""
WELCOME_WITHIN = timedelta(days=30)
"""So long makers are reminded of a newcomer whose welcome lacks a step; then it is put away by itself."""

MAKER_STEPS = ("called", "met", "explained")
PUT_AWAY = "put_away"


@dataclass(frozen=True)
class FirstStep:
    """One thing to do for who is new, and whether it is done; features give theirs by the hook `first_steps`."""

    title: str
    url: str
    icon: str
    done: bool
