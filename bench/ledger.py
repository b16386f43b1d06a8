"""Posting a transfer through the ledger's own action, beside the same rows written by hand, in the same run.

Each client is a process. All of them take turns between the two ways, a few seconds each, so that whatever else the
machine does falls on both alike; what is compared is the ratio. Afterwards the whole ledger is verified.
"""

import multiprocessing
import random
import shutil
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bench import postgresql
from bench.by_hand import ByHand
from bench.measures import Measure
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

ROUNDS = 6
SECONDS = 1.5
WARM_UP = 0.3
HOUSEHOLDS = 200
CLIENTS = {1: 35, 8: 25}
"""The least percentage of the rate by hand, by number of clients."""
AIM = 50
LONGEST_WAIT = 10
"""The longest wait of eight SQLite writers, in medians."""


@dataclass
class Round:
    """What one client did in one turn: the seconds each transfer took, and those of the whole turn."""

    took: list[float] = field(default_factory=list)
    spent: float = 0.0


Times = dict[str, list[Round]]
"""The rounds of a client by way; the first of each only warms up and is not counted."""


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
            with _database(kind) as url:
                measures += _compare(kind, url, clients)
    return measures


@contextmanager
def _database(kind: str) -> Iterator[str]:
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
    actor, accounts = _set_up(database)
    times = _run([Client(url, seed, actor, accounts) for seed in range(clients)])
    posted = sum(len(turn.took) for each in times for turns in each.values() for turn in turns)
    label = f"{kind}, {clients} client{'s' if clients > 1 else ''}"
    by_hand, action = _rates(times, "by hand"), _rates(times, "action")
    # Round by round, since what the machine does beside changes from one to the next.
    ratio = round(100 * statistics.median(mine / theirs for mine, theirs in zip(action, by_hand, strict=True)))
    measures = [
        Measure(f"transfers/s by hand, {label}", f"{statistics.median(by_hand):.0f}"),
        Measure(f"transfers/s through the action, {label}", f"{statistics.median(action):.0f}"),
        Measure(
            f"action against hand, {label}",
            f"{ratio} %",
            f"at least {CLIENTS[clients]} % (aim {AIM} %)",
            ratio >= CLIENTS[clients],
        ),
    ]
    if kind == "sqlite" and clients > 1:
        measures.append(_longest_wait(times, label))
    measures.append(_verified(database, posted, label))
    database.dispose()
    return measures


def _rates(times: list[Times], way: str) -> list[float]:
    """Transfers a second of all clients together, in each round."""
    rounds = []
    for number in range(1, ROUNDS + 1):
        turns = [each[way][number] for each in times]
        rounds.append(sum(len(turn.took) for turn in turns) / max(turn.spent for turn in turns))
    return rounds


def _longest_wait(times: list[Times], label: str) -> Measure:
    took = [seconds for each in times for turn in each["action"][1:] for seconds in turn.took]
    median, longest = statistics.median(took), max(took)
    return Measure(
        f"longest wait, {label}",
        f"{1000 * longest:.1f} ms, {longest / median:.1f} medians of {1000 * median:.2f} ms",
        f"under {LONGEST_WAIT} medians",
        longest < LONGEST_WAIT * median,
    )


def _verified(database: Database, posted: int, label: str) -> Measure:
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


def _run(clients: list[Client]) -> list[Times]:
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager:
        barrier = manager.Barrier(len(clients))
        with context.Pool(len(clients)) as pool:
            return pool.starmap(_be_client, [(client, barrier) for client in clients], chunksize=1)


def _be_client(client: Client, barrier: Any) -> Times:
    database = Database(client.url)
    actor, chance = client.actor, random.Random(client.seed)
    by_hand = ByHand(client.url, actor.community_id, actor.person_id or 0, actor.party_id or 0)

    def through_action(giver: int, receiver: int, minutes: int) -> bool:
        lines = (Line(receiver, -minutes), Line(giver, minutes))
        source = Source("agreement", 1)
        try:
            with database.writing() as session:
                post_transfer(
                    session, actor, lines, request_key=uuid.uuid4().hex, kind="exchange", source=source, memo="Orlo"
                )
        except (BelowFloor, AboveCeiling):
            return False
        return True

    ways = {"by hand": by_hand.post, "action": through_action}
    times: Times = {name: [_turn(way, WARM_UP, chance, client)] for name, way in ways.items()}
    for number in range(ROUNDS):
        for name in ways if number % 2 else reversed(ways):
            barrier.wait()
            times[name].append(_turn(ways[name], SECONDS, chance, client))
    by_hand.close()
    database.dispose()
    return times


def _turn(way: Callable[[int, int, int], bool], seconds: float, chance: random.Random, client: Client) -> Round:
    turn, began = Round(), time.perf_counter()
    now_at = began
    while now_at < began + seconds:
        giver, receiver = chance.sample(client.accounts, 2)
        before = time.perf_counter()
        passed = way(giver, receiver, 15)
        now_at = time.perf_counter()
        if passed:
            turn.took.append(now_at - before)
    turn.spent = now_at - began
    return turn


def _set_up(database: Database) -> tuple[Actor, tuple[int, ...]]:
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
