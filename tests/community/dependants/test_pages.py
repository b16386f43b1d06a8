"""The pages of who a household looks after, for its adults and for themselves."""

import re
from collections.abc import Callable

import pytest

from foundation.database import Database
from tests.cast import Cast
from tests.client import Browser, Page, on_sqlite
from tests.community.dependants.stage import EMERGENCY, PICK_UP, SECRET, Home

pytestmark = on_sqlite


@pytest.fixture
def anna(cast: Cast, client_for: Callable[..., Browser]) -> Browser:
    return client_for(cast.anna, language="en")


@pytest.fixture
def home(database: Database, cast: Cast) -> Home:
    return Home(database, cast)


def kept(anna: Browser, home: Home, band: str = "6-10") -> Page:
    """What who comes has to know about a child, written down."""
    child = home.add(home.cast.anna, age_band=band)
    page = anna.look(anna.look("/c/cremona/household/").link("Pulce"))
    assert page.address.endswith(f"/household/dependants/{child}")
    page = anna.look(page.link("Change"))
    return anna.submit(page, "Save", needs=SECRET, pick_up=PICK_UP, emergency=EMERGENCY)


def test_what_they_need_and_who_says_yes(anna: Browser, home: Home) -> None:
    assert anna.look("/c/cremona/household/").words.count("A yes is absent") == 0
    page = kept(anna, home)
    assert anna.look("/c/cremona/household/").says("A yes is absent")
    for words in (SECRET, PICK_UP, EMERGENCY, "The yes is absent.", "Nobody outside the household so far"):
        assert page.says(words)
    assert not page.says("Make a link for them")
    page = anna.look(page.link("Who says yes"))
    wrong = anna.submit(page, "I say yes", status=422)
    assert wrong.says("Choose one of the sentences.")
    page = anna.submit(page, "I say yes", kind="yes")
    assert page.says("One yes is absent.")
    page = anna.submit(anna.look(page.link("Who says yes")), "I say yes", kind="both")
    assert page.says("Everybody whose yes is needed has said yes.")
    page = anna.submit(anna.look(page.link("Who says yes")), "I take my yes back")
    assert page.says("It counts from now on")
    assert page.says("words number 1")
    page = anna.look(page.link("Pulce"))
    assert page.says("Somebody does not agree.")


def test_wrong_words_lose_nothing(anna: Browser, home: Home) -> None:
    page = anna.look(kept(anna, home).link("Change"))
    wrong = anna.submit(page, "Save", status=422, nickname="", needs="Altro <b>ancora</b>")
    assert wrong.errors()
    assert "Altro <b>ancora</b>" in wrong.soup.find("textarea", attrs={"name": "needs"}).get_text()


def test_a_view_of_ones_own(anna: Browser, home: Home) -> None:
    page = anna.submit(kept(anna, home, "14-17"), "Make a link for them")
    address = re.search(r"http://localhost(/c/cremona/own-view/open/\S+)", page.words).group(1)
    leo = Browser(anna.app, language="en")
    opening = leo.look(address)
    code = re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}", leo.submit(opening, "Open it").words).group(0)
    leo.look(address, status=404)
    page = leo.look("/c/cremona/own-view/")
    for words in (SECRET, PICK_UP, EMERGENCY, "114", "Nobody so far."):
        assert page.says(words)
    assert not page.says("Yes, I agree")
    wrong = leo.submit(page, "object", status=422, words="")
    assert wrong.says("Write a few words.")
    page = leo.submit(page, "object", words="Preferisco restare da solo")
    assert page.says("They have not answered yet.")
    shown = anna.look("/c/cremona/household/dependants/1")
    assert shown.says("They themselves do not want it.")
    anna.submit(shown, "answer", words="Ne parliamo stasera")
    page = leo.look("/c/cremona/own-view/")
    assert page.says("Ne parliamo stasera")
    page = leo.submit(page, "It is settled")
    assert not page.says("Preferisco restare da solo")
    page = leo.submit(page, "Close")
    assert page.says("Closed.")
    assert not page.says(SECRET)
    assert leo.submit(page, "Open it", status=422, code="0000-0000-0000").says("This code opens nothing.")
    assert leo.submit(page, "Open it", code=code.lower()).says(SECRET)
    anna.submit(anna.look("/c/cremona/household/dependants/1"), "The link or code was lost")
    assert not leo.look("/c/cremona/own-view/").says(SECRET)


def test_a_grown_up_agrees_there(anna: Browser, home: Home) -> None:
    elder = home.add(home.cast.anna, "Nonna", "elder")
    code = home.open_view(home.cast.anna, elder)
    nonna = Browser(anna.app, language="en")
    page = nonna.submit(nonna.look("/c/cremona/own-view/"), "Open it", code=code)
    page = nonna.submit(page, "Yes, I agree")
    assert page.says("You yourself")
    assert anna.look(f"/c/cremona/household/dependants/{elder}").says("Everybody whose yes is needed has said yes.")
    assert nonna.submit(page, "I do not agree").says("I do not agree.")


def test_guessing_codes_is_slowed_down(anna: Browser) -> None:
    stranger = Browser(anna.app, language="en")
    page = stranger.look("/c/cremona/own-view/")
    for _ in range(30):
        stranger.submit(page, "Open it", status=422, code="AAAA-AAAA-AAAA")
    stranger.submit(page, "Open it", status=429, code="AAAA-AAAA-AAAA")


def test_nobody_elses(anna: Browser, home: Home, client_for: Callable[..., Browser]) -> None:
    kept(anna, home, "14-17")
    for who in ("bashir", "maker", "administrator"):
        for more in ("", "/edit", "/consent"):
            client_for(home.cast.members[who]).look(f"/c/cremona/household/dependants/1{more}", status=404)
    stranger = Browser(anna.app)
    for post in ("object", "object/1/back", "agree", "disagree"):
        stranger.post(f"/c/cremona/own-view/{post}", status=404, token_from="/c/cremona/own-view/")
