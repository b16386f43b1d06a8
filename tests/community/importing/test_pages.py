"""Taking files in from the browser: each step on its page, for whom it is, once however often it is pressed."""

import io
import re
from collections.abc import Callable

import pytest
from sqlmodel import col, select

from community.members.tables import Person
from foundation.database import Database
from foundation.importing import working
from foundation.importing.runs import MOST_BYTES
from foundation.importing.tables import ImportRun
from tests.cast import Cast
from tests.client import Browser, Page, on_sqlite
from tests.importing import Desk

pytestmark = on_sqlite

HOME = "/c/cremona/imports"
REGISTER = "Codice;Nome;Cognome;Zona\n1;Niccolò;Rossi;Centro\n2;Ida;Poli;Po\n"
BROKEN = "Codice;Nome;Cognome;Zona\n1;Niccolò;=Rossi;Milano\n2;;Poli;Po\n3;Ida;Poli;Po\n"


@pytest.fixture
def desk(database: Database, cast: Cast) -> Desk:
    return Desk(database, cast.administrator.actor)


@pytest.fixture
def keeper(client_for: Callable[..., Browser], cast: Cast) -> Browser:
    return client_for(cast.administrator)


def choose(
    who: Browser, content: str | bytes, name: str = "soci.csv", kind: str = "members", **options: object
) -> Page:
    data = content.encode() if isinstance(content, str) else content
    page = who.look(f"{HOME}/new/{kind}")
    return who.submit(page, "Guardalo", file=(io.BytesIO(data), name), **options)


def checked(who: Browser, desk: Desk, content: str | bytes) -> Page:
    """Everything looked at; the page says what would become of it."""
    page = who.submit(choose(who, content), "Guarda riga per riga")
    assert page.soup.find("progress")
    desk.work()
    return who.look(page.address)


def runs(desk: Desk) -> list[ImportRun]:
    with desk.database.reading() as session:
        return list(session.exec(select(ImportRun).order_by(col(ImportRun.id))))


def people(desk: Desk) -> int:
    with desk.database.reading() as session:
        return len(session.exec(select(Person.id).where(col(Person.import_key).startswith("cremona:"))).all())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vuoto"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" * 50, "immagine"),
        (b"PK\x03\x04" + b"x" * 50, "foglio di calcolo"),
        (b"Nome;Zona\nA\x00nna;Po\n", "U+0000"),
        (b"x" * (MOST_BYTES + 1), "8 MB"),
    ],
)
def test_a_file_that_is_no_table_is_refused_where_it_was_chosen(
    keeper: Browser, desk: Desk, content: bytes, words: str
) -> None:
    page = choose(keeper, content, "foto.jpg", status=422)
    assert words in " ".join(page.errors())
    assert runs(desk) == []


def test_no_file_at_all(keeper: Browser, desk: Desk) -> None:
    page = keeper.submit(keeper.look(f"{HOME}/new/members"), "Guardalo", status=422)
    assert page.errors()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_every_encoding_and_delimiter(keeper: Browser, desk: Desk, encoding: str, delimiter: str) -> None:
    page = checked(keeper, desk, REGISTER.replace(";", delimiter).encode(encoding))
    assert page.says("Niccolò")
    assert page.form("Prendi 2 righe")


def test_the_lines_that_are_not_right_come_back_as_a_file(keeper: Browser, desk: Desk) -> None:
    page = checked(keeper, desk, BROKEN)
    assert page.says("Riga 2")
    assert page.says("Riga 3")
    assert not page.soup.find("form", action=re.compile("/take$"))
    answer = keeper.client.get(page.link("Le righe da sistemare"))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    text = answer.get_data().decode("utf-8-sig")
    assert [line.split(";")[1:] for line in text.splitlines()] == [
        ["Codice", "Nome", "Cognome", "Zona"],
        ["1", "Niccolò", "'=Rossi", "Milano"],
        ["2", "", "Poli", "Po"],
    ]


def test_the_same_form_sent_twice_is_one_import(keeper: Browser, desk: Desk) -> None:
    page = keeper.look(f"{HOME}/new/members")
    first, second = (
        keeper.submit(page, "Guardalo", file=(io.BytesIO(REGISTER.encode()), "soci.csv")) for _ in range(2)
    )
    assert first.address == second.address
    assert len(runs(desk)) == 1
    keeper.submit(page, "Guardalo", file=(io.BytesIO(BROKEN.encode()), "soci.csv"), status=409)


