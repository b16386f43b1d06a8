"""Every message arrives once where all goes well, and at last where it does not."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any

import pytest
from sqlmodel import select

from foundation import clock, outbox
from foundation.claims.actions import claim_one, give_up_on_abandoned
from foundation.database import Database, ReadOnly, Session
from foundation.outbox import InHouse, Later, OutboxMessage, Undeliverable
from foundation.outbox.delivery import LEASE, MAX_ATTEMPTS

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Letterbox:
    """A channel that remembers what it got, and fails as often as it is told to."""

    def __init__(self, *failures: Exception) -> None:
        self.got: list[dict[str, Any]] = []
        self.failures = list(failures)
        self._lock = Lock()

    def __call__(self, session: Session, payload: Mapping[str, Any]) -> None:
        with self._lock:
            if self.failures:
                raise self.failures.pop(0)
            self.got.append(dict(payload))


def left(database: Database, count: int = 1, **options: Any) -> None:
    with clock.at(NOON), database.writing() as session:
        for number in range(count):
            outbox.put(session, "mail", {"n": number}, **options)


def delivered(database: Database, channel: Any, *, at: datetime = NOON, limit: int = 100) -> int:
    with clock.at(at):
        return outbox.deliver_due(database, {"mail": channel}, limit)


def only_message(database: Database) -> OutboxMessage:
    with database.reading() as session:
        return session.exec(select(OutboxMessage)).one()


def test_arrives_once_with_its_number(database: Database) -> None:
    left(database)
    box = Letterbox()
    assert delivered(database, box) == 1
    assert delivered(database, box) == 0
    message = only_message(database)
    assert box.got == [{"n": 0, "outbox_id": message.id}]
    assert (message.done_at, message.claimed_by, message.attempts) == (NOON, None, 1)


def test_the_secret_of_a_link_is_forgotten_once_it_is_out(database: Database) -> None:
    payload = {"person_id": 7, "notice": "link", "values": {"secret": "s3cr3t", "post_id": 3}}
    with clock.at(NOON), database.writing() as session:
        outbox.put(session, "mail", payload)
    box = Letterbox(OSError("no connection"))
    delivered(database, box)
    assert only_message(database).payload == payload, "it has to be sent again, whole"
    delivered(database, box, at=NOON + timedelta(hours=1))
    assert box.got[0]["values"] == payload["values"]
    assert only_message(database).payload == {"person_id": 7, "notice": "link", "values": {"post_id": 3}}


def test_the_oldest_goes_first_and_no_more_than_asked(database: Database) -> None:
    left(database, 5)
    box = Letterbox()
    assert delivered(database, box, limit=3) == 3
    assert [payload["n"] for payload in box.got] == [0, 1, 2]


def test_waits_until_it_is_due(database: Database) -> None:
    left(database, due_at=NOON + timedelta(hours=1))
    box = Letterbox()
    assert delivered(database, box, at=NOON + timedelta(minutes=59)) == 0
    assert delivered(database, box, at=NOON + timedelta(hours=1)) == 1


def test_other_channels_messages_are_left_alone(database: Database) -> None:
    left(database)
    assert outbox.deliver_due(database, {"signal": Letterbox()}) == 0
    assert outbox.deliver_due(database, {}) == 0


def test_a_failure_is_noted_and_tried_again_later_and_later(database: Database) -> None:
    left(database)
    box = Letterbox(*[OSError("server away")] * 3)
    moment, waits = NOON, []
    while not box.got:
        assert delivered(database, box, at=moment) == 1
        assert delivered(database, box, at=moment) == 0
        message = only_message(database)
        if not box.got:
            assert message.last_error == "OSError: server away"
            waits.append((message.due_at - moment).total_seconds())
            moment = message.due_at
    assert [wait // 15 for wait in waits] == [1, 2, 4]
    assert (message.attempts, message.last_error) == (4, None)


def test_one_that_fails_holds_up_no_other(database: Database) -> None:
    left(database, 3)
    box = Letterbox(OSError("first one is bad"))
    assert delivered(database, box) == 3
    assert [payload["n"] for payload in box.got] == [1, 2]


def test_what_cannot_arrive_is_not_tried_again(database: Database) -> None:
    left(database)
    delivered(database, Letterbox(Undeliverable("no such address")))
    message = only_message(database)
    assert message.dead_at == NOON
    assert message.last_error == "Undeliverable: no such address"
    assert delivered(database, Letterbox(), at=NOON + timedelta(days=9)) == 0


def test_is_given_up_after_the_last_attempt(database: Database) -> None:
    left(database)
    box = Letterbox(*[OSError("away\x00")] * 99)
    for day in range(MAX_ATTEMPTS + 3):
        delivered(database, box, at=NOON + timedelta(days=day))
    message = only_message(database)
    assert message.attempts == MAX_ATTEMPTS
    assert message.dead_at == NOON + timedelta(days=MAX_ATTEMPTS - 1)
    assert message.last_error == "OSError: away"


def test_a_channel_can_only_read(database: Database) -> None:
    refusals: list[str] = []

    def writes(session: Session, payload: Mapping[str, Any]) -> None:
        with pytest.raises(ReadOnly):
            outbox.put(session, "mail", {"n": 9})
        refusals.append("refused")

    left(database)
    delivered(database, writes)
    assert refusals == ["refused"]


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


def _pass_on(session: Session, payload: Mapping[str, Any]) -> None:
    outbox.put(session, "mail", {"n": payload["n"]})


def test_in_the_house_it_is_written_exactly_once(database: Database) -> None:
    with clock.at(NOON), database.writing() as session:
        outbox.put(session, "house", {"n": 1})
    with clock.at(NOON):
        assert outbox.deliver_due(database, {"house": InHouse(_pass_on)}) == 1
        assert outbox.deliver_due(database, {"house": InHouse(_pass_on)}) == 0
    with database.reading() as session:
        assert [(m.channel, m.done_at) for m in session.exec(select(OutboxMessage).order_by(OutboxMessage.id))] == [
            ("house", NOON), ("mail", None),
        ]  # fmt: skip


def test_what_fails_in_the_house_leaves_nothing_and_is_tried_again(database: Database) -> None:
    def fails(session: Session, payload: Mapping[str, Any]) -> None:
        _pass_on(session, payload)
        raise OSError("half-way")

    with clock.at(NOON), database.writing() as session:
        outbox.put(session, "house", {"n": 1})
    with clock.at(NOON):
        outbox.deliver_due(database, {"house": InHouse(fails)})
    message = only_message(database)
    assert (message.done_at, message.dead_at, message.attempts) == (None, None, 1)


def test_who_lost_its_claim_leaves_nothing_in_the_house(database: Database) -> None:
    def slow(session: Session, payload: Mapping[str, Any]) -> None:
        _pass_on(session, payload)
        message = session.get(OutboxMessage, payload["outbox_id"])
        assert message is not None
        message.claimed_by = "another"
        session.flush()

    with clock.at(NOON), database.writing() as session:
        outbox.put(session, "house", {"n": 1})
    with clock.at(NOON):
        outbox.deliver_due(database, {"house": InHouse(slow)})
    assert only_message(database).done_at is None


def test_what_comes_at_the_wrong_hour_is_put_off_and_was_not_tried(database: Database) -> None:
    left(database)
    morning = NOON + timedelta(hours=20)
    box = Letterbox(Later(morning))
    assert delivered(database, box) == 1
    row = only_message(database)
    assert (row.attempts, row.due_at, row.claimed_by, row.last_error, row.dead_at) == (0, morning, None, None, None)
    assert delivered(database, box, at=morning - timedelta(minutes=1)) == 0
    assert delivered(database, box, at=morning) == 1
    assert len(box.got) == 1


def test_those_of_its_lane_wait_with_it(database: Database) -> None:
    left(database, 2, lane="a")
    morning = NOON + timedelta(hours=20)
    box = Letterbox(Later(morning))
    delivered(database, box)
    assert box.got == []
    delivered(database, box, at=morning)
    assert [one["n"] for one in box.got] == [0, 1]
