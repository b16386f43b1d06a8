"""Five hundred people who want twenty places in the same second, beside nothing but the conditional UPDATE.

Each storm has places of its own, and four processes let in everybody as fast as they can. The bare way takes a place
with one conditional UPDATE and keeps nothing of who it was; the action looks at who may come, and writes down everybody
with the line of the record, those who wait too. The bare way has room for all, since an UPDATE that finds no place
writes nothing, and nothing is what it would then be compared with.
"""

import math
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from sqlmodel import col, select

from bench.ledger import fresh
from bench.measures import Measure
from bench.turns import ACTION, BY_HAND, ROUNDS, NothingLeft, Times, percentage, rates, run, take_turns
from civic_centers.centers.tables import Center
from community.members.tables import Person
from community.zones.tables import Zone
from foundation.clock import now
from foundation.database import Database, Session

CLIENTS = 4
STORM = 500
PLACES = 20
STORMS = ROUNDS + 1
"""The first only warms up."""
LEAST = 50
"""The least percentage of the bare rate."""


@dataclass(frozen=True)
class World:
    """Who comes, where the places of each storm are, and where the bare way takes its own."""

    community_id: int
    crowds: Sequence[Sequence[tuple[int, int]]]
    """Those of each storm, who come to that one alone."""
    places: Sequence[int]
    bare: Sequence[int]


@dataclass(frozen=True)
class Client:
    """What one process is told."""

    url: str
    world: World


def measure(
    name: str,
    make: Callable[[Database], World],
    be_client: Callable[[Client, Any], Times],
    states: Callable[[Session, int], tuple[int, Sequence[str]]],
) -> list[Measure]:
    """The measure on both databases. `states` says how many places are taken, and how each stands, first come first."""
    measures = []
    for kind in ("sqlite", "postgresql"):
        print(f"{name}: {kind}, {CLIENTS} clients ...", flush=True)
        with fresh(kind) as url:
            database = Database(url)
            world = make(database)
            times = run([Client(url, _part(world, number)) for number in range(CLIENTS)], be_client)
            measures += _compared(f"{name}, {kind}, {CLIENTS} clients", times)
            with database.reading() as session:
                found = [states(session, one) for one in world.places]
            measures.append(_never_too_many(f"{name}, {kind}, {CLIENTS} clients", found))
            database.dispose()
    return measures


def storm(
    client: Client, barrier: Any, bare: Callable[[int], object], action: Callable[[int, tuple[int, int]], object]
) -> Times:
    """A client's part in every storm: the bare way is given where, the action who wants to come there too."""
    world = client.world
    bare_storms, real_storms = _wishes(world.bare, world.crowds), _wishes(world.places, world.crowds)

    def take() -> bool:
        bare(_next(bare_storms)[0])
        return True

    def come() -> bool:
        action(*_next(real_storms))
        return True

    return take_turns({BY_HAND: take, ACTION: come}, barrier, math.inf, warm_up=math.inf)


def crowds(session: Session) -> list[list[int]]:
    """The people of each storm."""
    number = STORM * STORMS
    session.execute(insert(Person), [{"given_name": f"P{one}"} for one in range(number)])
    found = session.scalars(select(col(Person.id)).order_by(col(Person.id).desc()).limit(number)).all()
    return [[one or 0 for one in found[first : first + STORM]] for first in range(0, number, STORM)]


def center(session: Session, community_id: int) -> Center:
    """Where they come."""
    zone_id = session.scalars(select(col(Zone.id))).one()
    made = Center(
        community_id=community_id, zone_id=zone_id, slug="c", name="C", address="Via", opened_on=now().date()
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def _part(world: World, number: int) -> World:
    return World(world.community_id, [crowd[number::CLIENTS] for crowd in world.crowds], world.places, world.bare)


def _compared(label: str, times: Sequence[Times]) -> list[Measure]:
    ratio = percentage(times)
    return [
        Measure(f"bare conditional updates/s, {label}", f"{statistics.median(rates(times, BY_HAND)):.0f}"),
        Measure(f"people answered/s, {label}", f"{statistics.median(rates(times, ACTION)):.0f}"),
        Measure(f"answered against the bare update, {label}", f"{ratio} %", f"at least {LEAST} %", ratio >= LEAST),
    ]


def _never_too_many(label: str, found: Sequence[tuple[int, Sequence[str]]]) -> Measure:
    right = ["held"] * PLACES + ["waiting"] * (STORM - PLACES)
    held = sum(states.count("held") for _taken, states in found)
    return Measure(
        f"places held, {label}",
        f"{held} in {len(found)} storms of {STORM} for {PLACES}",
        "the first to come, never one too many",
        all(taken == PLACES and list(states) == right for taken, states in found),
    )


def _wishes(
    places: Sequence[int], crowds: Sequence[Sequence[tuple[int, int]]]
) -> Iterator[tuple[int, tuple[int, int]] | None]:
    """Who wants to come where, one after the other; None at the end of each storm."""
    for one, crowd in zip(places, crowds, strict=True):
        yield from ((one, who) for who in crowd)
        yield None


def _next(wishes: Iterator[tuple[int, tuple[int, int]] | None]) -> tuple[int, tuple[int, int]]:
    found = next(wishes)
    if found is None:
        raise NothingLeft
    return found
