"""What a saved search may be called, when its letter comes, and whether a post answers it."""

from collections.abc import Mapping

from exchanges.posts.queries.filters import filters_of
from foundation.errors import N_, Invalid
from foundation.search.closeness import Text

LONGEST_NAME = 80
MOST_KEPT = 20
ALERTS = ("none", "at_once", "daily")
MOST_AT_ONCE = 5
"""So many letters at once in a day to one person; what comes up after them waits for the morning."""
MORNING = 7
"""The hour, where the community is, after which the daily letter leaves."""


def checked_name(name: str) -> str:
    """The name without stray spaces. Raises Invalid when it is empty or too long."""
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > LONGEST_NAME:
        raise Invalid(N_("Write a name of up to %(longest)s letters."), field="name", longest=LONGEST_NAME)
    return tidy


def check_alert(alert: str) -> None:
    """Raises Invalid for a way of being told that there is not."""
    if alert not in ALERTS:
        raise Invalid(N_("Choose whether and when we write to you."), field="alert")


def is_answered(said: Mapping[str, str], marks: str, text: Text) -> bool:
    """Whether a post with these marks, each between spaces, and these words is what a saved search asks for."""
    filters = filters_of(said)
    has_all = all(any(f" {mark} " in marks for mark in group) for group in filters.groups())
    return has_all and text.answers(filters.question)
