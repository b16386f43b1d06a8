"""Balances brought along are transfers against the issue account, posted once."""

import pytest
from sqlmodel import col, select

from community.importing.actions import members_import
from community.parties.tables import Party
from exchanges.importing.actions import balances_import
from exchanges.ledger.tables import Account, Entry, Transfer
from foundation.database import Database
from tests.cast import Cast
from tests.importing import said, take_file

PEOPLE = "Codice;Famiglia;Nome;E-mail;Zona\n1;F1;Samira;samira@example.org;Po\n2;F2;Giorgio;;Centro\n3;F3;Ida;;Po\n"
BALANCES = "Famiglia;Saldo;Nota\nF1;-1 h 30;Riporto dal quaderno\nF2;12 h;\nF3;0;\n"


@pytest.fixture(autouse=True)
def members(database: Database, cast: Cast) -> None:
    assert take_file(database, members_import, PEOPLE).new == 3


def balances(database: Database) -> dict[str, int]:
    with database.reading() as session:
        statement = (
            select(Party.import_key, Account.balance)
            .join(Account, col(Account.party_id) == col(Party.id))
            .where(col(Party.import_key).is_not(None))
        )
        return dict(session.exec(statement).all())


def test_what_they_bring_along(database: Database, cast: Cast) -> None:
    report = take_file(database, balances_import, BALANCES)
    assert (report.new, report.unchanged, said(report)) == (2, 1, [])
    assert balances(database) == {"F1": -90, "F2": 720, "F3": 0}


def test_they_come_from_the_issue_account_and_the_whole_sums_to_zero(database: Database, cast: Cast) -> None:
    take_file(database, balances_import, BALANCES)
    with database.reading() as session:
        transfers = session.exec(select(Transfer)).all()
        entries = session.exec(select(Entry.minutes)).all()
        issue = session.exec(select(Account.balance).where(col(Account.kind) == "issue")).one()
    assert {(one.kind, one.exempt) for one in transfers} == {("opening", True)}
    assert "Riporto dal quaderno" in {one.memo for one in transfers}
    assert (sum(entries), issue) == (0, 90 - 720)


def test_the_same_file_again_changes_nothing(database: Database, cast: Cast) -> None:
    take_file(database, balances_import, BALANCES)
    report = take_file(database, balances_import, BALANCES)
    assert (report.new, report.unchanged) == (0, 3)
    assert balances(database) == {"F1": -90, "F2": 720, "F3": 0}


def test_a_rehearsal_keeps_nothing(database: Database, cast: Cast) -> None:
    report = take_file(database, balances_import, BALANCES, dry_run=True)
    assert (report.new, report.kept) == (2, False)
    assert set(balances(database).values()) <= {0}


def test_another_balance_for_the_same_household_is_a_fault(database: Database, cast: Cast) -> None:
    take_file(database, balances_import, BALANCES)
    report = take_file(database, balances_import, BALANCES.replace("12 h", "13 h"))
    assert said(report) == ["3: An opening balance of 720 is there already."]


def test_a_person_may_be_named_instead(database: Database, cast: Cast) -> None:
    take_file(database, balances_import, "Codice;Ore\nsamira@example.org;2,5\n2;90 min\n")
    assert (balances(database)["F1"], balances(database)["F2"]) == (150, 90)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("F9;1 h;", "2: There is no member with the code F9: take the members in first."),
        ("F1;;", "2, Saldo: This cell must not be empty."),
        ("F1;molto;", "2, Saldo: Write the time as 1 h 30, 1:30, 1,5 or 90 min."),
        ("F1;10001 h;", "2, Saldo: This is 600060, and at most 600000 can be right here."),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_kept(database: Database, cast: Cast, line: str, fault: str) -> None:
    report = take_file(database, balances_import, f"Famiglia;Saldo;Nota\n{line}\nF2;12 h;\n")
    assert said(report) == [fault]
    assert set(balances(database).values()) <= {0}


def test_one_household_twice_in_a_file(database: Database, cast: Cast) -> None:
    report = take_file(database, balances_import, "Famiglia;Saldo\nF1;1 h\nF1;2 h\n")
    assert said(report) == ["3, Famiglia: This is already on line 2."]
