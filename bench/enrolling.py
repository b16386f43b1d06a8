"""Five hundred people signing up for twenty places in the same second, beside nothing but the conditional UPDATE.

Each storm has a date of its own, and four processes let in everybody as fast as they can. The bare way takes a place
with one conditional UPDATE and keeps nothing of who it was; the action looks at who may come, holds the line, writes
down the family, its people and the line of the record, for those who wait too. The bare date never fills, since an
UPDATE that finds no place writes nothing, and nothing is what it would then be compared with.
"""

import math
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, text
from sqlmodel import col, select

from bench.ledger import fresh, set_up
from bench.measures import Measure
from bench.turns import ACTION, BY_HAND, ROUNDS, NothingLeft, Times, percentage, rates, run, take_turns
from civic_centers.activities.actions import take_places
from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.centers.tables import Center
from civic_centers.enrolling.actions import enrol, look_first
from civic_centers.enrolling.policies import ENROL
from community.members.tables import Person
from community.parties.tables import Party, PartyMember
from community.zones.tables import Zone
from foundation.access import Actor, Grant, register_permissions
from foundation.clock import now
from foundation.database import Database, schema

CLIENTS = 4
STORM = 500
PLACES = 20
LEAST = 50
"""The least percentage of the bare rate."""


@dataclass(frozen=True)
class Client:
    """What one process is told: who comes along, the date of each storm, and the one that never fills."""

    url: str
    community_id: int
    people: tuple[tuple[int, int], ...]
    dates: tuple[int, ...]
    bare_date: int


def measure() -> list[Measure]:
    """The measure on both databases."""
    measures = []
    for kind in ("sqlite", "postgresql"):
        with fresh(kind) as url:
            measures += _compare(kind, url)
    return measures


def _compare(kind: str, url: str) -> list[Measure]:
    print(f"enrolling: {kind}, {CLIENTS} clients ...", flush=True)
    database = Database(url)
    community_id, people, dates, bare_date = _world(database)
    clients = [Client(url, community_id, tuple(people[number::CLIENTS]), dates, bare_date) for number in range(CLIENTS)]
    times = run(clients, _be_client)
    ratio = percentage(times)
    label = f"{kind}, {CLIENTS} clients"
    measures = [
        Measure(f"bare conditional updates/s, {label}", f"{statistics.median(rates(times, BY_HAND)):.0f}"),
        Measure(f"sign-ups/s through the action, {label}", f"{statistics.median(rates(times, ACTION)):.0f}"),
        Measure(f"signing up against the bare update, {label}", f"{ratio} %", f"at least {LEAST} %", ratio >= LEAST),
        _never_too_many(database, dates, label),
    ]
    database.dispose()
    return measures


def _never_too_many(database: Database, dates: Sequence[int], label: str) -> Measure:
    """At each date as many hold a place as there are, the first of all who came; the others wait."""
    with database.reading() as session:
        taken = session.execute(text("SELECT id, taken FROM activity_session")).all()
        rows = session.execute(text("SELECT session_id, state FROM enrolment ORDER BY request_id")).all()
    right = ["held"] * PLACES + ["waiting"] * (STORM - PLACES)
    holds = all(dict(taken)[date] == PLACES and [state for of, state in rows if of == date] == right for date in dates)
    return Measure(
        f"places held, {label}",
        f"{sum(state == 'held' for _of, state in rows)} in {len(dates)} storms of {STORM} for {PLACES}",
        "the first to come, never one too many",
        holds,
    )


def _be_client(client: Client, barrier: Any) -> Times:
    schema.import_tables()
    register_permissions((ENROL,))
    database = Database(client.url)
    bare_storms = _storms([client.bare_date] * len(client.dates), client.people)
    real_storms = _storms(client.dates, client.people)

    def bare() -> bool:
        date, _person_id, _party_id = _next(bare_storms)
        with database.writing() as session:
            take_places(session, date)
        return True

    def through_action() -> bool:
        date, person_id, party_id = _next(real_storms)
        actor = Actor(
            community_id=client.community_id,
            person_id=person_id,
            party_id=party_id,
            party_ids=(party_id,),
            grants=(Grant("member"),),
        )
        with database.reading() as session:  # as the page does
            ready = look_first(session, actor, [date], [f"p{person_id}"])
        with database.writing() as session:
            enrol(session, actor, [date], [f"p{person_id}"], ready=ready)
        return True

    times = take_turns({BY_HAND: bare, ACTION: through_action}, barrier, math.inf, warm_up=math.inf)
    database.dispose()
    return times


def _storms(dates: Sequence[int], people: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int] | None]:
    """Who comes to which date, one after the other; None at the end of each storm."""
    for date in dates:
        yield from ((date, *one) for one in people)
        yield None


def _next(storms: Iterator[tuple[int, int, int] | None]) -> tuple[int, int, int]:
    found = next(storms)
    if found is None:
        raise NothingLeft
    return found


def _world(database: Database) -> tuple[int, list[tuple[int, int]], tuple[int, ...], int]:
    """A community, its families, a date for each storm, and one that has room for everybody."""
    actor, _accounts = set_up(database)
    number = STORM
    with database.writing() as session:
        zone_id = session.scalars(select(col(Zone.id))).one()
        party = {"community_id": actor.community_id, "kind": "household", "zone_id": zone_id}
        session.execute(insert(Party), [{**party, "name": f"F{one}"} for one in range(number)])
        session.execute(insert(Person), [{"given_name": f"P{one}"} for one in range(number)])
        parties = session.scalars(select(col(Party.id)).order_by(col(Party.id).desc()).limit(number)).all()
        people = session.scalars(select(col(Person.id)).order_by(col(Person.id).desc()).limit(number)).all()
        pairs = [(person or 0, party_id or 0) for person, party_id in zip(people, parties, strict=True)]
        session.execute(insert(PartyMember), [{"party_id": there, "person_id": who} for who, there in pairs])
        center = Center(
            community_id=actor.community_id,
            zone_id=zone_id,
            slug="c",
            name="C",
            address="Via",
            opened_on=now().date(),
        )
        session.add(center)
        session.flush()
        activity = Activity(
            community_id=actor.community_id,
            center_id=center.id or 0,
            title="A",
            kind="other",
            state="open",
            published_at=now(),
        )
        session.add(activity)
        session.flush()
        dates = []
        for places in [PLACES] * (ROUNDS + 1) + [10_000]:
            one = ActivitySession(
                community_id=actor.community_id,
                activity_id=activity.id or 0,
                center_id=center.id or 0,
                day=now().date(),
                starts_at=now() + timedelta(days=9),
                ends_at=now() + timedelta(days=9, hours=2),
                places=places,
            )
            session.add(one)
            session.flush()
            dates.append(one.id or 0)
    return actor.community_id, pairs, tuple(dates[:-1]), dates[-1]
