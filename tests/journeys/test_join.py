"""A visitor looks around, asks to join, is met, and comes in."""

from collections.abc import Callable

import pytest

from tests.cast import Cast
from tests.journeys.letters import open_letter
from tests.journeys.traveller import Traveller

pytestmark = pytest.mark.journey
HOME = "/c/cremona/"


def test_joining_by_being_met(people: Cast, travellers: Callable[..., Traveller]) -> None:
    visitor = travellers().go(HOME).follow("Join the community")
    visitor.press("Ask to join").reads("One more look, please").reads("Write your name.")
    visitor.fill("Your name", "Samira").fill("Your family name", "Haddad").fill("E-mail", "samira@example.org")
    visitor.choose_words("Centro").press("Ask to join").reads("Thank you. Now look in your mail")
    open_letter(visitor, "samira@example.org")
    visitor.fill("A password", "quattro parole in fila").press("Yes, it is mine")
    visitor.heading("Your request is with the makers").go(HOME).reads_not("Waiting for you")

    maker = travellers(people.maker).turn_to("Me").follow("Who would like to join")
    maker.follow_words("Samira Haddad").press("Let them in")
    maker.reads_not("Not for now?")

    visitor.go("/").heading("Hello, %(name)s", name="Samira").reads("What is needed?")
    visitor.press("Sign out", within=visitor.page.get_by_role("contentinfo"))
    visitor.go("/sign-in").fill("E-mail", "samira@example.org").fill("Password", "un'altra frase")
    visitor.press("Sign in", within=visitor.page.locator("main"))
    visitor.reads(
        "The e-mail or the password is not right. If you have just joined, open the link in our letter first."
    )
    visitor.fill("Password", "quattro parole in fila").press("Sign in", within=visitor.page.locator("main"))
    visitor.heading("Hello, %(name)s", name="Samira")


def test_signing_in_by_a_link(people: Cast, travellers: Callable[..., Traveller]) -> None:
    anna = travellers(chosen=True).go("/sign-in").fill("E-mail", "anna@example.org").press("Send me a link instead")
    anna.reads("Look in your mail")
    open_letter(anna, "anna@example.org")
    anna.press("Sign in", within=anna.page.locator("main")).heading("Hello, %(name)s", name="Anna")
    anna.turn_to("Me").follow("Password and devices").press("Sign out everywhere")
    anna.go(HOME).heading("Here an hour is worth an hour.")
