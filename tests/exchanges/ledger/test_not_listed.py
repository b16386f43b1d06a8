"""Ways to tamper that nobody would list: numbers no row should have, dates that cannot be, values in another form."""

import pytest

from exchanges.ledger.jobs import seal_new
from exchanges.ledger.queries import sealed as reading
from tests.exchanges.ledger.book import Book, found


@pytest.fixture
def sealed(lived_in: Book) -> Book:
    """Transfers 1 to 8 under a seal, one more under none, and nothing left that refuses."""
    list(seal_new(lived_in.database))
    lived_in.move("anna", "chiara", 10)
    assert found(lived_in) == []
    lived_in.disarm()
    return lived_in


RESERVATION = """INSERT INTO reservation (id, account_id, source_kind, source_id, minutes, available_after,
    opened_sequence, reserved_at, closed_at, closed_sequence, outcome)
  SELECT -3, account_id, 'errand', 77, minutes, available_after, {sequence}, reserved_at, reserved_at, {sequence},
    'released' FROM reservation WHERE source_id = 2"""
LIMIT = """INSERT INTO account_limit (id, account_id, from_sequence, floor_minutes, reason, set_at)
  SELECT -3, {account}, {sequence}, -60000, 'x', set_at FROM account_limit"""
MOVE = """INSERT INTO transfer (id, community_id, request_key, kind, memo, at, recorded_by_id, for_party_id,
    source_kind, exempt, entry_count)
  SELECT {id}, community_id, 'forged', kind, memo, {at}, recorded_by_id, for_party_id, source_kind, exempt, 2
  FROM transfer WHERE id = 1"""
ENTRIES = """INSERT INTO entry (transfer_id, position, account_id, minutes, balance_after, reserved_after, sequence)
  SELECT {id}, CASE id WHEN {anna} THEN 1 ELSE 2 END, id, CASE id WHEN {anna} THEN 5 ELSE -5 END, balance, reserved,
    sequence FROM account WHERE id IN ({anna}, {dario})"""
WITH_ENTRIES = (
    "UPDATE account SET balance = balance + 5, sequence = sequence + 1 WHERE id = {anna}",
    "UPDATE account SET balance = balance - 5, sequence = sequence + 1 WHERE id = {dario}",
    ENTRIES,
)
"""A whole transfer that every sum agrees with."""

ANYWHERE = {
    "reservations: before everything": (RESERVATION.format(sequence=-1),),
    "limits: before everything": (LIMIT.format(account="account_id", sequence=-1),),
    "limits: that are still to come": (LIMIT.format(account="account_id", sequence=100),),
    "limits: of nobody": (LIMIT.format(account=9000, sequence=0),),
    "recorded by: nobody": ("UPDATE transfer SET recorded_by_id = 9000 WHERE id = (SELECT max(id) FROM transfer)",),
    "recorded for: nobody": ("UPDATE transfer SET for_party_id = 9000 WHERE id = (SELECT max(id) FROM transfer)",),
    "dates: tomorrow": (MOVE.replace("{at}", "'2999-01-01 10:00:00.000000'"), *WITH_ENTRIES),
    "seals: in a gap among old ones": (MOVE.replace("{at}", "at"), *WITH_ENTRIES),
}
ON_SQLITE = {
    "seals: the smallest number there can be": (MOVE.replace("{at}", "at"), *WITH_ENTRIES),
    "forms: another form, not sealed": (
        "UPDATE transfer SET at = replace(at, ' ', 'T') || 'Z' WHERE id = (SELECT max(id) FROM transfer)",
    ),
    "forms: more behind an end": (
        "UPDATE transfer SET at = at || char(0) || 'x' WHERE id = (SELECT max(id) FROM transfer)",
    ),
    "seals: another form, sealed": ("UPDATE transfer SET at = replace(at, ' ', 'T') || 'Z' WHERE id = 1",),
    "seals: more behind an end, sealed": ("UPDATE transfer SET at = at || char(0) || 'x' WHERE id = 1",),
    "seals: text that is none": ("UPDATE transfer SET memo = CAST(x'ff41' AS TEXT) WHERE id = 1",),
}
NUMBERS = {
    "dates: tomorrow": 900,
    "seals: in a gap among old ones": 0,
    "seals: the smallest number there can be": -(2**63),
}


