"""A storm of volunteers through the action, beside nothing but the conditional UPDATE that takes a place, in one run.

As enrolling.py measures it for families: eight processes sign up for one slot; its places are gone after a moment,
then everybody waits. The bare slots come one after the other, since an UPDATE that finds no place writes nothing.
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
from civic_centers.centers.tables import Center
from civic_centers.volunteering.actions import look_first, sign_up
from civic_centers.volunteering.actions.holding import take_place
from civic_centers.volunteering.policies import SERVE
from civic_centers.volunteering.tables import Slot
from community.members.tables import Person
from community.parties.tables import Party
from community.zones.tables import Zone
from foundation.access import Actor, Grant, register_permissions
from foundation.clock import now
from foundation.database import Database, Session, schema

CLIENTS = 8
EACH = 1_000
SECONDS = 1.0
LEAST = 50
"""The least percentage of the bare rate."""
PLACES = 300
MOST = 500
"""The most places of a slot."""
BARE_SLOTS = 60


@dataclass(frozen=True)
class Client:
    """What one process is told: who comes, and the slots."""

    url: str
    community_id: int
    people: tuple[int, ...]
    slot: int
    bare_slots: tuple[int, ...]


def measure() -> list[Measure]:
    """The measure on both databases."""
    measures = []
    for kind in ("sqlite", "postgresql"):
        with fresh(kind) as url:
            measures += _compare(kind, url)
    return measures


def _compare(kind: str, url: str) -> list[Measure]:
    print(f"volunteering: {kind}, {CLIENTS} clients ...", flush=True)
    database = Database(url)
    community_id, people, slot, bare_slots = world(database)
    clients = [Client(url, community_id, tuple(people[one::CLIENTS]), slot, bare_slots) for one in range(CLIENTS)]
    times = run(clients, _be_client)
    ratio = percentage(times)
    label = f"{kind}, {CLIENTS} clients"
    measures = [
        Measure(f"bare conditional updates/s, {label}", f"{statistics.median(rates(times, BY_HAND)):.0f}"),
        Measure(f"volunteers/s through the action, {label}", f"{statistics.median(rates(times, ACTION)):.0f}"),
        Measure(f"a shift against the bare update, {label}", f"{ratio} %", f"at least {LEAST} %", ratio >= LEAST),
        _never_too_many(database, slot, label),
    ]
    database.dispose()
    return measures


def _never_too_many(database: Database, slot: int, label: str) -> Measure:
    """As many hold a place as there are, the first of all who came; the others wait."""
    with database.reading() as session:
        taken = session.execute(text("SELECT taken FROM volunteer_slot WHERE id = :s"), {"s": slot}).scalar_one()
        states = session.execute(
            text("SELECT state FROM volunteer_sign_up WHERE slot_id = :s ORDER BY id"), {"s": slot}
        ).scalars()
        found = list(states)
    held = min(PLACES, len(found))
    return Measure(
        f"shifts held, {label}",
        f"{found.count('held')} of {PLACES}, {found.count('waiting')} wait",
        "the first to come, never one too many",
        taken == held and found == ["held"] * held + ["waiting"] * (len(found) - held),
    )


def volunteer(database: Database, community_id: int, person_id: int, slot_id: int) -> None:
    """One tap, as the page does it."""
    actor = Actor(community_id, person_id=person_id, grants=(Grant("member"),))
    with database.reading() as session:
        ready = look_first(session, actor, slot_id)
    with database.writing() as session:
        sign_up(session, actor, slot_id, ready=ready)


def _be_client(client: Client, barrier: Any) -> Times:
    schema.import_tables()
    register_permissions((SERVE,))
    database = Database(client.url)
    people, bare_slots = iter(client.people), list(client.bare_slots)

    def bare() -> bool:
        with database.writing() as session:
            taken = take_place(session, bare_slots[0])
        if not taken:
            bare_slots.pop(0)
        return taken

    def through_action() -> bool:
        try:
            person_id = next(people)
        except StopIteration:
            raise NothingLeft from None
        volunteer(database, client.community_id, person_id, client.slot)
        return True

    times = take_turns({BY_HAND: bare, ACTION: through_action}, barrier, SECONDS)
    database.dispose()
    return times


def world(database: Database) -> tuple[int, list[int], int, tuple[int, ...]]:
    """A community, its people, a slot, and those for the bare way."""
    actor, _accounts = set_up(database)
    with database.writing() as session:
        number = CLIENTS * EACH
        session.execute(insert(Person), [{"given_name": f"P{one}"} for one in range(number)])
        people = session.scalars(select(col(Person.id)).order_by(col(Person.id).desc()).limit(number)).all()
        slots = _slots(session, actor.community_id)
    return actor.community_id, [one or 0 for one in people], slots[0], slots[1:]


def _slots(session: Session, community_id: int) -> tuple[int, ...]:
    zone_id = session.scalars(select(col(Zone.id))).one()
    center = Center(
        community_id=community_id, zone_id=zone_id, slug="c", name="C", address="Via", opened_on=now().date()
    )  # fmt: skip
    host = Party(community_id=community_id, kind="organisation", name="O", zone_id=zone_id)
    session.add_all((center, host))
    session.flush()
    slots = [
        Slot(
            community_id=community_id,
            center_id=center.id or 0,
            party_id=host.id,
            role="R",
            starts_at=now() + timedelta(days=9),
            ends_at=now() + timedelta(days=9, hours=2),
            most=most,
        )
        for most in (PLACES, *[MOST] * BARE_SLOTS)
    ]
    session.add_all(slots)
    session.flush()
    return tuple(slot.id or 0 for slot in slots)
