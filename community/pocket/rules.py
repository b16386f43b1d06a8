"""What opens on a telephone without a connection: one's own agenda, agreements, contacts in force and card.

Never more than a person would write into a paper diary: nothing that answers a confidential need, nothing in dispute,
nobody who is looked after by name, nothing of pages with the quick way out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

MOST = 30
"""Of each kind: what comes next is what is looked up on the way."""


@dataclass(frozen=True)
class Meeting:
    """What is in the agenda: when, what, with whom, and where if it was said."""

    at: datetime
    title: str
    other: str
    place: str = ""


@dataclass(frozen=True)
class Step:
    """What can be said about something agreed where there is no connection: a form, as its own page has it."""

    endpoint: str
    values: Mapping[str, Any]
    words: str
    """Of its button."""
    what: str
    """What it is, among what waits."""
    fields: tuple[tuple[str, str], ...] = ()
    asks: str = ""
    """The name of the words that can be written with it, if any; `label` is what is asked."""
    label: str = ""
    must: bool = False
    once: bool = True
    """One answer stands for all of these; words can follow each other."""
    kind: str = "quiet"


@dataclass(frozen=True)
class Deal:
    """Something agreed, or to be answered or confirmed."""

    title: str
    other: str
    state: str
    my_turn: bool
    minutes: int = 0
    """0 for a gift."""
    at: datetime | None = None
    endpoint: str = ""
    """Of its own page, where words that were refused are changed; `values` are its numbers."""
    values: Mapping[str, Any] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Reach:
    """How to reach somebody about something agreed; `until` is the last day, where it has one."""

    name: str
    about: str
    phone: str
    email: str = ""
    address: str = ""
    until: date | None = None


@dataclass(frozen=True)
class Pocket:
    """What one feature gives under the hook `pocket`, and all of them together."""

    meetings: tuple[Meeting, ...] = ()
    deals: tuple[Deal, ...] = ()
    contacts: tuple[Reach, ...] = ()


def together(given: Iterable[Pocket]) -> Pocket:
    """All that was given, the soonest meeting first, what waits for one's own word before the rest."""
    found = list(given)
    return Pocket(
        meetings=tuple(sorted((one for each in found for one in each.meetings), key=lambda one: one.at)[:MOST]),
        deals=tuple(sorted((one for each in found for one in each.deals), key=lambda one: not one.my_turn)[:MOST]),
        contacts=tuple(one for each in found for one in each.contacts)[:MOST],
    )
