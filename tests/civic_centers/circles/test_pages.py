"""The pages of a circle, as its families and keepers see them; and as nobody else does."""

from collections.abc import Callable

import pytest

from civic_centers.circles import actions
from foundation import clock
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


def test_one_tap_and_bad_input(circle: CircleStage, client_for: Opening) -> None:
    circle.rota()
    anna, bashir = client_for(circle.cast.anna), client_for(circle.cast.bashir)
    turn = circle.turn_of("anna", 1)
    place = f"/c/cremona/circles/turns/{turn.id}"
    page = anna.submit(anna.look(place), "Non posso")
    assert page.says("Grazie di averlo detto")
    assert bashir.submit(bashir.look(place), "Lo prendo io").says("Il turno è tuo")
    page = anna.submit(
        anna.look(path(circle, "/away")), "Segna", status=422, first_on="2027-02-10", last_on="2027-02-01"
    )
    assert page.form("Segna").find("input", attrs={"name": "first_on"})["value"] == "2027-02-10"
    maker = client_for(circle.cast.maker)
    begin = maker.look("/c/cremona/circles/new")
    for most in ("1.5", "1,5", "-3", "1e9", "99999999999", "٣٣", "x\x00y"):
        page = maker.submit(
            begin, "Comincia", status=422, name="Prova", starts="16:30", ends="18:30", first_on="2027-02-01",
            weekdays="1", most_children=most, every_weeks="1",
        )  # fmt: skip
        assert page.says("Prova") or page.form("Comincia").find("input", attrs={"name": "name"})["value"] == "Prova"
    made = maker.submit(
        begin, "Comincia", name="Prova", starts="16:30", ends="18:30", first_on="2027-02-01", weekdays="1",
        most_children="4", every_weeks="1",
    )  # fmt: skip
    assert made.says("Il girotondo è avviato")


def test_what_to_know_is_read_in_the_turn_alone(circle: CircleStage, client_for: Opening) -> None:
    circle.rota()
    circle.do(actions.write_notes, "bashir", circle.child_row("bashir").id, "Allergia alle noci")
    notes = f"/c/cremona/circles/children/{circle.child_row('bashir').id}/notes"
    anna, bashir = client_for(circle.cast.anna), client_for(circle.cast.bashir)
    anna.look(notes, status=404)
    with clock.at(circle.turn_of("anna").starts_at):
        assert anna.look(notes).says("Allergia alle noci")
        assert bashir.look(notes).says("Anna")
        client_for(circle.cast.maker).look(notes, status=404)


def test_a_swap_says_what_one_would_have(circle: CircleStage, client_for: Opening) -> None:
    circle.rota()
    mine, hers = circle.turn_of("anna", 1), circle.turn_of("elisa")
    circle.do(actions.propose_swap, "elisa", hers.id, mine.id)
    anna = client_for(circle.cast.anna)
    page = anna.look(f"/c/cremona/circles/turns/{mine.id}")
    assert page.says("Elisa propone uno scambio con lunedì 25 gennaio, 16:30")
    assert anna.submit(page, "Sì, scambiamo").says("Scambiato")
