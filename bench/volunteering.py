"""A storm of volunteers who want a shift, beside the bare conditional UPDATE: see bench/storms.py."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from bench import storms
from bench.ledger import set_up
from bench.measures import Measure
from bench.storms import Client, World
from bench.turns import Times
from civic_centers.centers.tables import Center
from civic_centers.volunteering.actions import sign_up, wait
from civic_centers.volunteering.actions.holding import take_place
from civic_centers.volunteering.policies import SERVE
from civic_centers.volunteering.tables import Slot
from community.parties.tables import Party
from foundation.access import Actor, Grant, register_permissions
from foundation.clock import now
from foundation.database import Database, Session, schema


def measure() -> list[Measure]:
    """The measure on both databases."""
    return storms.measure("volunteering", _world, _be_client, _states)


def _be_client(client: Client, barrier: Any) -> Times:
    schema.import_tables()
    register_permissions((SERVE,))
    database = Database(client.url)

    def bare(slot: int) -> None:
        with database.writing() as session:
            take_place(session, slot)

    def come(slot: int, who: tuple[int, int]) -> None:
        actor = Actor(client.world.community_id, person_id=who[0], grants=(Grant("member"),))
        with database.writing() as session:  # as the page does where all places are taken
            if wait(session, actor, slot) is None:
                sign_up(session, actor, slot)

    times = storms.storm(client, barrier, bare, come)
    database.dispose()
    return times


def _states(session: Session, slot: int) -> tuple[int, Sequence[str]]:
    taken = session.execute(text("SELECT taken FROM volunteer_slot WHERE id = :slot"), {"slot": slot}).scalar_one()
    found = session.execute(
        text("SELECT state FROM volunteer_sign_up WHERE slot_id = :slot ORDER BY id"), {"slot": slot}
    )
    return taken, found.scalars().all()


def _world(database: Database) -> World:
    """People, and the shifts of a center, a day for each storm."""
    actor, _accounts = set_up(database)
    with database.writing() as session:
        center = storms.center(session, actor.community_id)
        host = Party(community_id=actor.community_id, kind="organisation", name="O", zone_id=center.zone_id)
        session.add(host)
        session.flush()
        places, bare = (
            [_slot(session, center, host, most, day) for day in range(storms.STORMS)]
            for most in (storms.PLACES, storms.STORM)
        )
        crowds = [[(who, 0) for who in crowd] for crowd in storms.crowds(session)]
        return World(actor.community_id, crowds, places, bare)


def _slot(session: Session, center: Center, host: Party, most: int, day: int) -> int:
    starts_at = now() + timedelta(days=9 + day)
    slot = Slot(
        community_id=center.community_id,
        center_id=center.id or 0,
        party_id=host.id,
        role="R",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        most=most,
    )
    session.add(slot)
    session.flush()
    return slot.id or 0
