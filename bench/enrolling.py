"""A storm of sign-ups through the action, beside nothing but the conditional UPDATE that takes a place, in one run.

Eight processes sign up for the same date. The bare way takes a place with one conditional UPDATE and keeps nothing of
who it was; the action looks at who may come, holds the line, and writes down the family, its people and the line of
the record. Its places are gone after a moment: then everybody waits. The bare date never fills, since an UPDATE that
finds no place writes nothing, and nothing is what it would then be compared with.
"""

import statistics
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, text
from sqlmodel import col, select

from bench.ledger import fresh, set_up
from bench.measures import Measure
from bench.turns import ACTION, BY_HAND, NothingLeft, Times, percentage, rates, run, take_turns
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

CLIENTS = 8
EACH = 700
SECONDS = 1.0
LEAST = 50
"""The least percentage of the bare rate."""
PLACES = 300
ENOUGH = 10_000


@dataclass(frozen=True)
class Client:
    """What one process is told: who comes along, and the two dates."""

    url: str
    community_id: int
    people: tuple[tuple[int, int], ...]
    date: int
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
    community_id, people, date, bare_date = _world(database)
    clients = [Client(url, community_id, tuple(people[number::CLIENTS]), date, bare_date) for number in range(CLIENTS)]
    times = run(clients, _be_client)
    ratio = percentage(times)
    label = f"{kind}, {CLIENTS} clients"
    measures = [
        Measure(f"bare conditional updates/s, {label}", f"{statistics.median(rates(times, BY_HAND)):.0f}"),
        Measure(f"sign-ups/s through the action, {label}", f"{statistics.median(rates(times, ACTION)):.0f}"),
        Measure(f"signing up against the bare update, {label}", f"{ratio} %", f"at least {LEAST} %", ratio >= LEAST),
        _never_too_many(database, date, label),
    ]
    database.dispose()
    return measures


def _never_too_many(database: Database, date: int, label: str) -> Measure:
    """As many hold a place as were taken, the first of all who came; the others wait."""
    with database.reading() as session:
        taken = session.execute(text("SELECT taken FROM activity_session WHERE id = :d"), {"d": date}).scalar_one()
        states = session.execute(
            text("SELECT state FROM enrolment WHERE session_id = :d ORDER BY request_id"), {"d": date}
        ).scalars()
        found = list(states)
    held = min(PLACES, len(found))
    return Measure(
        f"places held, {label}",
        f"{found.count('held')} of {PLACES}, {found.count('waiting')} wait",
        "the first to come, never one too many",
        taken == held and found == ["held"] * held + ["waiting"] * (len(found) - held),
    )


def _be_client(client: Client, barrier: Any) -> Times:
    schema.import_tables()
    register_permissions((ENROL,))
    database = Database(client.url)
    people = iter(client.people)

    def bare() -> bool:
        with database.writing() as session:
            take_places(session, client.bare_date)
        return True

    def through_action() -> bool:
        try:
            person_id, party_id = next(people)
        except StopIteration:
            raise NothingLeft from None
        actor = Actor(
            community_id=client.community_id,
            person_id=person_id,
            party_id=party_id,
            party_ids=(party_id,),
            grants=(Grant("member"),),
        )
        with database.reading() as session:  # as the page does
            ready = look_first(session, actor, [client.date], [f"p{person_id}"])
        with database.writing() as session:
            enrol(session, actor, [client.date], [f"p{person_id}"], ready=ready)
        return True

    times = take_turns({BY_HAND: bare, ACTION: through_action}, barrier, SECONDS)
    database.dispose()
    return times


def _world(database: Database) -> tuple[int, list[tuple[int, int]], int, int]:
    """A community, its families, and two dates alike."""
    actor, _accounts = set_up(database)
    number = CLIENTS * EACH
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
        dates = []
        for title, places in (("A", PLACES), ("B", ENOUGH)):
            activity = Activity(
                community_id=actor.community_id,
                center_id=center.id or 0,
                title=title,
                kind="other",
                state="open",
                published_at=now(),
            )
            session.add(activity)
            session.flush()
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
    return actor.community_id, pairs, dates[0], dates[1]
