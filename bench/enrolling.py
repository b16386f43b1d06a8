"""A storm of families who enrol, beside the bare conditional UPDATE: see bench/storms.py."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, text
from sqlmodel import col, select

from bench import storms
from bench.ledger import set_up
from bench.measures import Measure
from bench.storms import Client, World
from bench.turns import Times
from civic_centers.activities.actions import take_places
from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.enrolling.actions import enrol, wait
from civic_centers.enrolling.policies import ENROL
from community.parties.tables import Party, PartyMember
from foundation.access import Actor, Grant, register_permissions
from foundation.clock import now
from foundation.database import Database, Session, schema


def measure() -> list[Measure]:
    """The measure on both databases."""
    return storms.measure("enrolling", _world, _be_client, _states)


def _be_client(client: Client, barrier: Any) -> Times:
    schema.import_tables()
    register_permissions((ENROL,))
    database = Database(client.url)

    def bare(date: int) -> None:
        with database.writing() as session:
            take_places(session, date)

    def come(date: int, who: tuple[int, int]) -> None:
        person_id, party_id = who
        actor = Actor(client.world.community_id, person_id, party_id, None, (Grant("member"),), None, (party_id,))
        with database.writing() as session:  # as the page does where all places are taken
            if wait(session, actor, date, f"p{person_id}") is None:
                enrol(session, actor, [date], [f"p{person_id}"])

    times = storms.storm(client, barrier, bare, come)
    database.dispose()
    return times


def _states(session: Session, date: int) -> tuple[int, Sequence[str]]:
    taken = session.execute(text("SELECT taken FROM activity_session WHERE id = :date"), {"date": date}).scalar_one()
    found = session.execute(
        text("SELECT state FROM enrolment WHERE session_id = :date ORDER BY request_id"), {"date": date}
    )
    return taken, found.scalars().all()


def _world(database: Database) -> World:
    """Families of one, and dates of one activity."""
    actor, _accounts = set_up(database)
    with database.writing() as session:
        center = storms.center(session, actor.community_id)
        party = {"community_id": actor.community_id, "kind": "household", "zone_id": center.zone_id}
        crowds = []
        for people in storms.crowds(session):
            session.execute(insert(Party), [{**party, "name": f"F{one}"} for one in people])
            found = session.scalars(select(col(Party.id)).order_by(col(Party.id).desc()).limit(len(people))).all()
            crowds.append([(who, one or 0) for who, one in zip(people, found, strict=True)])
            session.execute(insert(PartyMember), [{"party_id": one, "person_id": who} for who, one in crowds[-1]])
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
        places, bare = (
            [_date(session, activity, number) for _storm in range(storms.STORMS)]
            for number in (storms.PLACES, storms.STORM)
        )
    return World(actor.community_id, crowds, places, bare)


def _date(session: Session, activity: Activity, places: int) -> int:
    one = ActivitySession(
        community_id=activity.community_id,
        activity_id=activity.id or 0,
        center_id=activity.center_id,
        day=now().date(),
        starts_at=now() + timedelta(days=9),
        ends_at=now() + timedelta(days=9, hours=2),
        places=places,
    )
    session.add(one)
    session.flush()
    return one.id or 0
