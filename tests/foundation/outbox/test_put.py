"""A message is left together with what it tells, and what has a key is told once."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from foundation import clock, outbox
from foundation.database import Database
from foundation.outbox import OutboxMessage

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def messages(database: Database) -> list[OutboxMessage]:
    with database.reading() as session:
        return list(session.exec(select(OutboxMessage).order_by(OutboxMessage.id)))


def test_is_due_at_once_unless_said_otherwise(database: Database) -> None:
    with clock.at(NOON), database.writing() as session:
        outbox.put(session, "mail", {"to": "anna"})
        outbox.put(session, "mail", {"to": "anna"}, due_at=NOON + timedelta(days=1))
    assert [message.due_at for message in messages(database)] == [NOON, NOON + timedelta(days=1)]
    assert messages(database)[0].payload == {"to": "anna"}


def test_goes_when_what_it_tells_is_undone(database: Database) -> None:
    def tell_and_fail() -> None:
        with database.writing() as session:
            outbox.put(session, "mail", {})
            raise RuntimeError("undone")

    with pytest.raises(RuntimeError, match="undone"):
        tell_and_fail()
    assert messages(database) == []


def test_the_same_key_is_told_once_on_each_channel(database: Database) -> None:
    with database.writing() as session:
        assert outbox.put(session, "mail", {"n": 1}, key="proposal 5")
        assert not outbox.put(session, "mail", {"n": 2}, key="proposal 5")
        assert outbox.put(session, "signal", {"n": 3}, key="proposal 5")
    assert [message.payload["n"] for message in messages(database)] == [1, 3]


def test_without_a_key_every_message_counts(database: Database) -> None:
    with database.writing() as session:
        assert outbox.put(session, "mail", {})
        assert outbox.put(session, "mail", {})
    assert len(messages(database)) == 2


def test_a_muted_outbox_takes_nothing(database: Database) -> None:
    def put(session: Session) -> bool:
        return outbox.put(session, "mail", {})

    with database.writing() as session:
        with outbox.muted():
            assert not put(session)
        assert put(session)
    assert len(messages(database)) == 1


def test_delivered_ones_are_dropped_after_ninety_days_and_others_stay(database: Database) -> None:
    with clock.at(NOON):
        with database.writing() as session:
            outbox.put(session, "mail", {"n": 1})
            outbox.put(session, "nobody", {"n": 2})
        assert outbox.deliver_due(database, {"mail": lambda session, payload: None}) == 1
    with clock.at(NOON + timedelta(days=89)), database.writing() as session:
        assert outbox.purge(session) == 0
    with clock.at(NOON + timedelta(days=91)), database.writing() as session:
        assert outbox.purge(session) == 1
    assert [message.payload["n"] for message in messages(database)] == [2]
