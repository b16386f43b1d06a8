"""`flask ledger verify`: what it says, and the number it ends with."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from exchanges.ledger.jobs import seal_new
from exchanges.ledger.rules import Line, Source
from tests.client import on_sqlite
from tests.exchanges.ledger.book import Book

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    """`flask ledger ...`"""
    return lambda *arguments: app.test_cli_runner().invoke(args=["ledger", *arguments])


def test_nothing_to_tell(lived_in: Book, run: Run) -> None:
    good = run("verify")
    assert good.exit_code == 0, good.output
    assert good.output.endswith("The whole sums to zero and every figure agrees.\n")


def test_triggers_that_are_gone_are_told_though_nothing_was_changed(lived_in: Book, run: Run) -> None:
    if lived_in.database.dialect == "sqlite":
        lived_in.attack("DROP TRIGGER transfer_append_only")
    else:
        lived_in.attack("DROP TRIGGER transfer_append_only ON transfer")
    bad = run("verify")
    assert bad.exit_code == 1
    line = "fault (guards): Table transfer: the trigger transfer_append_only is gone, which kept history as it is."
    assert bad.output.splitlines()[0] == line
    assert bad.output.endswith("\n1 fault.\n")


def test_what_cannot_be_computed_is_told_in_a_line(lived_in: Book, run: Run) -> None:
    """Also the figures at the end; and the rest is told all the same."""
    lived_in.disarm()
    lived_in.attack("UPDATE account SET floor_minutes = -6000 WHERE kind = 'fund'")
    if lived_in.database.dialect == "sqlite":
        lived_in.attack("UPDATE entry SET minutes = 9223372036854775807")
    else:
        lived_in.attack("ALTER TABLE entry ALTER minutes TYPE text")
    bad = run("verify")
    assert bad.exit_code == 1
    assert isinstance(bad.exception, SystemExit)
    assert "How much there is cannot be counted." in bad.output
    assert "fault (limits on record): " in bad.output
    assert "Traceback" not in bad.output


@pytest.mark.parametrize("table", ["reservation", "seal", "audit_entry", "community"])
def test_a_table_that_is_gone(lived_in: Book, run: Run, table: str) -> None:
    lived_in.disarm()
    lived_in.attack(f"DROP TABLE {table}" + (" CASCADE" if lived_in.database.dialect == "postgresql" else ""))
    bad = run("verify")
    assert bad.exit_code == 1
    assert isinstance(bad.exception, SystemExit)
    if table != "community":
        assert f"fault (guards): Table {table} is gone, or something else is in its place." in bad.output


@on_sqlite
@pytest.mark.parametrize("command", ["seal", "verify"])
def test_a_database_that_is_none(lived_in: Book, run: Run, command: str) -> None:
    lived_in.database.dispose()
    file = Path(str(lived_in.database.url.database))
    file.write_bytes(b"nothing of the sort" * 1000)
    for left in file.parent.glob(f"{file.name}-*"):
        left.unlink()
    bad = run(command)
    assert bad.exit_code == 1
    assert bad.output == "The database cannot be read: file is not a database\n"


@on_sqlite
def test_what_was_written_does_not_move_the_cursor(lived_in: Book, run: Run) -> None:
    lived_in.disarm()
    lived_in.attack("UPDATE transfer SET kind = 'gift' || char(27) || '[2J' WHERE kind = 'reversal'")
    bad = run("verify")
    assert "\x1b" not in bad.output
    assert r"is a gift\x1b[2J, and yet marked otherwise." in bad.output


def test_what_a_transfer_comes_from_is_there(lived_in: Book, run: Run) -> None:
    anna, chiara = lived_in.accounts["anna"], lived_in.accounts["chiara"]
    lived_in.post([Line(anna, 5), Line(chiara, -5)], source=Source("party", lived_in.cast.anna.party.id))
    assert run("verify").exit_code == 0
    lived_in.post([Line(anna, 5), Line(chiara, -5)], source=Source("group_exchange", 7000))
    elsewhere = lived_in.cast.members["zoe"].party.id
    lived_in.post([Line(anna, 5), Line(chiara, -5)], source=Source("party", elsewhere))
    bad = run("verify")
    assert "comes from group exchange 7000, which is not there in its community." in bad.output
    assert f"comes from party {elsewhere}, which is not there in its community." in bad.output
    assert run("verify", "--community", lived_in.cast.other_community.slug).exit_code == 0


@on_sqlite
def test_seals_of_another_community_are_no_rewriting(lived_in: Book, run: Run, tmp_path: Path) -> None:
    list(seal_new(lived_in.database))
    hashed = lived_in.ask("SELECT hash FROM seal")[0][0]
    kept = tmp_path / "seals.json"
    kept.write_text(json.dumps({"community": "cremona", "seals": [{"number": 1, "hash": hashed}]}))
    assert run("verify", "--community", "cremona", "--against", str(kept)).exit_code == 0
    other = run("verify", "--community", lived_in.cast.other_community.slug, "--against", str(kept))
    assert other.exit_code == 2
    assert "these are seals of cremona, not of" in other.output
