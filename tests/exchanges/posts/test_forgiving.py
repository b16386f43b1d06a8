"""Misspelt posts beside the others, misspelt questions, and posts that have only some of the words."""

import pytest

from community.moderation.actions import block
from exchanges.posts.queries import Filters, board
from exchanges.posts.queries.board import BoardPage
from exchanges.posts.queries.listing import PAGE_SIZE
from tests.exchanges.posts.stage import Stage


def titles(page: BoardPage) -> list[str]:
    return [card.title for card in page.cards]


def found(stage: Stage, words: str, **more: object) -> BoardPage:
    return stage.ask(board, stage.cast.bashir, Filters(words=words, **more))


@pytest.fixture
def written(stage: Stage) -> Stage:
    for title in ("Babysitter la sera", "Cerco baby sitter", "Bebisitter offresi", "Lezzioni di mattematica", "Pane"):
        stage.open_post(stage.cast.anna, title=title)
    stage.open_post(stage.cast.chiara, title="Ripetizioni", description="Matematica e lezioni di fisica.")
    return stage


@pytest.mark.parametrize(
    ("words", "exact", "also"),
    [
        ("babysitter", {"Babysitter la sera"}, {"Cerco baby sitter", "Bebisitter offresi"}),
        ("baby-sitter", {"Cerco baby sitter"}, {"Babysitter la sera", "Bebisitter offresi"}),
        ("bebisitter", {"Bebisitter offresi"}, {"Babysitter la sera"}),
        ("matematica lezioni", {"Ripetizioni"}, {"Lezzioni di mattematica"}),
        ("mattematica", {"Lezzioni di mattematica"}, {"Ripetizioni"}),
    ],
)
def test_the_misspelt_come_after_the_others(written: Stage, words: str, exact: set[str], also: set[str]) -> None:
    page = found(written, words)
    assert set(titles(page)[: len(exact)]) == exact
    assert set(titles(page)[len(exact) :]) == also
    assert (page.tolerance, page.total) == ("also", len(exact | also))
    assert sum(page.counts.choices("kind", ["need", "offer"]).values()) == page.total


def test_nothing_is_said_of_what_the_reader_does_not_see(written: Stage) -> None:
    anna = written.cast.anna
    written.open_post(anna, title="Ciclofficina")
    written.open_post(anna, title="Cicloficina", visibility="confidential")
    page = found(written, "ciclofficina")
    assert (titles(page), page.tolerance, page.total) == (["Ciclofficina"], "", 1)
    written.do(block, written.cast.bashir, anna.party.id)
    page = found(written, "babysitter")
    assert (titles(page), page.tolerance, page.meant, page.total) == ([], "", "", 0)


def test_a_word_that_is_known_is_not_taken_for_another(written: Stage) -> None:
    """It stands on the board, only not with this filter."""
    written.open_post(written.cast.chiara, "offer", title="Cane da portare fuori")
    page = found(written, "pane", kind="offer")
    assert (titles(page), page.tolerance) == ([], "")
    assert titles(found(written, "vane", kind="offer")) == ["Cane da portare fuori"]


def test_the_likeliest_come_first(written: Stage) -> None:
    for title in ("Sacchi di terra", "Partita a scacchi", "Sacchi vuoti"):
        written.open_post(written.cast.anna, title=title)
    page = found(written, "scachi")
    assert titles(page) == ["Partita a scacchi", "Sacchi vuoti", "Sacchi di terra"]
    assert (page.tolerance, page.meant) == ("near", "scacchi")


def test_with_some_of_the_words_those_with_more_of_them_come_first(stage: Stage) -> None:
    anna = stage.cast.anna
    for number in range(4):
        stage.open_post(anna, title=f"Cerco aiuto {number}")
    stage.open_post(anna, title="Passeggiata", description="Un cane tranquillo da portare fuori.")
    stage.open_post(anna, title="Il cane")
    for number in range(4):
        stage.open_post(anna, title=f"Portare una lettera {number}")
    page = found(stage, "cerco chi possa portare a spasso il cane")
    assert page.tolerance == "some"
    assert titles(page)[:2] == ["Passeggiata", "Il cane"], "more of the words, then the rarest of them"
    assert page.total == 10


def test_page_by_page_each_once(stage: Stage) -> None:
    for number in range(PAGE_SIZE + 8):
        title = "Orto" if number % 3 else "Orto e giardino"
        stage.open_post(stage.cast.anna, title=title, description="Lavoro" if number % 2 else "Altro")
    filters = Filters(words="orto giardino lavoro dinosauro")
    first = stage.ask(board, stage.cast.bashir, filters)
    stage.open_post(stage.cast.anna, title="Orto e giardino", description="Lavoro")
    second = stage.ask(board, stage.cast.bashir, filters, first.next_cursor)
    ids = [card.id for card in (*first.cards, *second.cards)]
    assert len(ids) == len(set(ids)) == PAGE_SIZE + 8
    assert not second.next_cursor
    for cursor in ("x", "WyJiZXN0Iiw5OTk5OTk5OTk5LDEsbnVsbF0", first.next_cursor[:-3], "\x00", "W10"):
        assert stage.ask(board, stage.cast.bashir, filters, cursor).cards


def test_what_came_up_elsewhere_a_moment_ago(stage: Stage) -> None:
    """A reader of a page of some of the words sees nothing that has just been closed."""
    stage.open_post(stage.cast.anna, title="Orto")
    assert titles(found(stage, "orto dinosauro")) == ["Orto"]
    with stage.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE post SET state = 'closed'")
    assert titles(found(stage, "orto dinosauro")) == []
