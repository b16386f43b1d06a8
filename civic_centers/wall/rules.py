"""What may be written on the wall, and what becomes of it. No database, no clock."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foundation.errors import N_, Invalid, Refused

if TYPE_CHECKING:
    from civic_centers.wall.tables import WallNeed
    from foundation.access import Actor
    from foundation.database import Session

LONGEST = 300
SHORTEST = 3
MOST_OPEN = 10
"""So many needs that nobody has answered yet may one person have on one wall."""
MOST_ON_SHEET = 12
SHOWN = ("open", "became", "answered", "closed")
"""What everybody reads; what was merged leads to the other."""
SUPPORTS = ("me_too", "help")


class NotNow(Refused):
    """Something has become of it meanwhile."""

    def __init__(self) -> None:
        super().__init__(N_("Something has become of this need meanwhile."), advice=N_("Below is how it stands now."))


@dataclass(frozen=True)
class Becoming:
    """Something a need can be turned into: a feature gives some under the hook `wall_becomes()`, as a tuple.

    `words` are on the button and `line` beside it. `may(actor, need)` says for whom the button is.
    `begin(session, actor, need)` makes a draft in the same transaction and gives its number; `edit` is the endpoint
    where it is gone on with, `show` where it is seen, both with the number as `parameter` (`more` are further values
    of `edit`). Once others can see it the feature calls `wall.actions.note_became(session, actor, kind, object_id)`.
    `seen(session, actor, ids)` are those of some that the actor may look at.
    """

    kind: str
    words: str
    line: str
    icon: str
    became: str
    """What it has become, on the card: "It is on the board"."""
    may: "Callable[[Actor, WallNeed], bool]"
    begin: "Callable[[Session, Actor, WallNeed], int]"
    seen: "Callable[[Session, Actor, Collection[int]], set[int]]"
    edit: str
    show: str
    parameter: str
    more: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class OnSheet:
    """A line of the sheet that hung in the hall: what was written, and how many ticked it."""

    words: str
    ticks: int = 0


def check_words(words: str) -> str:
    """What is missing, without stray spaces. Raises Invalid."""
    tidy = " ".join(words.split())
    if len(tidy) < SHORTEST:
        raise Invalid(N_("Write in a few words what is missing."), field="words")
    if len(tidy) > LONGEST:
        raise Invalid(N_("In a few words: %(most)s letters at most."), field="words", most=LONGEST)
    return tidy


def check_reply(reply: str) -> str:
    """Raises Invalid when nothing is said to those who asked."""
    if not reply.strip():
        raise Invalid(N_("Write a few words: those who asked read them."), field="reply")
    return reply.strip()


def must_be_open(state: str) -> None:
    """Raises NotNow for what something has become of, or what others do not read yet."""
    if state != "open":
        raise NotNow()
