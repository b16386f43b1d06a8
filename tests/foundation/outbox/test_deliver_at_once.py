"""Many who deliver at once never double; who is slow or killed loses nothing."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

from foundation import clock, outbox
from foundation.claims.actions import claim_one, give_up_on_abandoned
from foundation.database import Database, Session
from foundation.outbox import OutboxMessage
from foundation.outbox.delivery import LEASE, MAX_ATTEMPTS
from tests.foundation.outbox.letterbox import NOON, Letterbox, delivered, left, only_message


def test_many_deliverers_never_double(database: Database) -> None:
    left(database, 40)
    box = Letterbox()
    with ThreadPoolExecutor(6) as pool:
        tried = sum(pool.map(lambda _: outbox.deliver_due(database, {"mail": box}), range(6)))
    assert tried == 40
    assert Counter(payload["n"] for payload in box.got) == Counter(range(40))


def test_nobody_waits_for_another_who_is_just_claiming(postgresql_database: Database) -> None:
    """SQLite has one writer at a time anyway; on PostgreSQL the second takes the next message instead."""
    left(postgresql_database, 2)
    with clock.at(NOON), postgresql_database.writing() as session, ThreadPoolExecutor(1) as pool:
        first = claim_one(session, OutboxMessage, OutboxMessage.channel, {"mail": LEASE}, "first")
        second = pool.submit(claim_by_another, postgresql_database, NOON).result(timeout=20)
    assert first is not None
    assert second != first.by


def test_who_took_longer_than_the_lease_cannot_tick_it_off(database: Database) -> None:
    """The slow one must neither end nor postpone what another deliverer holds by now."""
    left(database)
    second: list[str] = []

    def slow(session: Session, payload: Mapping[str, Any]) -> None:
        later = NOON + LEASE + timedelta(seconds=1)
        with clock.at(later), ThreadPoolExecutor(1) as pool:
            second.append(pool.submit(claim_by_another, database, later).result(timeout=20))
        raise OSError("too late anyway")

    delivered(database, slow)
    message = only_message(database)
    assert second == [message.claimed_by]
    assert (message.last_error, message.attempts) == (None, 2)


def claim_by_another(database: Database, moment: datetime) -> str:
    with clock.at(moment), database.writing() as session:
        claim = claim_one(session, OutboxMessage, OutboxMessage.channel, {"mail": LEASE}, "another")
    assert claim is not None
    return claim.by


DIES = """
import json, sys
from foundation import outbox
from foundation.database import Database

def dies(session, payload):
    print(json.dumps(dict(payload)), flush=True)
    sys.stdin.read()

outbox.deliver_due(Database(sys.argv[1]), {"mail": dies})
"""


def kill_while_delivering(database: Database) -> dict[str, Any]:
    address = database.url.render_as_string(hide_password=False)
    process = subprocess.Popen(
        [sys.executable, "-c", DIES, address], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        payload: dict[str, Any] = json.loads(process.stdout.readline())
        process.kill()
    assert process.returncode == -9
    return payload


def test_a_deliverer_killed_half_way_loses_nothing(database: Database) -> None:
    with database.writing() as session:
        outbox.put(session, "mail", {"n": 0})
    held = kill_while_delivering(database)
    box = Letterbox()
    assert outbox.deliver_due(database, {"mail": box}) == 0  # the lease still runs
    assert delivered(database, box, at=clock.now() + LEASE) == 1
    assert box.got == [held]


def test_what_kills_its_deliverer_each_time_is_buried(database: Database) -> None:
    left(database)
    moment = NOON
    for _ in range(MAX_ATTEMPTS):
        claim_by_another(database, moment)
        moment += LEASE
    with clock.at(moment), database.writing() as session:
        assert give_up_on_abandoned(session, OutboxMessage, MAX_ATTEMPTS) == 1
    assert delivered(database, Letterbox(), at=moment) == 0
