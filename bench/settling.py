"""Settling a whole agreement through its action, beside the same rows written by hand, in the same run.

The action is what pressing "Confirm" calls: it holds the agreement, sees who may, closes the reservation, moves the
hours, and writes event, audit line, thread line and letter. Eight clients contend for the same accounts.
"""

import random
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, insert, text
from sqlmodel import col, select

from bench.ledger import fresh, set_up, verified
from bench.measures import Measure
from bench.settle_by_hand import CEILING, FLOOR, SettleByHand, Task
from bench.turns import ACTION, BY_HAND, NothingLeft, Times, done, percentage, rates, run, take_turns
from community.communities.tables import CommunityRules
from community.members.tables import Person
from community.parties.tables import Party, PartyMember
from community.threads.tables import Thread
from exchanges.agreements.actions import confirm
from exchanges.agreements.tables import Agreement, AgreementEvent
from foundation.access import Actor, Grant
from foundation.clock import now
from foundation.database import Database, Session, UtcDateTime, schema

CLIENTS = 8
EACH = 2500
"""How many agreements wait for each client, by either way."""
SECONDS = 1.0
LEAST = 20
"""The least percentage of the rate by hand."""
MINUTES = 15


@dataclass(frozen=True)
class Client:
    """What one process is told: agreements that only it confirms."""

    url: str
    community_id: int
    tasks: tuple[Task, ...]


def measure() -> list[Measure]:
    """The measure on both databases."""
    measures = []
    for kind in ("sqlite", "postgresql"):
        with fresh(kind) as url:
            measures += _compare(kind, url)
    return measures


def _compare(kind: str, url: str) -> list[Measure]:
    print(f"settling: {kind}, {CLIENTS} clients ...", flush=True)
    database = Database(url)
    community_id, tasks = _world(database)
    clients = [Client(url, community_id, tuple(tasks[number::CLIENTS])) for number in range(CLIENTS)]
    times = run(clients, _be_client)
    ratio = percentage(times)
    label = f"{kind}, {CLIENTS} clients"
    measures = [
        Measure(f"agreements settled/s by hand, {label}", f"{statistics.median(rates(times, BY_HAND)):.0f}"),
        Measure(f"agreements settled/s through the action, {label}", f"{statistics.median(rates(times, ACTION)):.0f}"),
        Measure(f"settling against hand, {label}", f"{ratio} %", f"at least {LEAST} %", ratio >= LEAST),
        verified(database, done(times), f"settling, {label}"),
        _same_rows(database, done(times), label),
    ]
    database.dispose()
    return measures


def _same_rows(database: Database, settled: int, label: str) -> Measure:
    """Both ways leave the same behind: so many of each, whoever wrote them."""
    counted = {
        "agreements": "SELECT count(*) FROM agreement WHERE state = 'settled'",
        "events": "SELECT count(*) FROM agreement_event WHERE verb = 'confirm'",
        "audit lines": "SELECT count(*) FROM audit_entry WHERE verb = 'confirm'",
        "thread lines": "SELECT count(*) FROM message",
        "notices": "SELECT count(*) FROM notification",
        "letters": "SELECT count(*) FROM outbox_message",
        "reservations": "SELECT count(*) FROM reservation WHERE outcome = 'settled'",
    }
    with database.reading() as session:
        there = {name: session.execute(text(query)).scalar_one() for name, query in counted.items()}
    return Measure(
        f"rows beside the hours, {label}",
        ", ".join(f"{count} {name}" for name, count in there.items()),
        "one of each for each agreement",
        set(there.values()) == {settled},
    )


def _be_client(client: Client, barrier: Any) -> Times:
    schema.import_tables()
    database, by_hand = Database(client.url), SettleByHand(client.url)
    tasks = iter(client.tasks)

    def write_by_hand() -> bool:
        return by_hand.settle(_next(tasks))

    def through_action() -> bool:
        task = _next(tasks)
        actor = Actor(
            community_id=client.community_id,
            person_id=task.person_id,
            party_id=task.party_id,
            party_ids=(task.party_id,),
            grants=(Grant("member"),),
        )
        with database.writing() as session:
            confirm(session, actor, task.agreement_id, None)
        return True

    times = take_turns({BY_HAND: write_by_hand, ACTION: through_action}, barrier, SECONDS)
    by_hand.close()
    database.dispose()
    return times


