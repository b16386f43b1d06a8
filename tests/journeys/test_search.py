"""Looking for something: words with mistakes, filters, the map, a search that is kept, the box for everything."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.exchanges.posts.stage import Stage as Posts
from tests.journeys.traveller import Traveller

pytestmark = pytest.mark.journey

BOARD = "/c/cremona/board"


def fill_board(board: Posts, people: Cast) -> None:
    """A few posts by several people, and enough of one sort for a second page."""
    board.open_post(people.anna, title="Un idraulico per il rubinetto", description="Perde da lunedì")
    board.open_post(people.dario, "offer", title="Lezioni di chitarra", gift=True, category="elders")
    board.open_post(people.chiara, "offer", title="Bici da aggiustare insieme")
    board.open_post(people.anna, title="Sfratto imminente", visibility="confidential")
    for number in range(22):
        board.open_post(people.chiara, "offer", title=f"Passaggio in auto {number + 1}", category="transport")


def look_for(traveller: Traveller, words: str) -> Traveller:
    """Type words into the box of the board and send them."""
    traveller.page.locator("#q").fill(words)
    if traveller.way.script:
        with traveller.page.expect_response(lambda response: "hx-request" in response.request.headers):
            traveller.page.locator("#q").press("Enter")
        return traveller.checked()
    return traveller.press("Search", within=traveller.page.locator("main form[role=search]"))


def test_from_a_mistyped_word_to_the_one_who_is_looked_for(
    people: Cast, board: Posts, travellers: Callable[..., Traveller]
) -> None:
    fill_board(board, people)
    bashir = travellers(people.bashir).turn_to("Board")
    look_for(bashir, "idralico rubineto").sees("Un idraulico per il rubinetto").sees_not("Lezioni di chitarra")
    bashir.follow_words("idraulico rubinetto")
    expect(bashir.page.locator("#q")).to_have_value("idraulico rubinetto")
    bashir.follow_words("Un idraulico per il rubinetto").heading_words("Un idraulico per il rubinetto")
    look_for(bashir.go(BOARD), "chitarre lezione").sees("Lezioni di chitarra").sees_not("Passaggio in auto")
    look_for(bashir, "sfratto").reads("Nothing like this, for now").sees_not("imminente")


def test_filters_make_an_address_for_everybody(
    people: Cast, board: Posts, travellers: Callable[..., Traveller]
) -> None:
    fill_board(board, people)
    bashir = travellers(people.bashir).turn_to("Board")
    gifts = bashir.page.locator("#pay option[value=gift]")
    expect(gifts).to_contain_text("(1)")
    if bashir.way.script:
        bashir.open("Days, hours and gifts, languages, ages")
        with bashir.page.expect_response(lambda response: "hx-request" in response.request.headers):
            bashir.page.locator("#pay").select_option("gift")
        bashir.checked()
        expect(bashir.page).to_have_url(re.compile(r"\?pay=gift$"))
    else:
        bashir.open("Days, hours and gifts, languages, ages")
        bashir.page.locator("#pay").select_option("gift")
        bashir.press("Search", within=bashir.page.locator("main form[role=search]"))
    bashir.sees("Lezioni di chitarra").sees_not("Passaggio in auto")
    address = bashir.page.url
    anna = travellers(people.anna).go(address.removeprefix(bashir.address))
    anna.sees("Lezioni di chitarra").sees_not("Passaggio in auto")


def test_an_endless_list_is_made_of_pages(people: Cast, board: Posts, travellers: Callable[..., Traveller]) -> None:
    fill_board(board, people)
    bashir = travellers(people.bashir).turn_to("Board")
    cards = bashir.page.locator("#board-items article, #board-items .r-post")
    more = bashir.page.locator("#board-more a")
    next_page = more.get_attribute("href")
    if bashir.way.script:
        more.scroll_into_view_if_needed()
        expect(bashir.page.get_by_text("Un idraulico per il rubinetto")).to_have_count(1)
        expect(more).to_have_count(0)
        bashir.checked()
    else:
        bashir.follow("Show more posts").sees("Un idraulico per il rubinetto").follow("Back to the newest")
        bashir.sees("Passaggio in auto 22")
    assert cards.count() >= 20
    bashir.go(str(next_page)).sees("Un idraulico per il rubinetto").sees_not("Passaggio in auto 22")


def test_the_map_a_search_that_is_kept_and_the_box_for_everything(
    people: Cast, board: Posts, travellers: Callable[..., Traveller]
) -> None:
    fill_board(board, people)
    bashir = travellers(people.bashir).go(f"{BOARD}?q=passaggi&kind=offer").follow("On the map of the zones")
    bashir.reads("It counts only what you asked the board for.")
    zone = people.zones["centro"].name
    row = bashir.page.locator("table tbody tr", has_text=zone)
    expect(row).to_have_count(1)
    bashir._leave_by(row.get_by_role("link"))
    bashir.checked()
    expect(bashir.page).to_have_url(re.compile("zone="))

    bashir.go(f"{BOARD}?q=violino&kind=offer").follow("Keep this search").choose("As soon as it comes up")
    bashir.press("Keep it").heading("Your searches").sees("violino")
    bashir.press("Remove").reads("No searches yet")

    bashir.go("/c/cremona/search").page.locator("main input[name=q]").fill("idralico")
    bashir.press("Search", within=bashir.page.locator("main")).reads("On the board")
    bashir.follow_words("Un idraulico per il rubinetto").heading_words("Un idraulico per il rubinetto")
    bashir.go("/c/cremona/search?q=privacy").reads("Help")
