"""Who was verified before checks had a table of their own keeps what they have."""

from datetime import date

from sqlmodel import select

from community.safeguarding.tables import CareCheck
from foundation import clock
from foundation.database import Database
from foundation.database.upgrading import downgrade
from tests.cast import Cast, make_cast, verify_for_care

BEFORE = "0024-1"
"""Whatever migration came before the one that brought the checks."""


def test_verifications_come_over_and_go_back(empty_database: Database) -> None:
    empty_database.migrate()
    cast = make_cast(empty_database)
    _write(empty_database, cast)
    downgrade(empty_database, BEFORE)
    assert _ask(empty_database, "SELECT document, withdrawn_reason FROM identity_check") == [("identity_card", "")]
    reasons = "SELECT given_by, withdrawn_reason FROM reference ORDER BY id"
    assert _ask(empty_database, reasons) == [
        ("Prima Referenza", ""),
        ("Seconda Referenza", ""),
        ("Terza", "Ci ha ripensato"),
    ]
    empty_database.migrate()
    with empty_database.reading() as session:
        found = [(line.kind, line.what, line.withdrawn_reason) for line in session.exec(select(CareCheck))]
        assert {line.seen_on for line in session.exec(select(CareCheck))} == {clock.today("Europe/Rome")}
    assert found == [
        ("identity", "identity_card", ""),
        ("reference", "Prima Referenza", ""),
        ("reference", "Seconda Referenza", ""),
        ("reference", "Terza", "Ci ha ripensato"),
    ]
    sealed = _ask(empty_database, "SELECT withdrawn_reason FROM care_check WHERE what = 'Terza'")
    assert "ripensato" not in str(sealed)


def _write(database: Database, cast: Cast) -> None:
    today: date = clock.today("Europe/Rome")
    mine = {"community_id": cast.community.id, "person_id": cast.anna.id, "recorded_by_id": cast.maker.id}
    with database.writing() as session:
        verify_for_care(session, cast, cast.anna)
        session.add(
            CareCheck(
                kind="reference",
                what="Terza",
                seen_on=today,
                withdrawn_at=clock.now(),
                withdrawn_by_id=cast.maker.id,
                withdrawn_reason="Ci ha ripensato",
                **mine,
            )
        )
        session.add(CareCheck(kind="age", years=40, seen_on=today, **mine))


def _ask(database: Database, question: str) -> list[tuple[object, ...]]:
    with database.reading() as session:
        return [tuple(row) for row in session.connection().exec_driver_sql(question)]
