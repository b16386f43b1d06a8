"""`flask import members FILE.csv`: the door on the command line."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func
from sqlmodel import col, select

from community.members.tables import Person
from foundation.database import Database
from tests.cast import Cast

REGISTER = "Codice;Nome;Cognome;Zona\n1;Niccolò;Rossi;Centro\n2;Ida;Poli;Po\n"
BROKEN = "Codice;Nome;Cognome;Zona;Segno\n1;Niccolò;Rossi;Milano;leone\n2;;Poli;Po;pesci\n"


@pytest.fixture(params=["sqlite"])
def database(sqlite_database: Database) -> Database:
    return sqlite_database


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["import", *arguments])


def imported(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).where(col(Person.import_key).is_not(None))) or 0


@pytest.fixture
def register(tmp_path: Path) -> str:
    path = tmp_path / "soci.csv"
    path.write_bytes(REGISTER.encode("cp1252"))
    return str(path)


@pytest.fixture
def broken(tmp_path: Path) -> str:
    path = tmp_path / "sbagliato.csv"
    path.write_text(BROKEN)
    return str(path)


def test_a_good_file(app: Flask, database: Database, cast: Cast, register: str) -> None:
    first = run(app, "members", register, "--community", "cremona", "--language", "it")
    assert first.exit_code == 0
    assert "2" in first.output.splitlines()[-1]
    assert imported(database) == 2
    again = run(app, "members", register, "--community", "cremona", "--language", "en")
    assert again.exit_code == 0
    assert "Done: 0 new, 2 there already." in again.output
    assert imported(database) == 2


def test_a_rehearsal_tells_line_by_line_and_keeps_nothing(
    app: Flask, database: Database, cast: Cast, register: str
) -> None:
    result = run(app, "members", register, "--community", "cremona", "--dry-run", "--language", "en")
    assert result.exit_code == 0
    assert "line 2: to be taken in" in result.output
    assert "line 3: to be taken in" in result.output
    assert "A rehearsal, nothing was kept: 2 new, 0 there already." in result.output
    assert imported(database) == 0


def test_a_bad_file_is_told_line_by_line(app: Flask, database: Database, cast: Cast, broken: str) -> None:
    result = run(app, "members", broken, "--community", "cremona", "--language", "en")
    assert result.exit_code == 1
    assert "line 2, Zona: There is no zone called “Milano” here." in result.output
    assert "line 3, Nome: This cell must not be empty." in result.output
    assert "Columns left aside, since nobody knows them: Segno." in result.output
    assert "Nothing was taken in: 2 things are not right." in result.output
    assert imported(database) == 0


def test_the_report_speaks_italian(app: Flask, cast: Cast, broken: str) -> None:
    result = run(app, "members", broken, "--community", "cremona", "--language", "it")
    assert result.exit_code == 1
    assert "riga 2, Zona:" in result.output
    assert "Milano" in result.output


@pytest.mark.parametrize(("slug", "words"), [("", "Say which community"), ("atlantide", "There is no community")])
def test_which_community(app: Flask, cast: Cast, register: str, slug: str, words: str) -> None:
    result = run(app, "members", register, "--language", "en", *(["--community", slug] if slug else []))
    assert result.exit_code == 1
    assert words in result.output


def test_no_such_file(app: Flask, cast: Cast) -> None:
    assert run(app, "members", "manca.csv").exit_code == 2
