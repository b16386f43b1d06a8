"""The pages of a circle, as its families and keepers see them; and as nobody else does."""

from collections.abc import Callable

import pytest

from tests.civic_centers.circles.stage import CircleStage, at
from tests.client import Browser, on_sqlite

pytestmark = on_sqlite
Opening = Callable[..., Browser]
AT_TURN = at(11, 16, 30)


def path(circle: CircleStage, rest: str = "") -> str:
    return f"/c/cremona/circles/{circle.circle_id}{rest}"


def test_every_page_of_a_family(circle: CircleStage, client_for: Opening) -> None:
    circle.rota()
    anna = client_for(circle.cast.anna)
    turn = circle.turn_of("anna")
    child = circle.child_row("anna").id
    for address in (
        "/c/cremona/circles",
        path(circle),
        path(circle, "/turns"),
        path(circle, "/turns?print=1"),
        path(circle, "/family"),
        path(circle, "/away"),
        path(circle, "/leave"),
        path(circle, "/balance"),
        f"/c/cremona/circles/turns/{turn.id}",
        f"/c/cremona/circles/turns/{turn.id}/swap",
        f"/c/cremona/circles/children/{child}/notes",
    ):
        anna.look(address)
    assert anna.look(f"/c/cremona/circles/turns/{turn.id}").says("Via Anna 1")
    for address in (path(circle, "/keep"), path(circle, "/rota"), path(circle, "/end"), path(circle, "/edit")):
        anna.look(address, status=404)


def test_every_page_of_a_keeper(circle: CircleStage, client_for: Opening) -> None:
    maker = client_for(circle.cast.maker)
    for rest in ("", "/turns", "/keep", "/rota", "/pause", "/end", "/edit", "/rhythm", "/balance"):
        maker.look(path(circle, rest))
    turn = circle.turns()[0]
    assert not maker.look(f"/c/cremona/circles/turns/{turn.id}").says("Bimbo di")
    maker.look(f"/c/cremona/circles/children/{circle.child_row('anna').id}/notes", status=404)
    maker.look("/c/cremona/circles/new")


@pytest.mark.parametrize("who", ["other_maker", "bakery"])
def test_nobody_else_sees_that_there_is_one(circle: CircleStage, client_for: Opening, who: str) -> None:
    stranger = client_for(circle.cast.members[who])
    turn = circle.turns()[0]
    for address in (
        path(circle),
        path(circle, "/turns"),
        path(circle, "/balance"),
        f"/c/cremona/circles/turns/{turn.id}",
    ):
        stranger.look(address, status=404)
