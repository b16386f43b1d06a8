"""Recording an exchange already made, and what the two see of their hours afterwards."""

from collections.abc import Callable

import pytest

from tests.cast import Cast
from tests.exchanges.agreements.stage import Stage as Agreements
from tests.journeys.traveller import Traveller

pytestmark = pytest.mark.journey


def test_recording_an_exchange_already_made(people: Cast, travellers: Callable[..., Traveller]) -> None:
    category = people.categories["repairs"].names
    anna = travellers(people.anna).follow("Record an exchange already made")
    anna.fill("Their name", "bash").press("Search").follow_words("Bashir e famiglia")
    anna.press("Record it").reads("One more look, please")
    anna.choose("I did", of="Who gave the help?").fill("What was it?", "Ho stirato le camicie")
    anna.pick("What is it about?", category[anna.way.language]).take(0, 40, of="How long?").press("Record it")
    anna.reads("We wait for %(name)s", name="Bashir")

    bashir = travellers(people.bashir).follow_words("Anna").reads("Your turn: how did it go?")
    bashir.press("I confirm %(time)s", time="40 min").reads("Would you like to say thank you?")
    bashir.turn_to("Home").follow("See all the exchanges").heading("My time").sees("Ho stirato le camicie")
    bashir.follow("See for yourself").heading("The whole sums to zero")


def test_a_statement_on_screen_on_paper_and_as_a_file(
    people: Cast, travellers: Callable[..., Traveller], history: Agreements
) -> None:
    history.settled(people.anna, people.bashir, minutes=60)
    history.settled(people.bashir, people.anna, minutes=60)
    anna = travellers(people.anna).turn_to("Me").follow("My time").sees("Orli e bottoni")
    anna.open("The same numbers in a table") if anna.way.script else None
    anna.open("Choose a period, or see the balance on a day")
    anna.fill("From", "2020-01-01").fill("To", "2020-02-01").press("Show").reads("Nothing here in this period.")
    anna.follow("Show everything").sees("Bashir")
    with anna.page.expect_download() as file:
        anna.page.get_by_role("link", name=anna.way.words("All of it as a file for a spreadsheet (CSV)")).click()
    lines = file.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 3
    assert "Bashir e famiglia" in lines[1]
    anna.follow("Print or save").sees("Orli e bottoni")


def test_giving_hours_away(people: Cast, travellers: Callable[..., Traveller]) -> None:
    anna = travellers(people.anna).turn_to("Me").follow("My time").follow("Give hours away")
    anna.fill("Their name", "chiara").press("Search").follow_words("Chiara e famiglia")
    anna.choose_words("30 min").press("Give")
    chiara = travellers(people.chiara).turn_to("Me").follow("My time").sees("30 min")
    chiara.sees("Anna")
