"""Taking in what a time bank has: columns told apart, wrong lines mended, everything looked at, and undone again."""

import csv
import io
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.journeys.traveller import Traveller

pytestmark = pytest.mark.journey

PATIENCE = 30.0  # seconds
REGISTER = (
    "Tessera;Come si chiama;Cognome;Zona;Segno\n"
    "1;Samira;Bennani;Po;leone\n"
    "2;Niccolò;Bonini;Atlantide;pesci\n"
    "3;Ida;Vitale;Centro;\n"
)


def choose(traveller: Traveller, content: bytes, name: str = "soci.csv") -> Traveller:
    """Choose a file on the page that asks for one."""
    file = {"name": name, "mimeType": "text/csv", "buffer": content}
    traveller.page.locator("input[type=file]").set_input_files(file)
    return traveller.press("Look at it")


def take_in(traveller: Traveller, lines: int) -> Traveller:
    """Press the button that says how many lines are new."""
    says = traveller.way.plural("Take in %(num)s line", "Take in %(num)s lines", lines)
    with traveller.page.expect_navigation():
        traveller.page.get_by_role("button", name=says).click()
    return until_done(traveller.checked())


def until_done(traveller: Traveller) -> Traveller:
    """Wait while the work goes on; without a script one looks again and again."""
    at_work = traveller.page.locator("main progress")
    deadline = time.monotonic() + PATIENCE
    while not traveller.way.script and at_work.count():
        assert time.monotonic() < deadline
        traveller.follow("Look again")
    expect(at_work).to_have_count(0, timeout=PATIENCE * 1000)
    return traveller.checked()


def test_a_register_is_mended_taken_in_and_undone(people: Cast, travellers: Callable[..., Traveller]) -> None:
    keeper = travellers(people.administrator).turn_to("Me").follow("Take in files").reads("None so far.")
    keeper.follow("Members and households").press("Look at it").reads("Choose a file.")
    choose(keeper, b"\xff\xd8\xff\xe0\x00\x10JFIF", "foto.jpg").reads(
        "This is a picture or a document, not a table. In the spreadsheet choose “Save as” and CSV."
    )

    choose(keeper, REGISTER.encode("cp1252")).heading("What stands where").sees("Niccolò")
    keeper.press("Look at every line").reads("One more look, please")
    names = {"it": ("Codice", "Nome"), "en": ("Code", "Given name")}[keeper.way.language]
    for heading, option in zip(("Tessera", "Come si chiama"), names, strict=True):
        there = keeper.page.get_by_label(heading).locator("option").all_inner_texts()
        keeper.page.get_by_label(heading).select_option(
            label=next(text for text in there if text.removesuffix(" *") == option)
        )
    until_done(keeper.press("Look at every line"))

    keeper.sees(keeper.way.words("Line %(line)s", line=3)).sees("Atlantide")
    with keeper.page.expect_download() as download:
        keeper.page.get_by_role("link", name=keeper.way.words("The lines that are not right, as a file (CSV)")).click()
    told = list(csv.reader(io.StringIO(download.value.path().read_text("utf-8-sig")), delimiter=";"))
    assert told[0][1:] == ["Tessera", "Come si chiama", "Cognome", "Zona", "Segno"]
    assert told[1][1:] == ["2", "Niccolò", "Bonini", "Atlantide", "pesci"]
    assert "Atlantide" in told[1][0]
    assert len(told) == 2

    keeper.press("Not this file").reads("The file is gone. Nothing was taken in.").follow("Members and households")
    mended = REGISTER.replace("Atlantide", "Centro").replace("Tessera;Come si chiama", "Codice;Nome")
    choose(keeper, mended.encode("utf-16"))
    until_done(keeper.press("Look at every line")).reads("The first lines, as they are understood")
    take_in(keeper, 3)
    keeper.reads("Taken in.").follow("See what is here now").sees("Samira Bennani").sees("Ida Vitale")

    keeper.turn_to("Me").follow("Take in files").follow_words("soci.csv").follow("Undo this import")
    until_done(keeper.press("Undo it"))
    keeper.turn_to("Me").follow("Who is here").sees_not("Samira Bennani")


def test_what_was_built_upon_stays(people: Cast, travellers: Callable[..., Traveller]) -> None:
    line = f"A1;cerco;Orli e cerniere;Riparazioni;{people.anna.person.email};1 h"
    keeper = travellers(people.administrator).go("/c/cremona/imports").follow("Offers and needs")
    choose(keeper, f"Codice;Tipo;Titolo;Categoria;Chi;Durata\n{line}\n".encode(), "annunci.csv")
    until_done(keeper.press("Look at every line"))
    take_in(keeper, 1)
    undo = keeper.page.url + "/undo"
    keeper.follow("See what is here now").sees("Orli e cerniere")

    chiara = travellers(people.chiara).turn_to("Board").follow_words("Orli e cerniere").follow("I can help")
    chiara.press("I can help").reads("Nobody is committed until the answer is yes.")
    keeper.go(undo.removeprefix(keeper.address)).reads("Somebody has answered “%(title)s”.", title="Orli e cerniere")
    found = chiara.page.goto(undo)
    assert found
    assert found.status == 404
