"""Clients that take turns between two ways of doing the same, in processes of their own.

All of them change from one way to the other together, a second or two each, so that whatever else the machine does
falls on both alike; what is compared is the ratio, round by round.
"""

import multiprocessing
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

ROUNDS = 6
SECONDS = 1.5
WARM_UP = 0.3
BY_HAND, ACTION = "by hand", "action"

Client = TypeVar("Client")
Ways = Mapping[str, Callable[[], bool]]
"""What a client does, by way: True when it was done, False when it was refused."""


@dataclass
class Round:
    """What one client did in one turn: the seconds each deed took, and those of the whole turn."""

    took: list[float] = field(default_factory=list)
    spent: float = 0.0


Times = dict[str, list[Round]]
"""The rounds of a client by way; the first of each only warms up and is not counted."""


class NothingLeft(Exception):
    """Raised by a way when there is nothing more to do: the turn is over."""


def run(clients: Sequence[Client], be_client: Callable[[Client, Any], Times]) -> list[Times]:
    """Start a process for each client and let them take their turns together."""
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager:
        barrier = manager.Barrier(len(clients))
        with context.Pool(len(clients)) as pool:
            return pool.starmap(be_client, [(client, barrier) for client in clients], chunksize=1)


def take_turns(ways: Ways, barrier: Any, seconds: float = SECONDS, *, warm_up: float = WARM_UP) -> Times:
    """A client's turns: each way in each round, the other one first in the next.

    A turn ends after so many `seconds`, or when there is nothing left: then `math.inf` of them give a whole storm.
    """
    times: Times = {name: [_turn(way, warm_up)] for name, way in ways.items()}
    for number in range(ROUNDS):
        for name in ways if number % 2 else reversed(list(ways)):
            barrier.wait()
            times[name].append(_turn(ways[name], seconds))
    return times


def _turn(way: Callable[[], bool], seconds: float) -> Round:
    turn, began = Round(), time.perf_counter()
    now_at = began
    while now_at < began + seconds:
        before = time.perf_counter()
        try:
            passed = way()
        except NothingLeft:
            break
        now_at = time.perf_counter()
        if passed:
            turn.took.append(now_at - before)
    turn.spent = time.perf_counter() - began
    return turn


def rates(times: Sequence[Times], way: str) -> list[float]:
    """Deeds a second of all clients together, in each round."""
    rounds = []
    for number in range(1, ROUNDS + 1):
        turns = [each[way][number] for each in times]
        rounds.append(sum(len(turn.took) for turn in turns) / max(turn.spent for turn in turns))
    return rounds


def percentage(times: Sequence[Times]) -> int:
    """The rate through the action in percent of the rate by hand: round by round, since the machine changes."""
    pairs = zip(rates(times, ACTION), rates(times, BY_HAND), strict=True)
    return round(100 * statistics.median(mine / theirs for mine, theirs in pairs))


def done(times: Sequence[Times]) -> int:
    """How many deeds there were in all, warming up included."""
    return sum(len(turn.took) for each in times for turns in each.values() for turn in turns)
