"""The numbers that stand on every page: how much waits for somebody, and how much is new behind the items of the bar.

All of them are one question to the database, asked again only when something may have changed (see keeping).
"""

from sqlalchemy import ColumnElement, select

from foundation.access import Actor
from foundation.feature import registry
from foundation.web.keeping import kept
from foundation.web.state import reading

_WAITING = "waiting"


def number_waiting(who: Actor) -> int:
    """How many lines wait for somebody, over all kinds."""
    return _numbers(who)[_WAITING]


def number_new(who: Actor, endpoint: str) -> int:
    """How much is new behind an item of the bar."""
    return _numbers(who).get(endpoint, 0)


def _numbers(who: Actor) -> dict[str, int]:
    numbers: dict[str, int] = kept(who, "numbers", lambda: _ask(who))
    return numbers


def _ask(who: Actor) -> dict[str, int]:
    counted = {_WAITING: 0}
    asked: list[tuple[str, ColumnElement[int]]] = []
    for kind in registry.every("waiting"):
        if kind.count is None:
            counted[_WAITING] += len(kind.lines(reading(), who))
        elif (expression := kind.count(who)) is not None:
            asked.append((_WAITING, expression))
    if who.is_member:
        news = ((item.endpoint, item.count(who)) for item in registry.every("bar") if item.count)
        asked += [(endpoint, expression) for endpoint, expression in news if expression is not None]
    if asked:
        row = reading().execute(select(*(expression for _name, expression in asked))).one()
        for (name, _expression), number in zip(asked, row, strict=True):
            counted[name] = counted.get(name, 0) + int(number)
    return counted
