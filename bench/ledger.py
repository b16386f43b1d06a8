"""Posting a transfer through the ledger's own action, beside the same rows written by hand, in the same run.

Each client is a process; all of them take turns between the two ways (turns.py). Afterwards the whole ledger is
verified.
"""

import random
import shutil
import statistics
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bench import postgresql
from bench.by_hand import ByHand
from bench.measures import Measure
from bench.turns import ACTION, BY_HAND, Times, done, percentage, rates, run, take_turns
from community.communities.tables import Community, CommunityRules
from community.members.tables import Person
from community.parties.tables import Party
from community.zones.tables import Zone
from exchanges.ledger.actions import fund_account, issue_account, open_accounts, post_transfer
from exchanges.ledger.queries.verification import faults, hold_still
from exchanges.ledger.rules import AboveCeiling, BelowFloor, Line, Source
from foundation.access import Actor
from foundation.clock import now
from foundation.database import Database, metadata, schema

HOUSEHOLDS = 200
CLIENTS = {1: 35, 8: 25}
"""The least percentage of the rate by hand, by number of clients."""
AIM = 50
LONGEST_WAIT = 10
"""The longest wait of eight SQLite writers, in medians."""


@dataclass(frozen=True)
class Client:
    """What one process is told."""

    url: str
    seed: int
    actor: Actor
    accounts: tuple[int, ...]


def measure() -> list[Measure]:
    """Every measure of the ledger, on both databases."""
    measures = []
    for kind in ("sqlite", "postgresql"):
        for clients in CLIENTS:
            with fresh(kind) as url:
                measures += _compare(kind, url, clients)
    return measures


@contextmanager
def fresh(kind: str) -> Iterator[str]:
    """The address of an empty database, removed at the end."""
    if kind == "postgresql":
        with postgresql.server() as url:
            yield url
    else:
        folder = Path(tempfile.mkdtemp(prefix="reciproca-bench-"))
        try:
            yield f"sqlite:///{folder / 'reciproca.sqlite3'}"
        finally:
            shutil.rmtree(folder)


def _compare(kind: str, url: str, clients: int) -> list[Measure]:
    print(f"ledger: {kind}, {clients} client{'s' if clients > 1 else ''} ...", flush=True)
    database = Database(url)
    actor, accounts = set_up(database)
    times = run([Client(url, seed, actor, accounts) for seed in range(clients)], _be_client)
    label = f"{kind}, {clients} client{'s' if clients > 1 else ''}"
    ratio = percentage(times)
    measures = [
        Measure(f"transfers/s by hand, {label}", f"{statistics.median(rates(times, BY_HAND)):.0f}"),
        Measure(f"transfers/s through the action, {label}", f"{statistics.median(rates(times, ACTION)):.0f}"),
        Measure(
            f"action against hand, {label}",
            f"{ratio} %",
            f"at least {CLIENTS[clients]} % (aim {AIM} %)",
            ratio >= CLIENTS[clients],
        ),
    ]
    if kind == "sqlite" and clients > 1:
        measures.append(_longest_wait(times, label))
    measures.append(verified(database, done(times), label))
    database.dispose()
    return measures


def _longest_wait(times: list[Times], label: str) -> Measure:
    took = [seconds for each in times for turn in each[ACTION][1:] for seconds in turn.took]
    median, longest = statistics.median(took), max(took)
    return Measure(
        f"longest wait, {label}",
        f"{1000 * longest:.1f} ms, {longest / median:.1f} medians of {1000 * median:.2f} ms",
        f"under {LONGEST_WAIT} medians",
        longest < LONGEST_WAIT * median,
    )


def verified(database: Database, posted: int, label: str) -> Measure:
    """Nothing lost, nothing doubled, sum zero, no account beyond its limits."""
    with database.reading() as session:
        hold_still(session)
        began = time.perf_counter()
        found = list(faults(session))
        seconds = time.perf_counter() - began
        there = session.execute(text("SELECT count(*) FROM transfer")).scalar_one()
    return Measure(
        f"verified, {label}",
        f"{there} transfers of {posted}, {len(found)} faults, {seconds:.2f} s",
        "as many as were answered, no fault",
        there == posted and not found,
    )


# ---------------------------------------------------------------- the clients


def _be_client(client: Client, barrier: Any) -> Times:
    database = Database(client.url)
    actor, chance = client.actor, random.Random(client.seed)
    by_hand = ByHand(client.url, actor.community_id, actor.person_id or 0, actor.party_id or 0)

    def write_by_hand() -> bool:
        giver, receiver = chance.sample(client.accounts, 2)
        return by_hand.post(giver, receiver, 15)

    def through_action() -> bool:
        giver, receiver = chance.sample(client.accounts, 2)
        lines = (Line(receiver, -15), Line(giver, 15))
        source = Source("agreement", 1)
        try:
            with database.writing() as session:
                post_transfer(
                    session, actor, lines, request_key=uuid.uuid4().hex, kind="exchange", source=source, memo="Orlo"
                )
        except (BelowFloor, AboveCeiling):
            return False
        return True

    times = take_turns({BY_HAND: write_by_hand, ACTION: through_action}, barrier)
    by_hand.close()
    database.dispose()
    return times


def set_up(database: Database) -> tuple[Actor, tuple[int, ...]]:
    """A community of so many households; its first adult, and the accounts."""
    schema.import_tables()
    if schema.heads():
        database.migrate()
    with database.writing() as session:
        if not schema.heads():
            metadata.create_all(session.connection())
    with database.writing() as session:
        community = Community(slug="bench", name="Bench")
        person = Person(given_name="Anna")
        session.add_all((community, person))
        session.flush()
        session.add(CommunityRules(community_id=community.id, in_force_from=now()))
        zone = Zone(community_id=community.id, slug="z", name="Z")
        session.add(zone)
        session.flush()
        parties = [
            Party(community_id=community.id, kind="household", name=f"H{number}", zone_id=zone.id)
            for number in range(HOUSEHOLDS)
        ]
        session.add_all(parties)
        session.flush()
        accounts = open_accounts(session, [party.id for party in parties])
        fund_account(session, community.id)
        issue_account(session, community.id)
        actor = Actor(community_id=community.id, person_id=person.id, party_id=parties[0].id)
    return actor, tuple(accounts.values())
