"""What a mistyped word may have meant is said in words that the reader may see, and that find something."""

import pytest

from exchanges.posts.queries import Filters, board
from foundation.database import Database
from foundation.search import Entry, index
from tests.cast import Cast
from tests.exchanges.posts.stage import Stage


@pytest.fixture
def stage(database: Database, cast: Cast) -> Stage:
    return Stage(database, cast)


def test_a_confidential_need_stays_unsaid(stage: Stage) -> None:
    stage.open_post(stage.cast.anna, title="Alcolizzato", visibility="confidential")
    assert stage.ask(board, stage.cast.bashir, Filters(words="alcolizzat")).meant == ""
    stage.open_post(stage.cast.bashir, title="Alcolizzatx")
    found = stage.ask(board, stage.cast.bashir, Filters(words="alcolizzat"))
    assert (found.tolerance, found.meant) == ("near", "alcolizzatx")
    assert stage.ask(board, stage.cast.bashir, Filters(words=found.meant)).tolerance == ""


@pytest.mark.parametrize("surnames", [["Bertozzo"], [f"Bertozz{letter}" for letter in "abcdefghi"]])
def test_a_surname_elsewhere_stays_unsaid(stage: Stage, surnames: list[str]) -> None:
    with stage.database.writing() as session:
        for number, surname in enumerate(surnames):
            there = stage.cast.zoe.actor.community_id
            index(session, Entry("household", 10**6 + number, there, stage.at(0), surname))
    stage.open_post(stage.cast.anna, title="Bertozzu", visibility="public")
    found = stage.ask(board, None, Filters(words="bertozz"))
    assert (found.tolerance, found.meant) == ("near", "bertozzu")


def test_the_form_that_stands_in_the_post(stage: Stage) -> None:
    """A hidden post says the same word in another form: the stem is one, the words are two."""
    stage.open_post(stage.cast.anna, title="Pignoramento", visibility="confidential")
    stage.open_post(stage.cast.chiara, title="Pignoramenti spiegati", description="Con due parole.")
    found = stage.ask(board, stage.cast.bashir, Filters(words="pignoramneto spigeati"))
    assert found.meant == "pignoramenti spiegati"
    assert len(stage.ask(board, stage.cast.bashir, Filters(words=found.meant)).cards) == 1


def test_two_words_meant_as_one(stage: Stage) -> None:
    post_id = stage.open_post(stage.cast.anna, title="Babysitter", visibility="public")
    found = stage.ask(board, None, Filters(words="baby sitter"))
    assert ([card.id for card in found.cards], found.meant) == ([post_id], "babysitter")
