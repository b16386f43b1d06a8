"""How often a page of the board asks the database: at most six times, whoever reads it and whatever they ask for."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from exchanges.agreements.actions import propose
from exchanges.agreements.rules import Terms
from foundation import clock
from foundation.web import keeping
from tests.client import Browser
from tests.exchanges.posts.stage import Stage
from tests.questions import noted

BOARD = "/c/cremona/board"
MOST = 6

Sign = Callable[..., Browser]


@pytest.mark.parametrize("reader", ["bashir", "dario", "maker", "administrator", "bakery", None])
def test_at_most_six(client_for: Sign, visitor: Browser, stage: Stage, reader: str | None) -> None:
    for number in range(21):
        stage.open_post(stage.cast.anna, title=f"Lavatrice rotta {number}", visibility="public")
    browser = client_for(stage.cast.members[reader]) if reader else visitor
    first = browser.look(BOARD)
    asked_for = (
        BOARD,
        first.soup.select_one("a[rel=next]")["href"],
        f"{BOARD}?kind=need&pay=hours",
        f"{BOARD}?q=lavatrici+rotte&kind=need&order=newest",
        f"{BOARD}?order=soonest",
        f"{BOARD}?order=nearest",
        f"{BOARD}/map",
    )
    for address in asked_for:
        browser.look(address)
        with noted() as asked:
            page = browser.look(address)
        assert page.says("Lavatrice rotta") or address.endswith("map")
        assert 1 <= len(asked) <= MOST, (address, asked)


@pytest.mark.parametrize("reader", ["bashir", "dario", "bakery"])
def test_at_most_six_when_nothing_is_kept_of_what_waits(client_for: Sign, stage: Stage, reader: str) -> None:
    """The numbers at the bell and in the bar are one question, whatever waits."""
    cast = stage.cast
    post_id = stage.open_post(cast.anna, title="Lavatrice rotta")
    with stage.database.writing() as session:
        terms = Terms(starts_at=clock.now() + timedelta(days=2), minutes=60, adult_id=cast.bashir.actor.person_id)
        propose(session, cast.bashir.actor, post_id, terms, words="La guardo io")
    browser = client_for(cast.members[reader])
    browser.look(BOARD)
    keeping._kept.clear()
    with noted() as asked:
        browser.look(BOARD)
    assert len(asked) == MOST, asked
    anna = client_for(cast.anna).look(BOARD)
    assert anna.soup.select_one('a[href="/c/cremona/waiting"] .r-count').get_text() == "1"
    assert anna.soup.select_one('a[href="/c/cremona/messages"] .r-count')


def test_more_posts_are_no_more_questions(client_for: Sign, stage: Stage) -> None:
    bashir = client_for(stage.cast.bashir)
    counts = []
    for _few_then_many in range(2):
        for _number in range(10):
            stage.open_post(stage.cast.anna)
        bashir.look(BOARD)
        with noted() as asked:
            bashir.look(BOARD)
        counts.append(len(asked))
    assert counts[0] == counts[1]
