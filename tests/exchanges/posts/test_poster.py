"""A public post on paper: what visitors read of it, and a drawing that leads to it."""

from collections.abc import Callable

import pytest

from tests.client import Browser, on_sqlite
from tests.exchanges.posts.stage import Stage

pytestmark = on_sqlite


def test_without_a_name_or_a_street(visitor: Browser, stage: Stage) -> None:
    said = {"description": "Lunedì", "place": "mine", "place_words": "via Dante 3"}
    post_id = stage.open_post(stage.cast.anna, title="Passaggio in ospedale", visibility="public", **said)
    post = visitor.look(f"/c/cremona/posts/{post_id}")
    poster = visitor.look(post.link("Un cartello con il codice QR"))
    assert poster.says("Passaggio in ospedale")
    assert poster.says(f"http://localhost/c/cremona/posts/{post_id}")
    assert poster.soup.select_one(".r-qr title").get_text() == "Codice QR dell’annuncio"
    assert "Anna" not in poster.html
    assert "via Dante" not in poster.html


@pytest.mark.parametrize("visibility", ["community", "zones"])
def test_what_is_for_members_hangs_on_no_wall(
    stage: Stage, client_for: Callable[..., Browser], visibility: str
) -> None:
    post_id = stage.open_post(stage.cast.anna, title="Solo per noi", visibility=visibility)
    anna = client_for(stage.cast.anna)
    assert not anna.look(f"/c/cremona/posts/{post_id}").says("Un cartello")
    anna.look(f"/c/cremona/posts/{post_id}/poster", status=404)
