"""What a conversation is to who reads it, and how many new ones are begun in a day. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from community.parties.tables import Party
from foundation.database import fold
from foundation.errors import N_, Invalid

A_DAY = timedelta(days=1)
NEW_FOR = timedelta(days=7)
"""So long somebody is new, and writes to few people they do not know."""
MOST_WHEN_NEW = 3
MOST_A_DAY = 20
"""So many people somebody begins to write to in a day."""
REMIND_AFTER, REMIND_UNTIL = timedelta(days=3), timedelta(days=7)
"""After so long somebody is reminded, once, of words that wait; after so long no more."""
PAGE = 30


@dataclass(frozen=True)
class Talk:
    """What a conversation is about, for a list: where it leads, how it stands, whether it waits for my word."""

    title: str
    state: str
    endpoint: str
    values: Mapping[str, object]
    other: Party | None
    my_turn: bool = False
    status: str = ""
    """How it stands, as a sentence of the catalogue; empty where there is nothing to say."""
    person: str = ""
    """The name of the one person it is with, where it is with one and not with a party."""
    photo_id: int | None = None
    to_makers: bool = False
    """Whether it is with the makers, who speak as one."""

    @property
    def name(self) -> str:
        """With whom it is."""
        return self.person or (self.other.name if self.other else "")


@dataclass(frozen=True)
class Standing:
    """How an actor stands to a thread that they may read: the owner of the thread says it by a hook.

    `write(session, actor, words, photos, seen)` adds a message and tells the others.
    """

    thread_id: int
    title: str
    endpoint: str
    values: Mapping[str, object]
    kind: str
    object_id: int
    write: Callable[..., int]
    may_write: bool
    inside: bool = True
    """False for a maker who only reads along."""
    apart: bool = False
    """Whether a block stands between the two: then nothing passes any more, and neither is told who."""
    sides: tuple[int, ...] = ()
    """The parties that take part."""
    mine: int | None = None
    """The one of them for which the actor writes."""
    people: tuple[int, ...] = ()
    """The persons who take part, where it belongs to persons and not to parties."""
    until: date | None = None
    """The last day on which something can be written."""
    direct: bool = False
    about: tuple[str, Mapping[str, object]] | None = None
    """Where what it is about is read, for a conversation that has a page of its own."""
    door: str = ""
    """The blueprint whose routes serve it, with `values`; empty for the common ones, which only members may ask."""
    to_makers: bool = False
    """Whether the actor speaks with the makers: they speak as one, and no name of theirs is told."""
    called: str = ""
    """The one it is written to, where the parties that take part do not say it."""
    unsaid: tuple[str, ...] = ()
    """Names that must not be written here."""


def most_new(joined_at: datetime | None, now: datetime) -> int:
    """How many people somebody may begin to write to within a day."""
    is_new = joined_at is None or now - joined_at < NEW_FOR
    return MOST_WHEN_NEW if is_new else MOST_A_DAY


def excerpt(words: str, asked: str) -> str:
    """The words around the first that was asked for: about a line of them."""
    first = (fold(asked).split() or [""])[0]
    start = max(fold(words).find(first) - 40, 0)
    cut = words[start : start + 140]
    return f"{'…' if start else ''}{cut}{'…' if start + 140 < len(words) else ''}"


def pair(one_id: int, other_id: int) -> tuple[int, int]:
    """Two people in the order in which their conversation is kept."""
    return (one_id, other_id) if one_id < other_id else (other_id, one_id)


def must_not_name(words: str, names: Iterable[str]) -> None:
    """Raises Invalid where makers would tell somebody who reported.

    Names are looked for as they are written, with their capital: some are words of every day.
    """
    for name in names:
        if len(name) > 1 and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words):
            raise Invalid(
                N_("You write “%(name)s”, the name of who reported it: nobody must learn that. Say it without."),
                field="words",
                name=name,
            )