def _next(tasks: Iterator[Task]) -> Task:
    try:
        return next(tasks)
    except StopIteration:
        raise NothingLeft from None


# ---------------------------------------------------------------- the world


def _world(database: Database) -> tuple[int, list[Task]]:
    """A small community with an adult in each household, and agreements that were delivered and wait for a yes."""
    actor, accounts = set_up(database)
    with database.writing() as session:
        session.add(
            CommunityRules(
                community_id=actor.community_id,
                floor_minutes=FLOOR,
                soft_floor_minutes=FLOOR,
                ceiling_minutes=CEILING,
                in_force_from=now(),
            )
        )
        parties = list(session.scalars(select(col(Party.id)).where(col(Party.kind) == "household")))
        adults = _adults(session, parties)
    chance = random.Random(1)
    pairs = [chance.sample(range(len(parties)), 2) for _ in range(CLIENTS * EACH)]
    with database.writing() as session:
        ids = _agreements(session, actor.community_id, parties, adults, pairs)
    account_of = dict(zip(parties, accounts, strict=True))
    with database.writing() as session:
        session.execute(
            text(
                f"""INSERT INTO reservation (account_id, source_kind, source_id, minutes, available_after,
                    opened_sequence, reserved_at)
                  SELECT id, 'agreement', :agreement, {MINUTES}, balance - reserved - {MINUTES}, sequence, :now
                  FROM account WHERE id = :account"""
            ).bindparams(bindparam("now", type_=UtcDateTime)),
            [
                {"now": now(), "agreement": agreement, "account": account_of[parties[receiver]]}
                for agreement, (_, receiver) in zip(ids, pairs, strict=True)
            ],
        )
    tasks = [
        Task(agreement, adults[receiver], parties[receiver])
        for agreement, (_, receiver) in zip(ids, pairs, strict=True)
    ]
    return actor.community_id, tasks


def _adults(session: Session, parties: list[int | None]) -> list[int]:
    people = [Person(given_name=f"P{number}", email=f"p{number}@example.org") for number in range(len(parties))]
    session.add_all(people)
    session.flush()
    session.add_all(
        PartyMember(party_id=party or 0, person_id=person.id or 0)
        for party, person in zip(parties, people, strict=True)
    )
    session.flush()
    return [person.id or 0 for person in people]


def _agreements(
    session: Session, community_id: int, parties: list[Any], adults: list[int], pairs: list[list[int]]
) -> list[int]:
    session.execute(insert(Thread), [{"community_id": community_id} for _ in pairs])
    threads = session.scalars(select(col(Thread.id)).order_by(col(Thread.id))).all()
    yesterday = now() - timedelta(days=1)
    session.execute(
        insert(Agreement),
        [
            {
                "community_id": community_id,
                "way": "asked",
                "state": "delivered",
                "turn_id": parties[receiver],
                "giver_id": parties[giver],
                "receiver_id": parties[receiver],
                "proposer_id": parties[receiver],
                "adult_id": adults[giver],
                "title": "Orlo ai pantaloni",
                "minutes": MINUTES,
                "delivered_minutes": MINUTES,
                "delivered_by_id": parties[giver],
                "delivered_at": yesterday,
                "happened_at": yesterday,
                "accepted_at": yesterday,
                "settles_at": now() + timedelta(days=6),
                "thread_id": thread,
            }
            for (giver, receiver), thread in zip(pairs, threads, strict=True)
        ],
    )
    ids = [each or 0 for each in session.scalars(select(col(Agreement.id)).order_by(col(Agreement.id)))]
    session.execute(
        insert(AgreementEvent),
        [
            {
                "agreement_id": agreement,
                "verb": "deliver",
                "state": "delivered",
                "person_id": adults[giver],
                "party_id": parties[giver],
                "details": {"minutes": MINUTES},
            }
            for agreement, (giver, _) in zip(ids, pairs, strict=True)
        ],
    )
    return ids
