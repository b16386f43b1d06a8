"""A maker copies a month's paper cheques in one grid."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.cast import Cast
from tests.exchanges.agreements.stage import Stage as Agreements
from tests.journeys.traveller import Traveller

pytestmark = pytest.mark.journey


def row(maker: Traveller, number: int) -> Locator:
    return maker.page.get_by_role("group", name=maker.way.words("Cheque %(number)s", number=number), exact=True)


def fill_row(maker: Traveller, number: int, *, about: str = "", **cells: str) -> None:
    if about:
        row(maker, number).get_by_label(maker.way.words("What about"), exact=True).select_option(about)
    for label, typed in cells.items():
        words = {"giver": "Who gave", "receiver": "Who received", "time": "How long", "day": "Day", "what": "What"}[
            label
        ]
        row(maker, number).get_by_label(maker.way.words(words), exact=True).fill(typed)


def test_copying_paper_cheques(people: Cast, travellers: Callable[..., Traveller], history: Agreements) -> None:
    maker = travellers(people.maker).turn_to("Me").follow("Paper cheques")
    maker.press("Move the hours").reads("Fill in at least one cheque.")
    day = maker.page.evaluate("new Date(Date.now() - 3 * 864e5).toISOString().slice(0, 10)")
    about = str(people.categories["repairs"].id)
    cells = {"receiver": "Bashir e famiglia", "time": "1:30", "day": day, "what": "Orli"}
    fill_row(maker, 1, about=about, giver="Anna e famiglia", **cells)
    fill_row(maker, 2, giver="Nessuno qui", receiver="Anna e famiglia", time="2", day=day, what="Passaggio")
    if maker.way.script:
        row(maker, 2).get_by_label(maker.way.words("What"), exact=True).press("Tab")
        expect(row(maker, 2)).to_contain_text(maker.way.words("Nobody is called so. Choose from the list."))
    maker.press("Move the hours").reads("Nothing was moved yet.")
    expect(row(maker, 2)).to_contain_text(maker.way.words("Nobody is called so. Choose from the list."))
    expect(row(maker, 2)).to_contain_text(maker.way.words("Write the time as 1:30, 2 h or 45 min."))
    expect(row(maker, 1).get_by_label(maker.way.words("What"), exact=True)).to_have_value("Orli")
    assert history.balance(people.anna) == 0

    maker.press("More rows")
    expect(row(maker, 20)).to_be_visible()
    fill_row(maker, 2, about=about, giver="Chiara e famiglia", time="45 min")
    maker.press("Move the hours")
    maker.sees(
        maker.way.plural(
            "%(num)s cheque copied: its hours have moved.", "%(num)s cheques copied: their hours have moved.", 2
        )
    )
    assert history.balance(people.anna) == 90 - 45
    assert history.balance(people.chiara) == 45

    maker.turn_to("Me").follow("All movements").sees("Passaggio")
    with maker.page.expect_download() as file:
        maker.page.get_by_role("link", name=maker.way.words("All of it as a file for a spreadsheet (CSV)")).click()
    assert "Orli" in file.value.path().read_text(encoding="utf-8-sig")
