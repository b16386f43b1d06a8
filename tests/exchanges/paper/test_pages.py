"""Forms on paper: printed blank or with a name, opened by a maker of the zone and by nobody else, begun by a button."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from exchanges.posts.tables import Post
from foundation.database import Database
from tests.cast import Cast
from tests.client import Browser, on_sqlite
from tests.exchanges.agreements.stage import Stage

pytestmark = on_sqlite


@pytest.fixture
def stage(database: Database, cast: Cast) -> Stage:
    return Stage(database, cast)


def posts_of(stage: Stage, party_id: int) -> list[Post]:
    with stage.database.reading() as session:
        return list(session.scalars(select(Post).where(Post.party_id == party_id)))


def test_a_form_with_a_name_opens_its_draft(stage: Stage, client_for: Callable[..., Browser]) -> None:
    rosa, maker = stage.offline("rosa"), client_for(stage.cast.maker, language="en")
    home = maker.look(f"/c/cremona/offline/{rosa.party.id}")
    assert maker.look(home.link("Form for a need")).says(rosa.party.name)
    opened = maker.look(f"/c/cremona/paper/fill/need?home={rosa.party.id}")
    assert posts_of(stage, rosa.party.id) == []
    category = str(stage.cast.categories["repairs"].id)
    words = {"title": "Due mensole", "category_id": category, "words": "Da appendere"}
    begun = maker.submit(opened, "Begin in their name", **words)
    assert begun.says(f"You write for {rosa.party.name}")
    (post,) = posts_of(stage, rosa.party.id)
    assert (post.state, post.kind, post.title) == ("draft", "need", "Due mensole")
    assert (post.author_id, post.recorded_by_id) == (rosa.id, stage.cast.maker.id)
    maker.submit(opened, "Begin in their name", status=400, **words)
    assert len(posts_of(stage, rosa.party.id)) == 1


def test_a_blank_form_asks_for_whom(stage: Stage, client_for: Callable[..., Browser]) -> None:
    rosa, maker = stage.offline("rosa"), client_for(stage.cast.maker, language="en")
    assert maker.look("/c/cremona/paper/print?kind=offer").status == 200
    opened = maker.look("/c/cremona/paper/fill/offer")
    assert maker.submit(opened, "Begin in their name", status=422, home="").errors()
    begun = maker.submit(opened, "Begin in their name", home=str(rosa.party.id))
    assert begun.says("You write for")
    assert [post.kind for post in posts_of(stage, rosa.party.id)] == ["offer"]


def test_an_answer_form_leads_to_the_answer(stage: Stage, client_for: Callable[..., Browser]) -> None:
    rosa, maker = stage.offline("rosa"), client_for(stage.cast.maker, language="en")
    post_id = stage.post(stage.cast.anna, "need")
    shown = maker.look(f"/c/cremona/posts/{post_id}")
    assert maker.look(shown.link("Print an answer form")).says("Orli e bottoni")
    opened = maker.look(f"/c/cremona/paper/fill/answer/{post_id}?home={rosa.party.id}")
    answer = maker.submit(opened, "Answer in their name")
    assert answer.response.request.path == f"/c/cremona/posts/{post_id}/answer"
    assert answer.says("You write for")


def test_for_anybody_else_it_leads_nowhere(stage: Stage, client_for: Callable[..., Browser], visitor: Browser) -> None:
    rosa = stage.offline("rosa")
    post_id = stage.post(stage.cast.anna, "need")
    secret = stage.post(stage.cast.anna, "need", visibility="confidential")
    addresses = [f"/c/cremona/paper/fill/{one}?home={rosa.party.id}" for one in ("need", f"answer/{post_id}")]
    for address in addresses:
        client_for(stage.cast.bashir).look(address, status=404)
        client_for(stage.cast.other_maker).look(address, status=404)
        assert visitor.look(address, follow=False, status=303).response.location
    client_for(stage.cast.maker).look(f"/c/cremona/paper/print/answer/{secret}", status=404)


def test_nothing_is_begun_without_their_agreement(stage: Stage, client_for: Callable[..., Browser]) -> None:
    rosa, maker = stage.offline("rosa"), client_for(stage.cast.maker, language="en")
    opened = maker.look(f"/c/cremona/paper/fill/need?home={rosa.party.id}")
    maker.submit(maker.look(f"/c/cremona/offline/{rosa.party.id}/end"), "End it now")
    again = maker.submit(opened, "Begin in their name", status=422)
    assert again.says("has not agreed") or again.says("Ask them")
    assert posts_of(stage, rosa.party.id) == []
