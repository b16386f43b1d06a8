"""The board: newest first, filters, pages."""

import base64
import json
from datetime import timedelta

import pytest
from sqlalchemy import event

from exchanges.posts import actions
from exchanges.posts.actions.finding import put_in_index
from exchanges.posts.queries import Filters, board, new_near
from exchanges.posts.queries.board import PAGE_SIZE
from exchanges.posts.tables import Post
from foundation import clock
from tests.exchanges.posts.stage import Stage


def ids(stage: Stage, filters: Filters = Filters(), cursor: str = "", who: str = "bashir") -> list[int]:  # noqa: B008
    return [card.id for card in stage.ask(board, getattr(stage.cast, who), filters, cursor).cards]


def forged(*parts: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def fill(stage: Stage, count: int, *, same_moment: bool = False) -> list[int]:
    """Many posts, newest first."""
    cast, now = stage.cast, clock.now()
    with stage.database.writing() as session:
        made = [
            Post(
                community_id=cast.community.id, party_id=cast.anna.party.id, author_id=cast.anna.id, kind="need",
                state="open", title=f"Annuncio {number}",
                category_id=cast.categories["repairs"].id, zone_id=cast.zones["centro"].id, rhythm="any", minutes=60,
                published_at=now if same_moment else now - timedelta(minutes=count - number),
            )
            for number in range(count)
        ]  # fmt: skip
        session.add_all(made)
        for post in made:
            put_in_index(session, post)
        return [post.id for post in reversed(made)]


def test_pages_follow_each_other_without_gaps_even_within_one_moment(stage: Stage) -> None:
    every = fill(stage, 2 * PAGE_SIZE + 3, same_moment=True)
    first = stage.ask(board, stage.cast.bashir, Filters())
    second = stage.ask(board, stage.cast.bashir, Filters(), first.next_cursor)
    third = stage.ask(board, stage.cast.bashir, Filters(), second.next_cursor)
    assert [card.id for page in (first, second, third) for card in page.cards] == every
    assert third.next_cursor == ""
    assert {first.total, second.total, third.total} == {len(every)}


def test_a_full_last_page_offers_no_empty_one(stage: Stage) -> None:
    fill(stage, PAGE_SIZE)
    assert stage.ask(board, stage.cast.bashir, Filters()).next_cursor == ""


def test_filters(stage: Stage) -> None:
    anna, dario = stage.cast.anna, stage.cast.dario
    need = stage.open_post(anna, "need", title="Perché no? Città e caffè")
    offer = stage.open_post(dario, "offer", category="transport", gift=True, description="Un passaggio al 100%")
    repairs, vescovato = stage.cast.categories["repairs"].id, stage.cast.zones["vescovato"].id
    for filters, expected in [
        (Filters(kind="need"), [need]),
        (Filters(kind="offer"), [offer]),
        (Filters(category_id=repairs), [need]),
        (Filters(zone_id=vescovato), [offer]),
        (Filters(pay="gift"), [offer]),
        (Filters(pay="hours"), [need]),
        (Filters(words="CITTA perche"), [need]),
        (Filters(words="passaggio"), [offer]),
        (Filters(words="100%"), [offer]),
        (Filters(words="%"), [offer, need]),
        (Filters(words="_ di il"), [offer, need]),
        (Filters(words="zanzariera"), []),
        (Filters(words="caffè", kind="offer"), []),
    ]:
        assert ids(stage, filters) == expected, filters
        assert stage.ask(board, stage.cast.bashir, filters).total == len(expected)


def test_a_branch_finds_its_leaves(stage: Stage) -> None:
    cast = stage.cast
    with stage.database.writing() as session:
        leaf = session.get(type(cast.categories["transport"]), cast.categories["transport"].id)
        leaf.parent_id = cast.categories["repairs"].id
    post_id = stage.open_post(cast.anna, category="transport")
    assert ids(stage, Filters(category_id=cast.categories["repairs"].id)) == [post_id]


@pytest.mark.parametrize(
    "cursor",
    [
        "nonsense", "%%%", "é", "W10", "bnVsbA", "WyIyMDI2LTAxLTAxIiwgMV0", "eyJhIjoxLCJiIjoyfQ",
        "W1tbW1tbW1tbW1tb", forged("0001-01-01T00:00:00+14:00", 1), forged("2026-01-01T00:00:00+00:00", 10**20),
        forged("2026-01-01T00:00:00+00:00", float("inf")), forged("2026-01-01T00:00:00", 1), forged(5, "x"),
    ],
)  # fmt: skip
def test_a_cursor_nobody_gave_out_starts_from_the_top(stage: Stage, cursor: str) -> None:
    post_id = stage.open_post(stage.cast.anna)
    assert ids(stage, cursor=cursor) == [post_id]


def test_the_next_date_and_how_many_follow(stage: Stage) -> None:
    first, second, last = stage.at(2), stage.at(4), stage.at(9)
    stage.open_post(stage.cast.anna, rhythm="dates", dates=[(second, None), (first, None), (last, None)])
    card = stage.ask(board, stage.cast.bashir, Filters()).cards[0]
    assert (card.next_date, card.dates) == (first, 3)
    with clock.at(stage.at(5)):
        card = stage.ask(board, stage.cast.bashir, Filters()).cards[0]
        assert (card.next_date, card.dates) == (last, 1)


def test_two_questions_for_a_page_however_many_posts(stage: Stage) -> None:
    """One for the cards and one for whom the reader does not see; what is counted is there already."""

    def questions(filters: Filters = Filters()) -> int:  # noqa: B008
        asked = []
        with stage.database.reading() as session:
            connection = session.connection()
            event.listen(connection, "before_cursor_execute", lambda *_args: asked.append(1))
            board(session, stage.cast.bashir.actor, filters)
        return len(asked)

    fill(stage, 1)
    questions()
    assert questions() == 2
    fill(stage, PAGE_SIZE + 5)
    questions()
    assert questions() == 2
    assert questions(Filters(kind="need", zone_id=stage.cast.zones["centro"].id)) == 2


def test_new_near_me_first_and_never_my_own(stage: Stage) -> None:
    far = stage.open_post(stage.cast.dario)
    near = stage.open_post(stage.cast.chiara)
    stage.do(actions.pause_post, stage.cast.dario, stage.open_post(stage.cast.dario))
    stage.open_post(stage.cast.anna)
    latest = stage.open_post(stage.cast.dario)
    assert [card.id for card in stage.ask(new_near, stage.cast.anna)] == [near, latest, far]
    assert [card.id for card in stage.ask(new_near, stage.cast.anna, limit=1)] == [near]
