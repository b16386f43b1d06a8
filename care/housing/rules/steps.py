"""The introduction, step by step: who is asked what next, and what each side may know.

First one side hears of the other without a name, then the other; then both are asked for their names, then for how
they are reached. Every yes is written down, and can be taken back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

STEPS = ("hear", "names", "contacts")
ANSWERS = ("yes", "no", "not_now")
MOST_TRIES = 2
"""Two whom nothing came of twice are not asked about each other again."""
NO_TRY = ("done", "moved")
"""Ends that say nothing against the two: they helped each other, or somebody went to live elsewhere."""

Answers = Mapping[tuple[str, str], str]
"""By side and step, what was answered; empty while the question waits; absent while it was not asked."""


@dataclass(frozen=True)
class Standing:
    """How far an introduction has come. `due` are the questions that nobody has been asked yet, and that may be."""

    due: tuple[tuple[str, str], ...] = ()
    names: bool = False
    contacts: bool = False


def other(side: str) -> str:
    """The side across."""
    return "offer" if side == "need" else "need"


def standing(answers: Answers, first: str) -> Standing:
    """How far it has come, from what was answered. Nothing is due while a step waits for somebody."""
    for step in STEPS:
        said = [answers.get((side, step)) for side in ("need", "offer")]
        if said == ["yes", "yes"]:
            continue
        names = step == "contacts"
        if step == "hear":
            turn = first if (first, step) not in answers else other(first)
            asked = (turn, step) in answers or (turn != first and answers[first, step] != "yes")
            return Standing(() if asked else ((turn, step),))
        due = tuple((side, step) for side in ("need", "offer") if (side, step) not in answers)
        return Standing(due if all(one in (None, "", "yes") for one in said) else (), names=names)
    return Standing((), names=True, contacts=True)


def ends_it(answer: str) -> bool:
    """Whether an answer ends the introduction: only yes goes on."""
    return answer in ("no", "not_now", "expired", "taken_back")


def may_try(ended: Iterable[str]) -> bool:
    """Whether two may be asked about each other, given how earlier introductions of these two ended.

    A clear no holds for good; what came to nothing twice is not begun a third time, whoever let it go.
    """
    tries = [how for how in ended if how not in NO_TRY]
    return "no" not in tries and len(tries) < MOST_TRIES
