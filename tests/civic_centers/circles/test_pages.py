"""The pages of a circle, as its families and keepers see them; and as nobody else does."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

import pytest

from civic_centers.circles import actions
from civic_centers.circles.queries.single import pauses_of
from civic_centers.circles.rules import About, Beat
from community.dependants.actions import withdraw_consent
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


def test_pages_that_tell_the_truth(circle: CircleStage, client_for: Opening) -> None:
    maker = client_for(circle.cast.maker)
    edit = maker.look(f"/c/cremona/circles/{circle.circle_id}/edit")
    assert edit.form("Salva").find(attrs={"name": "zone_id"}) is None
    circle.do(actions.hide_words, "maker", circle.circle_id)
    circle.do(actions.show_words_again, "maker", circle.circle_id)
    circle.rota()
    for name in ("bashir", "chiara", "dario", "elisa"):
        circle.do(actions.answer_adult, name, circle.circle_id, yes=False)
    anna = client_for(circle.cast.anna)
    turn = circle.turn_of("anna", 1)
    page = anna.submit(anna.look(f"/c/cremona/circles/turns/{turn.id}"), "Non posso")
    assert circle.turn(turn.id).state == "off"
    assert not page.says("altri vengono")
    circle.do(actions.end_circle, "maker", circle.circle_id, "Finito")
    assert maker.look(f"/c/cremona/circles/{circle.circle_id}/keep").says("Finito")


def test_what_one_is_asked_into_comes_first_with_the_answer_beside_it(circle: CircleStage, client_for: Opening) -> None:
    about = About("Il secondo", circle.cast.zones["centro"].id)
    beat = Beat((2,), time(17), 90, at(12).date())
    for name in ("Il secondo", "Il terzo"):
        made = circle.do(actions.propose_circle, "maker", replace(about, name=name), beat)
        circle.do(actions.invite, "maker", made.id, circle.cast.anna.party.id)
    anna = client_for(circle.cast.anna)
    page = anna.look("/c/cremona/circles")
    assert page.html.index("La tua famiglia è invitata") < page.html.index("Il secondo")
    assert (
        page.html.index("Il secondo")
        < page.html.index("I girotondi in cui siete")
        < page.html.index("Il girotondo</strong>")
    )
    assert page.says("martedì alle 17:00")
    answer = anna.look(page.link("Guarda, e di’ di sì"))
    assert answer.says("Il terzo")
    page = anna.submit(page, "No, grazie")
    assert page.says("Va bene così")
    assert not page.says("Il terzo")
    assert page.says("Il secondo")
    anna.submit(page, "No, grazie")
    page = anna.look("/c/cremona/circles")
    assert not page.says("La tua famiglia è invitata")
    assert page.says("Il girotondo")


def test_only_asked_in_is_not_no_circle(draft: CircleStage, client_for: Opening) -> None:
    assert client_for(draft.cast.anna).look("/c/cremona/circles").says("Ancora nessun girotondo")
    draft.do(actions.invite, "maker", draft.circle_id, draft.cast.anna.party.id)
    page = client_for(draft.cast.anna).look("/c/cremona/circles")
    assert page.says("Il girotondo")
    assert not page.says("Ancora nessun girotondo")


def test_a_family_reads_why_somebody_does_not_come(circle: CircleStage, client_for: Opening) -> None:
    turn, anna = circle.turns()[2], client_for(circle.cast.anna)
    place = f"/c/cremona/circles/turns/{turn.id}"
    circle.do(actions.pause_family, "anna", circle.circle_id, turn.day, turn.day)
    assert anna.look(place).says("non viene: siete via")
    assert not client_for(circle.cast.bashir).look(place).says("siete via")
    page = anna.submit(anna.look(place), "Viene lo stesso")
    assert not page.says("siete via")
    circle.do(withdraw_consent, "anna", circle.children["anna"])
    circle.run(actions.look_at_consent, circle.children["anna"])
    assert anna.look(place).says("non viene: manca il sì di qualcuno")


def test_the_sheet_on_paper_says_when_and_who_and_of_no_child(circle: CircleStage, client_for: Opening) -> None:
    circle.rota()
    circle.do(actions.write_notes, "anna", circle.child_row("anna").id, "Allergia alle noci")
    sheet = client_for(circle.cast.anna).look(path(circle, "/turns?print=1"))
    assert sheet.says("lunedì 11 gennaio, 16:30–18:30")
    assert len(re.findall("tocca a voi", sheet.html)) == 3
    assert sheet.says("A casa di chi ha il turno")
    assert sheet.says("Stampato lunedì 11 gennaio")
    for secret in ("Bimbo di", "noci", "Via "):
        assert not sheet.says(secret)
    other = client_for(circle.cast.maker).look(path(circle, "/turns?print=1"))
    assert not other.says("tocca a voi")


def test_a_sheet_without_turns(draft: CircleStage, client_for: Opening) -> None:
    draft.join("anna")
    assert client_for(draft.cast.anna).look(path(draft, "/turns?print=1")).says("Nessun turno")


def test_a_family_that_is_away_may_say_no_for_the_day_it_is_back(circle: CircleStage, client_for: Opening) -> None:
    """Who is back early comes again by itself: a no that was said meanwhile stays."""
    circle.rota()
    circle.do(actions.pause_family, "chiara", circle.circle_id, date(2027, 1, 11), date(2027, 1, 17))
    turn = circle.turn_of("anna")
    browser = client_for(circle.cast.chiara)
    browser.submit(browser.look(f"/c/cremona/circles/turns/{turn.id}"), "Questa volta non viene")
    with circle.database.reading() as session:
        [pause] = pauses_of(session, circle.circle_id)
    circle.do(actions.end_pause, "chiara", circle.circle_id, pause.id)
    assert "chiara" not in circle.coming(turn.id)
