"""Coming in by a link: as a newcomer, or as another adult of a household."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.journeys.letters import open_letter
from tests.journeys.traveller import Traveller

pytestmark = pytest.mark.journey


def shown_link(traveller: Traveller) -> str:
    """The address that the page shows to be passed on, below the product's own."""
    address = traveller.page.locator("main strong.r-break").inner_text().strip()
    expect(traveller.page.locator("main .r-qr svg")).to_be_visible()
    return address.removeprefix(traveller.address)


def test_an_invitation_lets_in_at_once(people: Cast, travellers: Callable[..., Traveller]) -> None:
    maker = travellers(people.maker).turn_to("Me").follow("Invitations").pick("Zone", "Centro")
    maker.fill("For how many people", "0").press("Make the invitation").reads("One more look, please")
    maker.fill("For how many people", "2").press("Make the invitation").heading("You are invited")
    link = shown_link(maker)

    newcomer = travellers().go(link).reads("%(name)s invites you: you come in at once.", name="Maker Prova")
    newcomer.fill("Your name", "Tomas").fill("Your family name", "Rossi").fill("E-mail", "tomas@example.org")
    newcomer.press("Come in").reads("Thank you. Now look in your mail")
    open_letter(newcomer, "tomas@example.org").press("Yes, it is mine")
    newcomer.heading("Hello, %(name)s", name="Tomas")

    maker.follow("Back to the invitations").press("Take it back")
    late = travellers().go(link)
    spent = "This invitation was used up or has ended."
    late.reads(spent + " You can ask to join all the same: a maker of your zone will meet you.")


def test_a_household_of_two_adults_and_a_child(people: Cast, travellers: Callable[..., Traveller]) -> None:
    anna = travellers(people.anna).turn_to("Me").follow_words("Anna e famiglia").press("Invite another adult")
    link = shown_link(anna)

    paolo = travellers().go(link).fill("Your name", "Paolo").fill("Your family name", "Bianchi")
    paolo.fill("E-mail", "paolo@example.org").press("Yes, I am with them")
    open_letter(paolo, "paolo@example.org").press("Yes, it is mine").heading("Hello, %(name)s", name="Paolo")
    paolo.turn_to("Me").sees("Anna e famiglia").follow_words("Anna e famiglia").sees("Anna Prova").sees("Paolo Bianchi")
    paolo.press("Add").reads("Write a nickname.")
    paolo.fill("Nickname", "Ninni").pick("Age", paolo.way.words("3 to 5 years")).press("Add").sees("Ninni")

    anna.turn_to("Me").follow_words("Anna e famiglia").sees("Paolo Bianchi").sees("Ninni")
    anna.follow("As the others see it").sees("Paolo Bianchi").sees_not("Ninni")
    anna.back().press("Remove").sees_not("Ninni")


def test_acting_for_another_household(people: Cast, travellers: Callable[..., Traveller]) -> None:
    anna = travellers(people.anna).turn_to("Me").follow_words("Anna e famiglia").press("Invite another adult")
    link = shown_link(anna)
    dario = travellers(people.dario).go(link).press("Yes, I am with them")
    dario.reads("You are acting for")
    acting = dario.page.locator(".r-acting")
    acting.locator("summary").click()
    with dario.page.expect_navigation():
        acting.get_by_role("button", name="Dario e famiglia").click()
    dario.checked()
    expect(acting.locator("summary strong")).to_have_text("Dario e famiglia")
