"""Who sees a post: one table, every role, every visibility and state."""

import pytest

from community.moderation.tables import Block
from exchanges.posts import actions
from exchanges.posts.policies import on_board
from exchanges.posts.queries import Filters, board, cards, entrusted_to, newest, open_posts_of, post_visible_to
from foundation import clock
from foundation.database import insert_if_absent
from foundation.errors import Missing
from tests.cast import make_member
from tests.exchanges.posts.stage import Stage

# Anna of the centre writes it. chiara: same zone. bashir: another zone. maker: makes the centre and Po. blocked: a
# neighbour of the centre whom Anna blocked. excluded: a second maker of the centre.
EVERYBODY = {"anna", "bashir", "chiara", "dario", "maker", "excluded", "other_maker", "administrator", "bakery"}
OF_THE_CENTRE = {"anna", "chiara", "bakery", "maker", "excluded"}

TABLE = [
    ("open", "community", EVERYBODY),
    ("open", "public", EVERYBODY | {"visitor"}),
    ("open", "zones", OF_THE_CENTRE),
    ("open", "confidential", {"anna", "maker"}),
    ("draft", "public", {"anna"}),
    ("paused", "public", {"anna"}),
    ("closed", "community", EVERYBODY),
    ("closed", "public", EVERYBODY),
    ("closed", "confidential", {"anna", "maker"}),
    ("expired", "community", EVERYBODY),
    ("expired", "zones", OF_THE_CENTRE),
    ("hidden", "public", {"anna", "maker", "excluded"}),
    ("hidden", "confidential", {"anna", "maker"}),
]


def test_what_is_entrusted_waits_for_the_makers_until_it_ends(stage: Stage) -> None:
    cast = stage.cast
    post_id = stage.open_post(cast.anna, title="Sfratto", visibility="confidential")
    for nobody in (cast.anna, cast.chiara, cast.other_maker, cast.administrator):
        assert stage.ask(entrusted_to, nobody) == []
    assert [(post.id, zone) for post, zone in stage.ask(entrusted_to, cast.maker)] == [(post_id, "Centro")]
    stage.do(actions.close_post, cast.anna, post_id, found=True)
    assert stage.ask(entrusted_to, cast.maker) == []
    kept = stage.open_post(cast.anna, visibility="confidential", excluded_maker_id=cast.maker.id)
    assert stage.ask(entrusted_to, cast.maker) == [], f"post {kept} is kept from her"


@pytest.fixture
def people(stage: Stage) -> dict:
    with stage.database.writing() as session:
        cast = stage.cast
        cast.members["blocked"] = make_member(session, cast, "blocked", "centro")
        cast.members["excluded"] = make_member(session, cast, "excluded", "centro", makes=("centro",))
        block = {
            "party_id": cast.anna.party.id, "blocked_party_id": cast.blocked.party.id,
            "blocked_by_id": cast.anna.id, "blocked_at": clock.now(),
        }  # fmt: skip
        insert_if_absent(session, Block, block, conflict=["party_id", "blocked_party_id"])
    return {"visitor": None, **stage.cast.members}


def sees(stage: Stage, who: object, post_id: int) -> bool:
    try:
        stage.ask(post_visible_to, who, post_id)
    except Missing:
        return False
    return True


@pytest.mark.parametrize(("state", "visibility", "expected"), TABLE)
def test_who_sees_it(stage: Stage, people: dict, state: str, visibility: str, expected: set) -> None:
    excluded = {"excluded_maker_id": stage.cast.excluded.id} if visibility == "confidential" else {}
    post_id = stage.in_state(stage.cast.anna, state, visibility=visibility, **excluded)
    assert {name for name, who in people.items() if sees(stage, who, post_id)} == expected
    on_the_board = {
        name for name, who in people.items() if post_id in {one.id for one in stage.ask(board, who, Filters()).cards}
    }
    assert on_the_board == (expected if state == "open" else set())


def test_a_visitor_reads_no_names(stage: Stage) -> None:
    post_id = stage.open_post(stage.cast.anna, visibility="public")
    card = stage.ask(newest, None)[0]
    assert (card.id, card.party_name, card.party_id, card.party_photo, card.party_since) == (
        post_id,
        "",
        None,
        None,
        None,
    )
    assert stage.ask(post_visible_to, None, post_id).party is None
    assert stage.ask(post_visible_to, stage.cast.bashir, post_id).party.name


def test_a_profile_shows_what_the_reader_may_see(stage: Stage) -> None:
    seen = stage.open_post(stage.cast.anna)
    stage.open_post(stage.cast.anna, visibility="confidential")
    found = stage.ask(open_posts_of, stage.cast.bashir, stage.cast.anna.party.id)
    assert [card.id for card in found] == [seen]


def test_the_other_community_is_another_world(stage: Stage) -> None:
    stage.open_post(stage.cast.anna, visibility="public")
    assert stage.ask(board, stage.cast.zoe, Filters()).total == 0
    with stage.database.reading() as session:
        assert cards(session, stage.cast.zoe.actor, [on_board(stage.cast.zoe.actor)], 5) == []
