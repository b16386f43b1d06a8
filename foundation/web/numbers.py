"""The numbers that stand on every page: how much waits for somebody, and how much is new behind the items of the bar.

All of them are one question to the database, asked again only when something may have changed (see keeping).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, select

from foundation.access import Actor
from foundation.feature import Waiting, registry
from foundation.web.keeping import kept
from foundation.web.state import reading


@dataclass(frozen=True)
class Numbers:
    """What is counted for one actor."""

    waiting: Sequence[int]
    """Of each kind, in the order of the registry."""
    new: dict[str, int]
    """Of each item of the bar, by its endpoint."""
    named: dict[str, int] = field(default_factory=dict)
    """What features count besides, through the hook `numbers(actor)`, by its name."""


def numbers_waiting(who: Actor) -> Sequence[int]:
    """How many lines of each kind wait for somebody, in the order of the registry: now, since the lines are shown."""
    return _numbers(who, anew=True).waiting


def lines_waiting(who: Actor) -> list[Waiting]:
    """The lines that wait for somebody now. Those that had to be read to be counted are not read twice."""
    read: dict[int, list[Waiting]] = {}
    numbers: Numbers = kept(who, "numbers", lambda: _ask(who, read), anew=True)
    kinds = enumerate(zip(registry.every("waiting"), numbers.waiting, strict=True))
    lines = [read[place] if place in read else kind.lines(reading(), who) for place, (kind, number) in kinds if number]
    return [line for of_kind in lines for line in of_kind]


def number_waiting(who: Actor) -> int:
    """How many lines wait for somebody, over all kinds."""
    return sum(_numbers(who).waiting)


def number_new(who: Actor, endpoint: str) -> int:
    """How much is new behind an item of the bar."""
    return _numbers(who).new.get(endpoint, 0)


def number_named(who: Actor, name: str) -> int:
    """What a feature counts under this name: see the hook `numbers`."""
    return _numbers(who).named.get(name, 0)


def _numbers(who: Actor, *, anew: bool = False) -> Numbers:
    numbers: Numbers = kept(who, "numbers", lambda: _ask(who), anew=anew)
    return numbers


def _ask(who: Actor, read: dict[int, list[Waiting]] | None = None) -> Numbers:
    """Ask for all of it; `read` is given the lines of kinds that do not count otherwise, by their place."""
    waiting = registry.every("waiting")
    kinds = [kind.count(who) if kind.count else None for kind in waiting]
    items = [item for item in registry.every("bar") if item.count and who.is_member]
    named = {name: count for hook in registry.hooks("numbers") for name, count in hook(who).items()}
    numbers = _ask_at_once([*kinds, *(item.count(who) for item in items), *named.values()])
    after = len(kinds) + len(items)
    news = zip(items, numbers[len(kinds) : after], strict=True)
    lines = {place: kind.lines(reading(), who) for place, kind in enumerate(waiting) if not kind.count}
    if read is not None:
        read.update(lines)
    return Numbers(
        [len(lines[place]) if place in lines else numbers[place] for place in range(len(kinds))],
        {item.endpoint: number for item, number in news},
        dict(zip(named, numbers[after:], strict=True)),
    )


def _ask_at_once(expressions: Sequence[ColumnElement[int] | None]) -> list[int]:
    """What each expression says, in one question; 0 where there is none to ask."""
    asked = [expression for expression in expressions if expression is not None]
    said = iter(reading().execute(select(*asked)).one() if asked else ())
    return [0 if expression is None else int(next(said)) for expression in expressions]
