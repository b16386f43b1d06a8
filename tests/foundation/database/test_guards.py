"""What stands around a table, as it was declared or not: tables, columns, constraints, indexes and triggers."""

import pytest
from sqlalchemy import text

from community.communities.tables import Community
from foundation.database import Database, metadata, schema
from foundation.database.guards import gaps


def told(database: Database) -> list[str]:
    """Everything that is not as it was declared, in a line each."""
    schema.import_tables()
    with database.reading() as session:
        return [f"{gap.table}: {gap.what} {gap.name} {gap.state}" for gap in gaps(session, metadata.sorted_tables)]


def change(database: Database, statements: tuple[str, ...]) -> None:
    with database.writing() as session:
        for statement in statements:
            session.execute(text(statement))


def test_a_database_that_was_migrated_has_them_all(database: Database) -> None:
    assert told(database) == []


ON_SQLITE = {
    "transfer: trigger transfer_append_only_delete missing": ("DROP TRIGGER transfer_append_only_delete",),
    "seal: trigger seal_follows changed": (
        "DROP TRIGGER seal_follows",
        "CREATE TRIGGER seal_follows BEFORE INSERT ON seal WHEN 0 BEGIN SELECT 1; END",
    ),
    "entry: trigger helpful added": ("CREATE TRIGGER helpful AFTER INSERT ON entry BEGIN SELECT 1; END",),
    "account: index uq_account_one_fund missing": ("DROP INDEX uq_account_one_fund",),
    "transfer: index ix_transfer_source changed": (
        "DROP INDEX ix_transfer_source",
        "CREATE INDEX ix_transfer_source ON transfer (source_kind) WHERE id > 9",
    ),
    "seal: table seal missing": ("ALTER TABLE seal RENAME TO true_seal", "CREATE VIEW seal AS SELECT * FROM true_seal"),
    "seal: constraint pk_seal missing": (
        "CREATE TABLE new AS SELECT * FROM seal",
        "DROP TABLE seal",
        "ALTER TABLE new RENAME TO seal",
    ),
    "community_rules: column approval missing": (
        "CREATE TABLE new AS SELECT id, community_id FROM community_rules",
        "DROP TABLE community_rules",
        "ALTER TABLE new RENAME TO community_rules",
    ),
}


@pytest.mark.parametrize("gap", ON_SQLITE)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_was_changed_on_sqlite(database: Database, gap: str) -> None:
    change(database, ON_SQLITE[gap])
    assert gap in told(database)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_was_written_into_the_schema_of_sqlite(database: Database) -> None:
    """A check that lets more pass, under the same name; a column of another type; and an index that forgets a row."""
    with database.writing() as session:
        session.add(Community(slug="cremona", name="Cremona"))
    with database.writing_engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        connection.rollback()
        raw.execute("PRAGMA writable_schema = ON")
        for old, new in (("position >= 1", "position >= -1"), ("minutes INTEGER", "minutes TEXT")):
            raw.execute("UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = 'entry'", (old, new))
        # The unique index of the slugs goes where that of the communities' rules stands, which has no row.
        raw.execute(
            "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master "
            "WHERE name = 'ix_community_rules_in_force') WHERE name = 'sqlite_autoindex_community_1'"
        )
        raw.execute("PRAGMA writable_schema = RESET")
        raw.close()
    lines = told(database)
    assert "entry: constraint ck_entry_position_from_one changed" in lines
    assert "entry: column minutes changed" in lines
    assert any(line.startswith("community: file row 1 missing from index") for line in lines), lines


ON_POSTGRESQL = {
    "transfer: trigger transfer_append_only missing": ("DROP TRIGGER transfer_append_only ON transfer",),
    "transfer: trigger transfer_append_only off": ("ALTER TABLE transfer DISABLE TRIGGER ALL",),
    "transfer: constraint fk_transfer_last_entry off": ("ALTER TABLE transfer DISABLE TRIGGER ALL",),
    "seal: trigger seal_follows off": ("ALTER TABLE seal ENABLE REPLICA TRIGGER seal_follows",),
    "seal: function seal_follows changed": (
        "CREATE OR REPLACE FUNCTION seal_follows() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    ),
    "account: trigger account_moves_by_entry changed": (
        "DROP TRIGGER account_moves_by_entry ON account",
        """CREATE TRIGGER account_moves_by_entry BEFORE UPDATE ON account FOR EACH ROW WHEN (false)
        EXECUTE FUNCTION account_moves_by_entry()""",
    ),
    "entry: trigger helpful added": (
        "CREATE FUNCTION helpful() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.minutes := 1; RETURN NEW; END'",
        "CREATE TRIGGER helpful BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION helpful()",
    ),
    "entry: constraint ck_entry_minutes_sane missing": ("ALTER TABLE entry DROP CONSTRAINT ck_entry_minutes_sane",),
    "entry: constraint ck_entry_minutes_sane changed": (
        "ALTER TABLE entry DROP CONSTRAINT ck_entry_minutes_sane",
        "ALTER TABLE entry ADD CONSTRAINT ck_entry_minutes_sane CHECK (minutes <> 0)",
    ),
    "transfer: constraint ck_transfer_request_key_given off": (
        "ALTER TABLE transfer DROP CONSTRAINT ck_transfer_request_key_given",
        "ALTER TABLE transfer ADD CONSTRAINT ck_transfer_request_key_given CHECK (request_key <> '') NOT VALID",
    ),
    "account: index uq_account_one_fund missing": ("DROP INDEX uq_account_one_fund",),
    "account: index uq_account_one_fund changed": (
        "DROP INDEX uq_account_one_fund",
        "CREATE UNIQUE INDEX uq_account_one_fund ON account (community_id) WHERE kind = 'fond'",
    ),
    "transfer: column memo changed": ("ALTER TABLE transfer ALTER memo TYPE text",),
    "account: column last_sequence changed": ("ALTER TABLE account ALTER last_sequence DROP EXPRESSION",),
    "seal: table seal changed": ("ALTER TABLE seal RENAME TO true_seal", "CREATE VIEW seal AS SELECT * FROM true_seal"),
    "entry: table entry changed": ("CREATE TABLE more () INHERITS (entry)",),
    "seal: table seal missing": ("DROP TABLE seal",),
    "entry: policy hide added": ("CREATE POLICY hide ON entry USING (minutes < 600)",),
    "entry: policy row level security added": ("ALTER TABLE entry ENABLE ROW LEVEL SECURITY",),
    "transfer: rule quietly added": ("CREATE RULE quietly AS ON UPDATE TO transfer DO INSTEAD NOTHING",),
}


@pytest.mark.parametrize("gap", ON_POSTGRESQL)
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_what_was_changed_on_postgresql(database: Database, gap: str) -> None:
    change(database, ON_POSTGRESQL[gap])
    assert gap in told(database)


def test_more_constraints_and_indexes_do_no_harm(database: Database) -> None:
    change(database, ("CREATE INDEX ix_own ON transfer (memo)",))
    if database.dialect == "postgresql":
        change(database, ("ALTER TABLE entry ADD CONSTRAINT own CHECK (minutes < 100000)",))
    assert told(database) == []
