"""A visitor looks around, asks to join, is met, and comes in."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.exchanges.posts.stage import Stage
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
