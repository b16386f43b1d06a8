"""The letters of a trial installation, opened as a person would."""

from playwright.sync_api import TimeoutError as NotYet

from tests.journeys.traveller import Traveller

TRIES = 40
A_WHILE = 500  # milliseconds


def open_letter(traveller: Traveller, address: str) -> Traveller:
    """Open the newest letter to this address, as soon as the worker has sent it, and follow the link in it."""
    page = traveller.page
    letter = page.locator("main a", has_text=address).first
    for _try in range(TRIES):
        traveller.page.goto(f"{traveller.address}/development/mail")
        try:
            letter.wait_for(timeout=A_WHILE)
        except NotYet:
            continue
        break
    traveller.follow_words(address)
    with page.expect_navigation():
        page.locator("main .r-card a").first.click()
    return traveller.checked()