def test_each_button_pressed_twice_does_its_thing_once(keeper: Browser, desk: Desk) -> None:
    columns = choose(keeper, REGISTER)
    for _ in range(2):
        assert keeper.submit(columns, "Guarda riga per riga").soup.find("progress")
    desk.work()
    ready = keeper.look(f"{HOME}/1")
    for _ in range(2):
        assert keeper.submit(ready, "Prendi 2 righe").soup.find("progress")
    desk.work()
    assert keeper.submit(ready, "Prendi 2 righe").says("Fatto")
    assert people(desk) == 2
    asked = keeper.look(f"{HOME}/1/undo")
    for _ in range(2):
        keeper.submit(asked, "Annullalo")
    desk.work()
    assert people(desk) == 0
    assert keeper.submit(asked, "Annullalo").says("ha annullato")
    assert runs(desk)[0].state == "undone"


def test_two_administrators_at_once(
    keeper: Browser, desk: Desk, client_for: Callable[..., Browser], cast: Cast
) -> None:
    """One lets the file go while the other would take it in: who comes second is told how it stands."""
    ready = checked(keeper, desk, REGISTER)
    other = client_for(cast.administrator)
    other.submit(other.look(f"{HOME}/1"), "Non questo file")
    page = keeper.submit(ready, "Prendi 2 righe")
    assert page.says("non è stato preso")
    assert people(desk) == 0
    assert keeper.submit(ready, "Non questo file").says("Il file non c’è più")


def test_what_stopped_says_so_and_starts_again(keeper: Browser, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    ready = checked(keeper, desk, REGISTER)
    with monkeypatch.context() as broken:
        broken.setattr(working, "remember_made", lambda *_: 1 / 0)
        keeper.submit(ready, "Prendi 2 righe")
        desk.work()
    page = keeper.look(f"{HOME}/1")
    assert not page.soup.find("progress")
    keeper.submit(page, "Ricomincia")
    desk.work()
    assert keeper.look(f"{HOME}/1").says("Fatto")
    assert people(desk) == 2


@pytest.mark.parametrize("who", ["anna", "other_maker"])
def test_a_stranger_finds_nothing(
    keeper: Browser, desk: Desk, client_for: Callable[..., Browser], cast: Cast, who: str
) -> None:
    checked(keeper, desk, BROKEN)
    stranger = client_for(getattr(cast, who))
    for path in ("", "/columns", "/undo", "/faults.csv"):
        assert stranger.client.get(f"{HOME}/1{path}").status_code == 404
    if who == "other_maker":
        assert stranger.client.get(f"{HOME}/new/balances").status_code == 404


def test_a_formula_or_a_tag_is_only_words(keeper: Browser, desk: Desk) -> None:
    page = checked(keeper, desk, "Nome;Zona\n<script>alert(1)</script>;Po\n=1+1;Po\n")
    assert "<script>alert(1)" not in page.html
    assert page.says("<script>alert(1)</script>")


def test_a_file_that_breaks_off_says_on_which_line(keeper: Browser) -> None:
    page = choose(keeper, 'Codice;Nome;Zona\n1;Ida;Po\n2;"Ada;Po\n', status=422)
    assert any("Riga 3" in error or "riga 3" in error for error in page.errors())


def test_a_file_without_headings_says_what_its_first_line_is_for(keeper: Browser) -> None:
    page = choose(keeper, "1;Ida;Po\n2;Ada;Po\n")
    assert page.says("La prima riga del file deve dire che cosa c’è sotto")
    assert not choose(keeper, REGISTER).says("La prima riga del file deve dire che cosa c’è sotto")


def test_more_faults_than_are_kept_are_named_as_the_first_ones(keeper: Browser, desk: Desk) -> None:
    lines = "".join(f"{number};Ida;Milano\n" for number in range(510))
    page = checked(keeper, desk, "Codice;Nome;Zona\n" + lines)
    assert page.says("Le prime 500, in un file (CSV)")
    assert page.says("E altre ancora.")


def test_after_a_file_that_was_not_taken_in_comes_another(keeper: Browser, desk: Desk) -> None:
    page = checked(keeper, desk, REGISTER)
    keeper.submit(page, "Non questo file")
    assert keeper.look(page.address).link("Scegli un altro file").endswith("/imports/new/members")
