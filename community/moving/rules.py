"""What may go along to another community, and how far a move has come."""

from dataclasses import dataclass
from datetime import timedelta

from community.joining.rules import Step

CARRIES = ("words", "week", "skills")
"""The name and words of the household, when it can, what it can give and need. Hours and checks never go along."""

A_WEEK = timedelta(days=7)
MOST_A_WEEK = 3
"""How often within a week somebody may ask to move."""


@dataclass(frozen=True)
class Wish:
    """What somebody wishes to take along, and to let be known: nothing, unless they tick it."""

    says_where: bool = False
    carries: tuple[str, ...] = ()
    dependants: tuple[int, ...] = ()
    companions: tuple[int, ...] = ()


def steps_of(membership_state: str, *, gone: bool = False) -> list[Step]:
    """The stations of a move: asked, met by the makers there, goodbye here."""
    let_in = membership_state == "approved"
    return [
        Step("asked", "done"),
        Step("met", "done" if let_in else "now"),
        Step("goodbye", "done" if gone else "now" if let_in else "next"),
    ]
