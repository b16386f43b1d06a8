"""A visitor looks around, asks to join, is met, and comes in."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.exchanges.posts.stage import Stage
from tests.journeys.letters import open_letter
from tests.journeys.traveller import PASSWORD, Traveller

pytestmark = pytest.mark.journey
HOME = "/c/cremona/"


def test_a_visitor_reads_and_changes_language(people: Cast, travellers: Callable[..., Traveller]) -> None:
    visitor = travellers().go("/").follow_words(people.community.name).heading("Here an hour is worth an hour.")
    visitor.reads("Say what you need").reads("Agree with each other").reads("Count the time")
    foot = visitor.page.get_by_role("contentinfo")
    for topic in ("How it works", "The hours", "Safety", "Your data", "Accessibility"):
        visitor.follow(topic, within=foot)
        expect(visitor.page.get_by_role("navigation", name=visitor.way.words("Help"))).to_be_visible()
        expect(visitor.page.get_by_role("heading", level=1)).to_have_count(1)
    tongues = {"it": ("English", "en"), "en": ("Italiano", "it")}
    name, code = tongues[visitor.way.language]
    with visitor.page.expect_navigation():
        foot.get_by_role("button", name=name).click()
    expect(visitor.page.locator("html")).to_have_attribute("lang", code)
    expect(visitor.page.get_by_role("link", name={"en": "Sign in", "it": "Entra"}[code]).first).to_be_visible()


def test_a_visitor_sees_public_posts_without_names(
    people: Cast, travellers: Callable[..., Traveller], board: Stage
) -> None:
    board.open_post(people.anna, title="Chi mi accompagna in stazione?", visibility="public")
    board.open_post(people.anna, title="Solo per chi abita qui")
    visitor = travellers().go(HOME).sees("Chi mi accompagna in stazione?").sees_not("Solo per chi abita qui")
    visitor.turn_to("Board").sees_not("Solo per chi abita qui").sees_not("Anna")
    visitor.follow_words("Chi mi accompagna in stazione?").reads("Can you lend a hand?").sees_not("Anna")
    visitor.follow("I am a member: sign in").fill("E-mail", "bashir@example.org").fill("Password", PASSWORD)
    visitor.press("Sign in", within=visitor.page.locator("main"))
    visitor.sees("Chi mi accompagna in stazione?").sees("Anna e famiglia")


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
