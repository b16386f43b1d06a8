"""A maker's and an administrator's day."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.exchanges.agreements.stage import Stage as Agreements
from tests.exchanges.posts.stage import Stage as Posts
from tests.journeys.traveller import Traveller

pytestmark = pytest.mark.journey


def test_reporting_deciding_and_blocking(people: Cast, travellers: Callable[..., Traveller], board: Posts) -> None:
    board.open_post(people.bashir, title="Vendo gioielli in contanti")
    anna = travellers(people.anna).turn_to("Board").follow_words("Vendo gioielli").follow("Report")
    anna.press("Money is asked instead of time").sees("Vendo gioielli")
    anna.follow_words("Bashir e famiglia").follow("Block").press("Block").sees("Bashir e famiglia")
    anna.turn_to("Board").sees_not("Vendo gioielli")

    maker = travellers(people.maker).turn_to("Me").follow("The makers’ desk")
    maker.follow_words({"it": "Un annuncio", "en": "A post"}[maker.way.language])
    maker.sees("Vendo gioielli").follow("Take it out of sight").press("Decide so").reads("One more look, please")
    maker.fill("Why?", "Qui il denaro non entra.").press("Decide so").reads("Nothing to look at")

    bashir = (
        travellers(people.bashir).turn_to("Me").follow("What you wrote on the board").follow_words("Vendo gioielli")
    )
    bashir.reads("A maker took it out of sight.")
    anna.turn_to("Me").follow("People I blocked").press("Unblock").reads("You have blocked nobody.")


def test_people_who_have_no_e_mail_are_called(
    people: Cast, travellers: Callable[..., Traveller], history: Agreements
) -> None:
    rosa = history.offline("rosa")
    history.delivered(people.anna, rosa, minutes=60)
    maker = travellers(people.maker).turn_to("Me").follow("People to call").sees("Rosa Prova")
    calls = maker.page.get_by_role("button", name=maker.way.words("Called, told"))
    before = calls.count()
    maker.press("Called, told")
    expect(calls).to_have_count(before - 1)
    maker.turn_to("Me").follow("Answers on the phone").sees("Rosa Prova").follow("Write down the answer")
    maker.choose("Yes, it was like that", of="What did they say?").press("Write it down").reads("Nobody to ask")
    anna = travellers(people.anna).turn_to("Messages").follow_words("Orli e bottoni")
    anna.reads("written by %(name)s", name="Maker")
    assert history.balance(people.anna) == 60


def test_an_applicant_is_declined_kindly(people: Cast, travellers: Callable[..., Traveller]) -> None:
    zoe = travellers(chosen=True).sign_in(people.zoe).go("/c/cremona/").follow("Join the community")
    zoe.choose_words("Centro").press("Ask to join").heading("Your request is with the makers")
    maker = travellers(people.maker).turn_to("Me").follow("Who would like to join").follow_words("Zoe Prova")
    maker.press("Decline for now").reads("Write why: they will read it.")
    maker.fill("Why", "Abiti lontano: ti presentiamo la banca del tuo paese.").press("Decline for now")
    zoe.go("/c/cremona/join/standing").heading("Not for now").sees("ti presentiamo la banca").follow("Ask again")
    zoe.press("Ask to join")


def test_an_administrator_keeps_roles_categories_zones_and_rules(
    people: Cast, travellers: Callable[..., Traveller]
) -> None:
    keeper = travellers(people.administrator).turn_to("Me").follow("Run the community").follow("Roles")
    keeper.follow("Give a role").fill("Find somebody by name", "chiara").press("Search").press("Give the role")
    keeper.reads("One more look, please")
    keeper.page.locator("select[name=person_id]").select_option(label="Chiara Prova")
    keeper.page.locator("input[name=role][value=maker]").check()
    keeper.pick("Zone", "Vescovato").fill("Why", "La conoscono tutti.").press("Give the role").sees("Chiara Prova")
    keeper.follow("End it", within=keeper.card("Chiara Prova")).press("End it").reads("One more look, please")

    keeper.turn_to("Me").follow("Run the community").follow("Categories").follow("New category")
    keeper.fill("Name in Italian", "Orti").fill("Name in English", "Gardens").press("Save")
    names = {"it": "Orti", "en": "Gardens"}[keeper.way.language]
    keeper.sees(names).press("Up", within=keeper.page.locator(".r-row", has_text=names))
    keeper.press("Retire", within=keeper.page.locator(".r-row", has_text=names)).reads("No longer offered")

    keeper.turn_to("Me").follow("Run the community").follow("Zones").fill("Name of the zone", "Soresina")
    keeper.press("Add it").sees("Soresina")
    keeper.turn_to("Me").follow("Run the community").follow("Rules of the hours")
    keeper.fill("Days after which silence confirms", "10").press("These rules from now on").sees("10")
    keeper.turn_to("Me").follow("Run the community").follow("Questions for who joins")
    for code, words in (("it", "Come ci hai conosciuto?"), ("en", "How come?")):
        keeper.page.locator(f"input[name=words_{code}]").fill(words)
    keeper.press("Add it").sees("Come ci hai" if keeper.way.language == "it" else "How come?")
    keeper.turn_to("Me").follow("Run the community").follow("Name, welcome and contacts")
    keeper.fill("Telephone", "0372 123456").press("Save")
    travellers().go("/c/cremona/").sees("0372 123456")


def test_granting_limiting_and_undoing(people: Cast, travellers: Callable[..., Traveller], history: Agreements) -> None:
    history.settled(people.anna, people.bashir, minutes=60)
    maker = travellers(people.maker).turn_to("Me").follow("Who is here").follow_words("Anna e famiglia")
    maker.follow("See the hours").sees("Orli e bottoni").follow("Set other limits")
    maker.fill("Why?", "Il papà è in ospedale.").press("Set these limits")
    maker.turn_to("Me").follow("All movements").follow("Undo").press("Undo it").reads("One more look, please")
    maker.fill("Why?", "Segnato due volte.").press("Undo it").reads("Undone")
    assert history.balance(people.anna) == 0
