"""What stays in the house is written in the transaction that ticks it off: exactly once, or not at all."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import select

from foundation import clock, outbox
from foundation.database import Database, Session
from foundation.outbox import InHouse, OutboxMessage
from tests.foundation.outbox.letterbox import NOON, only_message


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
