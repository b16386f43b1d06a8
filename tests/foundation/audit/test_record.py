"""What is done leaves a line that nobody can change."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, StatementError

from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Database

ANNA = Actor(community_id=3, person_id=7, party_id=9)
REPLACING = """
    INSERT INTO audit_entry (id, at, verb, kind, detail) VALUES (1, CURRENT_TIMESTAMP, '', '', '{}')
    ON CONFLICT (id) DO UPDATE SET verb = 'x'
"""
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_says_who_for_whom_when_and_what(database: Database) -> None:
    with clock.at(NOON), database.writing() as session:
        audit.record(session, ANNA, "closed", "post", 42, reason="found")
    with database.reading() as session:
        (entry,) = audit.history_of(session, "post", 42)
    assert (entry.community_id, entry.actor_person_id, entry.party_id) == (3, 7, 9)
    assert entry.recorded_by_person_id == 7
    assert (entry.at, entry.verb, entry.detail) == (NOON, "closed", {"reason": "found"})


def test_says_who_really_recorded_it(database: Database) -> None:
    on_behalf = Actor(community_id=3, person_id=7, party_id=9, recorded_by_id=1)
    with database.writing() as session:
        audit.record(session, on_behalf, "closed", "post", 42)
    with database.reading() as session:
        (entry,) = audit.history_of(session, "post", 42)
    assert (entry.actor_person_id, entry.recorded_by_person_id) == (7, 1)


def test_a_job_has_no_person_but_may_name_the_community(database: Database) -> None:
    with database.writing() as session:
        audit.record(session, None, "expired", "post", 42, community_id=3, days=30)
    with database.reading() as session:
        (entry,) = audit.history_of(session, "post", 42)
    assert (entry.community_id, entry.actor_person_id, entry.detail) == (3, None, {"days": 30})


def test_the_line_goes_when_the_deed_is_undone(database: Database) -> None:
    def close_and_fail() -> None:
        with database.writing() as session:
            audit.record(session, ANNA, "closed", "post", 42)
            raise RuntimeError("undone")

    with pytest.raises(RuntimeError, match="undone"):
        close_and_fail()
    with database.reading() as session:
        assert audit.history_of(session, "post", 42) == []


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE audit_entry SET actor_person_id = 8",
        "DELETE FROM audit_entry",
        REPLACING,
    ],
)
def test_the_database_refuses_to_change_a_line(database: Database, tampering: str) -> None:
    with database.writing() as session:
        audit.record(session, ANNA, "closed", "post", 42)
    with pytest.raises(DatabaseError, match="append-only"), database.writing() as session:
        session.connection().execute(text(tampering))


def test_a_look_is_kept_before_the_page_is_made(database: Database) -> None:
    audit.looked(database, ANNA, "pact", 5, page="notes")
    with database.reading() as session:
        audit.looked(database, ANNA, "pact", 5)  # a page that reads may record a look
        assert [entry.detail for entry in audit.looks_at(session, "pact", 5)][-1] == {"page": "notes"}
    with database.reading() as session:
        assert len(audit.looks_at(session, "pact", 5)) == 2


def test_a_look_that_cannot_be_recorded_is_an_error(database: Database) -> None:
    with pytest.raises((TypeError, StatementError)):
        audit.looked(database, ANNA, "pact", 5, unspeakable=object())


def test_looks_are_told_apart_from_deeds(database: Database) -> None:
    with database.writing() as session:
        audit.record(session, ANNA, "signed", "pact", 5)
    with database.reading() as session:
        assert audit.looks_at(session, "pact", 5) == []
