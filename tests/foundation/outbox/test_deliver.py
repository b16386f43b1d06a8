"""Every message arrives once where all goes well, and at last where it does not."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from foundation import clock, outbox
from foundation.database import Database, ReadOnly, Session
from foundation.outbox import Later, Undeliverable
from foundation.outbox.delivery import MAX_ATTEMPTS
from tests.foundation.outbox.letterbox import NOON, Letterbox, delivered, left, only_message


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
