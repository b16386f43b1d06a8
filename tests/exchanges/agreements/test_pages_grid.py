"""The grid in which a maker types paper cheques."""

from collections.abc import Callable

import pytest

from foundation import clock
from tests.client import Browser, on_sqlite
from tests.exchanges.agreements.stage import Stage

pytestmark = on_sqlite
ClientFor = Callable[..., Browser]


def test_a_grid_of_paper_cheques(stage: Stage, client_for: ClientFor) -> None:
    browser = client_for(stage.cast.maker, language="en")
    page = browser.look("/c/cremona/cheques")
    page = browser.submit(page, "Move the hours", status=422)
    assert page.says("Fill in at least one cheque.")
    today = clock.today("Europe/Rome").isoformat()
    first = {"row-0-giver": "Anna e famiglia", "row-0-receiver": "bashir e famiglia · Po", "row-0-time": "1:30",
             "row-0-day": today, "row-0-title": "Orli"}  # fmt: skip
    about = str(stage.cast.categories["repairs"].id)
    wrong = {"row-2-giver": "Nessuno", "row-2-receiver": "Anna e famiglia", "row-2-time": "2", "row-2-day": "boh",
             "row-2-title": ""}  # fmt: skip
    page = browser.submit(page, "Move the hours", status=422, **first, **wrong)
    assert page.says("2 cheques need another look.")
    assert page.soup.find(id="row-0-category-error").get_text(strip=True) == "Choose what it is about."
    assert page.says("Nobody is called so.")
    assert page.says("Write the time as 1:30, 2 h or 45 min.")
    assert page.soup.find(id="row-0-giver")["value"] == "Anna e famiglia", "nothing typed is lost"
    assert stage.balance(stage.cast.anna) == 0

    page = browser.submit(page, "More rows")
    assert page.soup.find(id="row-19-giver") is not None
    right = {"row-2-giver": f"Chiara #{stage.cast.chiara.party.id}", "row-2-time": "45 min", "row-2-day": today,
             "row-2-title": "Passaggio", "row-0-category": about, "row-2-category": about}  # fmt: skip
    done = browser.submit(page, "Move the hours", **right)
    assert done.says("2 cheques copied")
    again = browser.submit(page, "Move the hours", **right)
    assert again.says("2 cheques copied")
    assert stage.balance(stage.cast.anna) == 90 - 45
    assert stage.balance(stage.cast.chiara) == 45


def test_a_row_is_checked_as_it_is_typed(stage: Stage, client_for: ClientFor) -> None:
    browser = client_for(stage.cast.maker, language="en")
    page = browser.look("/c/cremona/cheques")
    data = browser.filled(page.soup.find(id="cheques"))
    data |= {"row": "1", "row-1-giver": "Anna e famiglia", "row-1-receiver": "Maker e famiglia", "row-1-time": "1h"}
    answer = browser.client.post("/c/cremona/cheques/row", data=data, headers={"HX-Request": "true"})
    html = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert 'id="row-1-check"' in html
    assert "<html" not in html
    assert stage.balance(stage.cast.anna) == 0


@pytest.mark.parametrize("typed", ["a\x00b", "x" * 300, "<script>", "👩‍👧", "#999999999999999999"])
def test_odd_cells_come_back_with_a_sentence(stage: Stage, client_for: ClientFor, typed: str) -> None:
    browser = client_for(stage.cast.maker, language="en")
    page = browser.look("/c/cremona/cheques")
    for name in ("giver", "receiver", "time", "day", "title", "adult"):
        cells = {"row-0-giver": "Anna e famiglia", "row-0-receiver": "Bashir e famiglia", f"row-0-{name}": typed}
        answer = browser.submit(page, "Move the hours", status=422, **cells)
        assert answer.says("Nothing was moved yet.")