def forge(book: Book, forgery: str, statements: tuple[str, ...]) -> None:
    places = {**book.accounts, "id": NUMBERS.get(forgery, 0)}
    book.attack(*[each.format(**places) for each in statements])
    check = forgery.partition(":")[0]
    assert any(line.startswith(f"{check}: ") for line in found(book)), found(book)


@pytest.mark.parametrize("forgery", ANYWHERE)
def test_a_forgery_is_named(sealed: Book, forgery: str) -> None:
    forge(sealed, forgery, ANYWHERE[forgery])


@pytest.mark.parametrize("forgery", ON_SQLITE)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_forgery_on_sqlite_is_named(sealed: Book, forgery: str) -> None:
    forge(sealed, forgery, ON_SQLITE[forgery])


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_numbers_kept_as_words_for_good(sealed: Book) -> None:
    """The column is made to take words, given some, and made to look as before: they hash and add up as before."""
    with sealed.database.writing_engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        connection.rollback()
        for before, after in (("INTEGER", "TEXT"), ("TEXT", "INTEGER")):
            raw.execute("PRAGMA writable_schema = ON")
            raw.execute(
                "UPDATE sqlite_master SET sql = replace(sql, 'minutes ' || ?, 'minutes ' || ?) WHERE name = 'entry'",
                (before, after),
            )
            raw.execute("PRAGMA writable_schema = RESET")
            if after == "TEXT":
                raw.execute("UPDATE entry SET minutes = CAST(minutes AS TEXT) WHERE transfer_id = 1")
        raw.close()
    assert sealed.ask("SELECT typeof(minutes) FROM entry WHERE transfer_id = 1") == [("text",), ("text",)]
    lines = found(sealed)
    assert "forms: In table entry, row 1, 1: minutes holds '-90', which is not the form it is kept in." in lines, lines
    assert [line for line in lines if not line.startswith("forms: ")] == []


@pytest.mark.parametrize("edge", [1, 2, 3])
def test_a_transfer_that_is_there_twice(sealed: Book, monkeypatch: pytest.MonkeyPatch, edge: int) -> None:
    """Wherever the reading of the seals takes its breath."""
    monkeypatch.setattr(reading, "AT_ONCE", edge)
    if sealed.database.dialect == "sqlite":
        sealed.attack("CREATE TABLE new AS SELECT * FROM transfer", "DROP TABLE transfer")
        sealed.attack("ALTER TABLE new RENAME TO transfer")
    else:
        sealed.attack(
            "ALTER TABLE transfer DROP CONSTRAINT IF EXISTS pk_transfer CASCADE",
            "ALTER TABLE transfer DROP CONSTRAINT IF EXISTS uq_transfer_request_key CASCADE",
        )
    sealed.attack("INSERT INTO transfer SELECT * FROM transfer WHERE id = 2")
    assert "numbers: Transfer 2 is there 2 times." in found(sealed)


def test_everything_at_once_is_told_in_few_lines(sealed: Book) -> None:
    sealed.attack("UPDATE transfer SET memo = 'altro'")
    assert found(sealed) == [
        "seals: Community 1, seal 1: of 8 transfers, from 1 to 8, which it closed, the words were changed."
    ]
    sealed.attack("DELETE FROM entry", "DELETE FROM transfer")
    lines = found(sealed)
    assert "seals: Community 1, seal 1: 8 transfers, from 1 to 8, which it closed, were removed." in lines


@pytest.mark.parametrize("detail", ["[]", '"x"', "null", '{"number": [1], "hash": {}}', '{"number": 1}', "7"])
def test_a_record_that_cannot_be_read(sealed: Book, detail: str) -> None:
    with sealed.database.writing() as session:
        session.connection().exec_driver_sql(
            f"UPDATE audit_entry SET detail = '{detail}' WHERE kind = 'seal'", execution_options={"no_parameters": True}
        )
    lines = found(sealed)
    assert any("of the record of deeds tells of a seal, and cannot be read any more" in line for line in lines), lines
    assert any("the record of deeds knows nothing of seal 1" in line for line in lines)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_one_thing_that_cannot_be_computed_hides_no_other(sealed: Book) -> None:
    sealed.attack(
        "UPDATE entry SET minutes = 9223372036854775807 WHERE transfer_id IN (1, 2)",
        "UPDATE audit_entry SET detail = '{' WHERE kind = 'seal'",
        "UPDATE account SET floor_minutes = -6000 WHERE kind = 'fund'",
    )
    checks = {line.partition(":")[0] for line in found(sealed)}
    assert {"seals", "record of seals", "values", "limits on record"} <= checks, checks
