"""What verification says of a history that was touched, and of seals that somebody kept: `flask ledger verify`."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from exchanges.ledger.jobs import seal_new
from exchanges.ledger.rules import ERASED
from tests.client import on_sqlite
from tests.exchanges.ledger.book import Book, found

Run = Callable[..., Result]


@pytest.fixture
def sealed(lived_in: Book) -> Book:
    """Transfers 1 to 8 under seal 1, 9 under seal 2, 10 under none."""
    for name in ("chiara", "dario"):
        list(seal_new(lived_in.database))
        lived_in.move("anna", name, 10)
    assert found(lived_in) == []
    return lived_in


@pytest.fixture
def run(app: Flask) -> Run:
    """`flask ledger ...`"""
    return lambda *arguments: app.test_cli_runner().invoke(args=["ledger", *arguments])


COPY = """INSERT INTO transfer (id, community_id, request_key, kind, memo, at, source_kind, exempt, entry_count)
  SELECT {id}, community_id, 'forged', kind, memo, at, source_kind, exempt, entry_count FROM transfer WHERE id = 1"""

TOUCHED = {
    "UPDATE transfer SET memo = 'altro' WHERE id = 2": "seal 1: of transfer 2, which it closed, the words were",
    "UPDATE transfer SET at = '2026-01-01 00:00:00.000000' WHERE id = 9": "seal 2: of transfer 9, which it closed, its",
    "UPDATE transfer SET recorded_by_id = 3 WHERE id = 1": "who recorded it and for whom were changed.",
    "UPDATE entry SET minutes = 2 * minutes WHERE transfer_id = 1": "of transfer 1, which it closed, amounts, accounts",
    "UPDATE account SET opened_at = '2020-01-01 00:00:00.000000' WHERE id = {anna}": "accounts that began with it",
    "UPDATE reservation SET source_id = 77 WHERE source_id = 3": "promises made just before it were changed.",
    "UPDATE reservation SET closed_at = reserved_at WHERE source_id = 2": "promises ended just before it were changed.",
    "UPDATE account_limit SET reason = 'altro'": "limits set just before it were changed.",
    "UPDATE community_rules SET auto_confirm_days = 30": "the rules of the community (floor, ceiling and the like)",
    "DELETE FROM entry WHERE transfer_id = 8; DELETE FROM transfer WHERE id = 8": "transfer 8, which it closed, was",
    COPY.format(id=0): "seal 1: transfer 0 was put in afterwards, among those it closed.",
    "UPDATE seal SET transfers = 9 WHERE number = 1": "seal 1: its number, its moment, its figures or its hash",
    "UPDATE seal SET made_at = '2026-01-01 00:00:00.000000' WHERE number = 1": "its moment",
    "UPDATE seal SET hash = root WHERE number = 1": "seal 2: it does not follow the seal before it",
    "UPDATE seal SET marks = x'00' WHERE number = 1": "seal 1: its list of transfers was cut.",
    "UPDATE seal SET version = 2 WHERE number = 1": "its version 2 is none that is known.",
    "DELETE FROM seal WHERE number = 1": "seal 2: the seals between 0 and this one were removed.",
    "DELETE FROM seal WHERE number = 2": "seal 2 was made with the hash",
    "UPDATE seal SET number = 5 WHERE number = 2": "seal 5: the seals between 1 and this one were removed.",
    "UPDATE seal SET number = 7 WHERE number = 1; UPDATE seal SET number = 1 WHERE number = 2; "
    "UPDATE seal SET number = 2 WHERE number = 7": "seal 1: it does not follow",
}


@pytest.mark.parametrize("change", TOUCHED)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_it_is_named_in_plain_words(sealed: Book, change: str) -> None:
    sealed.disarm()
    sealed.attack(*change.format(**sealed.accounts).split("; "))
    lines = found(sealed)
    assert any(TOUCHED[change] in line for line in lines), lines


@on_sqlite
def test_one_change_is_told_once(sealed: Book) -> None:
    sealed.disarm()
    sealed.attack("UPDATE transfer SET for_party_id = 1 WHERE id = 3")
    assert len(found(sealed)) == 1


def rewrite(book: Book) -> None:
    """What a careful forger does: change a memo, forget the seals and their record, and seal everything anew."""
    triggers = book.disarm()
    forget = f"DELETE FROM audit_entry WHERE verb <> '{ERASED}'"
    book.attack("UPDATE transfer SET memo = 'altro' WHERE id = 1", "DELETE FROM seal", forget)
    book.attack(*triggers)
    list(seal_new(book.database))


@on_sqlite
def test_a_chain_made_anew_is_seen_by_who_kept_a_seal(sealed: Book, run: Run, tmp_path: Path) -> None:
    kept = sealed.ask("SELECT hash FROM seal ORDER BY number")[1][0]
    spaced = " ".join(kept[at : at + 8] for at in range(0, 64, 8)).upper()
    good = run("verify", "--against", spaced)
    assert good.exit_code == 0, good.output
    assert "The kept seal stands." in good.output
    rewrite(sealed)
    anew = run("verify")
    assert anew.exit_code == 0, anew.output
    bad = run("verify", "--against", kept)
    assert bad.exit_code == 1
    assert f"The seal that was kept ({kept}) is not in the chain" in bad.output
    assert run("verify", "--against", "abc").exit_code == 2
    assert run("verify", "--against", str(tmp_path)).exit_code == 2


@on_sqlite
@pytest.mark.parametrize("form", ["seals_json", "seals_text"])
def test_against_a_downloaded_file(sealed: Book, app: Flask, run: Run, tmp_path: Path, form: str) -> None:
    address = {"seals_json": "seals.json", "seals_text": "seals.txt"}[form]
    kept = tmp_path / address
    kept.write_bytes(app.test_client().get(f"/c/cremona/time/{address}").data)
    good = run("verify", "--community", "cremona", "--against", str(kept))
    assert good.exit_code == 0, good.output
    assert "The 2 kept seals stand in the chain." in good.output
    sealed.disarm()
    sealed.attack("DELETE FROM seal WHERE number = 2", "DELETE FROM audit_entry")
    bad = run("verify", "--against", str(kept))
    assert bad.exit_code == 1
    assert "The seal kept as number 2 of cremona (" in bad.output
    assert "The seal kept as number 1 of cremona (" not in bad.output


@on_sqlite
def test_a_file_without_seals(sealed: Book, run: Run, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    for words in ("", "nothing", "{", json.dumps({"seals": [{"hash": 7}, 3]}), "[]", "null"):
        kept.write_text(words)
        assert run("verify", "--against", str(kept)).exit_code == 2, words


@on_sqlite
def test_sealing_by_command(lived_in: Book, run: Run) -> None:
    first = run("seal")
    assert first.exit_code == 0
    assert "seal 1: 8 transfers" in first.output
    assert "nothing new" in run("seal", "--community", "cremona").output
    assert run("seal", "--community", "nowhere").exit_code == 2
    assert "1 seals; 0 transfers not sealed yet." in run("verify").output
