"""The first page: of the installation, for a visitor, for a member."""

from collections.abc import Callable

from flask import Flask

from foundation.feature import Feature, registry
from tests.cast import Cast
from tests.client import Browser, on_sqlite

pytestmark = on_sqlite


def test_choosing_among_several(cast: Cast, app: Flask) -> None:
    page = Browser(app, language="en").look("/")
    assert page.says("Which is your community?")
    assert page.link("Altra banca") == "/c/oglio-po/"


def test_a_single_community_is_home_at_once(app: Flask, database) -> None:
    from community.communities.actions import Page, open_community

    browser = Browser(app, language="en")
    assert browser.look("/").says("No community yet")
    with database.writing() as session:
        open_community(session, slug="po", page=Page(name="Po"), zones=["Uno"])
    assert browser.look("/").address == "/c/po/"
    assert browser.look("/?all=1").says("Which is your community?")


def test_who_belongs_to_one_of_several_comes_home_at_once(cast: Cast, client_for: Callable[..., Browser]) -> None:
    anna = client_for(cast.anna, language="en")
    assert anna.look("/").address == "/c/cremona/"
    assert anna.look("/?all=1").says("You belong here")
    assert client_for(cast.zoe).look("/").address == "/c/oglio-po/"


def test_a_visitor_learns_what_this_is_and_how_to_join(cast: Cast, app: Flask) -> None:
    page = Browser(app, language="en").look("/c/cremona/")
    assert page.says("Here an hour is worth an hour.")
    assert page.link("Join the community") == "/c/cremona/join"
    figures = [figure.get_text() for figure in page.soup.select(".r-figure dd")]
    assert "7" in figures, "the families"
    assert "2" in figures, "the makers"
    assert "Bashir" not in page.html, "nobody's name is public"
    assert "@example.org" not in page.html


def test_a_community_that_is_not_there(cast: Cast, app: Flask) -> None:
    browser = Browser(app)
    for slug in ("nessuna", "CREMONA", "%00", "a" * 300, "<b>"):
        browser.look(f"/c/{slug}/", status=404)


def test_a_member_is_greeted_with_what_waits_and_what_features_give(
    cast: Cast, app: Flask, client_for: Callable[..., Browser]
) -> None:
    hours = {"words": "You received 2 h more.", "advice": "All is well.", "given": 60, "received": 180, "url": "/"}
    before = registry.features
    mine = Feature("mine", hooks={"home_hours": lambda _s, _a: hours})
    registry.register((mine, *before))
    try:
        page = client_for(cast.anna, language="en").look("/c/cremona/")
    finally:
        registry.register(before)
    assert page.soup.h1.get_text() == "Hello, Anna"
    assert page.says("You received 2 h more. All is well.")
    assert page.says("Nothing right now.")
    for start in ("I ask for a hand", "I offer a hand", "Record an exchange already made"):
        assert page.link(start).startswith("/c/cremona/")


def test_a_member_of_another_community_is_a_visitor_here(cast: Cast, client_for: Callable[..., Browser]) -> None:
    assert client_for(cast.zoe, language="en").look("/c/cremona/").link("Join the community")


def test_help_in_two_languages(cast: Cast, app: Flask, client_for: Callable[..., Browser]) -> None:
    for topic in ("how-it-works", "hours", "safety", "privacy", "accessibility"):
        italian = Browser(app, language="it").look(f"/c/cremona/help/{topic}")
        english = Browser(app, language="en").look(f"/help/{topic}")
        assert min(len(italian.words), len(english.words)) > 1000
        assert italian.soup.h1.get_text() != english.soup.h1.get_text()
    assert Browser(app, language="it").look("/c/cremona/help/hours").says("10 h")
    assert client_for(cast.anna, language="it").look("/c/cremona/help/safety").says("Maker Prova")
    Browser(app).look("/help/nothing", status=404)
    Browser(app).look("/c/cremona/help/../../etc", status=404)
