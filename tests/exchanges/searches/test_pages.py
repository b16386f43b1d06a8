"""Keeping a search from the board, finding it again, changing and removing it."""

from collections.abc import Callable

import pytest

from community.categories.actions import retire_category
from exchanges.searches.rules import MOST_KEPT
from foundation.database import Database
from tests.cast import Cast
from tests.client import Browser, on_sqlite
from tests.exchanges.posts.stage import Stage

pytestmark = on_sqlite
BOARD = "/c/cremona/board"
Sign = Callable[..., Browser]


@pytest.fixture
def stage(database: Database, cast: Cast) -> Stage:
    return Stage(database, cast)


def test_from_the_board_to_the_list_and_back(client_for: Sign, stage: Stage) -> None:
    stage.open_post(stage.cast.anna, title="Cerco una lavatrice")
    bashir = client_for(stage.cast.bashir, language="en")
    board = bashir.look(f"{BOARD}?q=lavatrice&kind=need&pay=&order=best")
    naming = bashir.look(board.link("Keep this search"))
    mine = bashir.submit(naming, "Keep it", name="Per la nonna", alert="at_once")
    assert mine.says("Per la nonna")
    assert mine.says("“lavatrice”, Who needs. As soon as it comes up.")
    assert bashir.look(mine.link("Per la nonna")).says("Cerco una lavatrice")
    assert mine.link("Per la nonna").endswith("?q=lavatrice&kind=need")
    changing = bashir.look(mine.link("Change"))
    twice = bashir.submit(bashir.look(board.link("Keep this search")), "Keep it", status=422, name="per la NONNA")
    assert twice.says("You keep a search of that name already.")
    mine = bashir.submit(changing, "Save", name="Bucato", alert="none")
    assert mine.says("No letters")
    assert bashir.submit(mine, "Remove").says("No searches yet")


def test_a_category_that_is_gone_is_told(client_for: Sign, stage: Stage) -> None:
    repairs = stage.cast.categories["repairs"].id
    stage.open_post(stage.cast.anna, title="Cerco una scala")
    bashir = client_for(stage.cast.bashir, language="en")
    old_link = f"{BOARD}?category={repairs}&kind=need"
    bashir.submit(bashir.look(bashir.look(old_link).link("Keep this search")), "Keep it", name="Scale")
    stage.do(retire_category, stage.cast.maker, repairs)
    mine = bashir.look("/c/cremona/searches/")
    assert mine.says("The category “Repairs” is no longer in use")
    assert "category" not in mine.link("Scale")
    board = bashir.look(old_link)
    assert board.says("The category “Repairs” is no longer in use")
    assert board.says("Cerco una scala")
    assert bashir.look(f"{BOARD}?category=99999&zone=77777").says("The zone asked for is no longer there")


def test_there_is_an_end_to_it(client_for: Sign, stage: Stage) -> None:
    bashir = client_for(stage.cast.bashir, language="en")
    for number in range(MOST_KEPT):
        page = bashir.look("/c/cremona/searches/new?kind=need")
        bashir.submit(page, "Keep it", name=f"Ricerca {number}")
    page = bashir.look("/c/cremona/searches/new?kind=need")
    assert bashir.submit(page, "Keep it", status=422, name="Una di troppo").says("You keep 20 searches already.")


def test_pressed_twice_it_is_kept_once(client_for: Sign, stage: Stage) -> None:
    bashir = client_for(stage.cast.bashir, language="en")
    form = bashir.look("/c/cremona/searches/new?kind=need")
    for _time in range(2):
        mine = bashir.submit(form, "Keep it", name="Bisogni")
        assert len(mine.soup.select("main li.r-card")) == 1
    bashir.submit(form, "Keep it", status=422, name="Altri")


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "a\x00b"])
def test_impossible_names(client_for: Sign, stage: Stage, name: str) -> None:
    bashir = client_for(stage.cast.bashir)
    page = bashir.look("/c/cremona/searches/new?kind=need")
    bashir.submit(page, "/searches/new?kind=need", status=422, name=name)
