"""The orders of the board: newest, best, soonest, nearest; page by page, each post once."""

from datetime import timedelta

import pytest

from community.zones.actions import set_neighbours
from exchanges.posts.actions.finding import move_on
from exchanges.posts.queries import Filters, board, listing
from foundation import clock
from foundation.search import counting
from foundation.search.tally import Tally
from tests.exchanges.posts.stage import Stage


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE_SIZE", 3)


@pytest.fixture(params=["few", "many", "much", "new"])
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """By way of the index or entry by entry; with words that too many have to be counted; before anything is counted.

    Whatever the way, the pages must be the same.
    """
    monkeypatch.setattr(listing, "_are_few", lambda *_: request.param == "few")
    if request.param == "new":
        monkeypatch.setattr("exchanges.posts.queries.choices.tally_of", lambda *_: Tally())
    else:
        monkeypatch.setattr(listing, "ASKED", 5)
    if request.param == "much":
        monkeypatch.setattr(counting, "MOST_HITS", 2)


def every_page(stage: Stage, filters: Filters, who: str = "bashir") -> list[int]:
    found: list[int] = []
    cursor = ""
    for _page in range(30):
        page = stage.ask(board, getattr(stage.cast, who), filters, cursor)
        found += [card.id for card in page.cards]
        cursor = page.next_cursor
        if not cursor:
            return found
    raise AssertionError("the pages never end")


pytestmark = pytest.mark.usefixtures("_way")


def test_nearest(stage: Stage) -> None:
    cast = stage.cast
    stage.do(set_neighbours, cast.administrator, cast.zones["po"].id, [cast.zones["vescovato"].id])
    made = {}
    for number in range(9):
        who, zone = ((cast.anna, "centro"), (cast.dario, "vescovato"), (cast.bashir, "po"))[number % 3]
        made.setdefault(zone, []).insert(0, stage.open_post(who, title=f"Annuncio {number}"))
    assert every_page(stage, Filters(order="nearest")) == [*made["po"], *made["vescovato"], *made["centro"]]
    assert every_page(stage, Filters(order="nearest"), "anna") == [
        *made["centro"],
        *sorted(made["po"] + made["vescovato"], reverse=True),
    ]
    assert every_page(stage, Filters(order="nearest", zone_id=cast.zones["centro"].id)) == made["centro"]


def test_soonest(stage: Stage) -> None:
    anna = stage.cast.anna
    whenever = [stage.open_post(anna) for _number in range(4)]
    far = stage.open_post(anna, rhythm="dates", dates=[(stage.at(20), None)])
    near = stage.open_post(anna, rhythm="dates", dates=[(stage.at(30), None), (stage.at(2), None)])
    weekly = stage.open_post(anna, rhythm="weekly", weekdays=[stage.at(4).isoweekday()])
    expected = [near, weekly, far, *reversed(whenever)]
    assert every_page(stage, Filters(order="soonest")) == expected
    with clock.at(stage.at(3)):
        assert every_page(stage, Filters(order="soonest")) == [weekly, far, near, *reversed(whenever)]
        with stage.database.writing() as session:
            assert move_on(session) == 1
        assert every_page(stage, Filters(order="soonest")) == [weekly, far, near, *reversed(whenever)]
    with clock.at(stage.at(6)):
        with stage.database.writing() as session:
            assert move_on(session) == 1
        assert every_page(stage, Filters(order="soonest"))[0] == weekly, "next week comes before the 20th day"


def test_best(stage: Stage) -> None:
    anna = stage.cast.anna
    title = stage.open_post(anna, title="Lezioni di chitarra")
    body = [stage.open_post(anna, title="Musica", description="Anche la chitarra") for _number in range(3)]
    both = stage.open_post(anna, title="Chitarre e lezioni", description="La chitarra")
    assert every_page(stage, Filters(words="chitarra")) == [both, title, *reversed(body)]
    assert every_page(stage, Filters(words="chitarra", order="newest")) == [both, *reversed(body), title]
    assert every_page(stage, Filters(order="best")) == every_page(stage, Filters())


def test_newest_with_filters(stage: Stage) -> None:
    anna = stage.cast.anna
    needs = [stage.open_post(anna, ("need", "offer")[number % 2]) for number in range(9)][::2]
    assert every_page(stage, Filters(kind="need")) == needs[::-1]


def test_a_page_link_of_yesterday(stage: Stage) -> None:
    """What it stood after is gone, new ones came: nothing twice, nothing left out."""
    from exchanges.posts import actions

    anna = stage.cast.anna
    made = [stage.open_post(anna, title=f"Annuncio {number}") for number in range(8)][::-1]
    first = stage.ask(board, stage.cast.bashir, Filters())
    stage.do(actions.close_post, anna, made[2], found=True)
    stage.do(actions.close_post, anna, made[4], found=False)
    stage.open_post(anna, title="Nuovo")
    with clock.at(clock.now() + timedelta(days=1)):
        second = stage.ask(board, stage.cast.bashir, Filters(), first.next_cursor)
    assert [card.id for card in second.cards] == [made[3], made[5], made[6]]
    other = stage.ask(board, stage.cast.bashir, Filters(order="soonest"), first.next_cursor)
    assert [card.id for card in other.cards] == [
        card.id for card in stage.ask(board, stage.cast.bashir, Filters(order="soonest")).cards
    ]


def test_words_that_very_many_posts_have_leave_none_out(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the newest of them are counted: what is not among those is shown all the same."""
    monkeypatch.setattr(counting, "MOST_HITS", 4)
    anna, bashir = stage.cast.anna, stage.cast.bashir
    mine = [stage.open_post(stage.cast.dario, title="Torta di mele") for _number in range(2)]
    weekly = stage.open_post(anna, title="Torta di pere", rhythm="weekly", weekdays=[stage.at(4).isoweekday()])
    others = [stage.open_post(anna, title="Torta di prugne") for _number in range(6)]
    every = {*mine, weekly, *others}
    assert bashir.actor.zone_id != stage.cast.dario.actor.zone_id
    for order in ("newest", "nearest", "soonest", "best"):
        found = every_page(stage, Filters(words="torta", order=order), "chiara")
        assert sorted(found) == sorted(every), order
    assert every_page(stage, Filters(words="torta", order="soonest"))[0] == weekly
