"""Suggestions on a post and at home, asking with one tap, the moment that suits both filled in."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

from exchanges.matching.actions import ask_to_answer
from foundation import clock
from tests.client import Browser, on_sqlite
from tests.exchanges.matching.stage import Matching

pytestmark = on_sqlite
SUNDAY = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def test_the_author_reads_who_and_why_and_asks(stage: Matching, client_for: Callable[..., Browser]) -> None:
    cast = stage.cast
    post = stage.open_post(cast.anna, rhythm="weekly", weekdays=(2,))
    stage.can(cast.chiara, "repairs")
    stage.week(cast.chiara, (2, "afternoon"))
    stage.gave(cast.chiara, cast.bashir, times=4)
    anna = client_for(cast.anna)
    page = anna.look(f"/c/cremona/posts/{post}")
    assert page.says("Vive nella tua zona, sa dare una mano in questo, può martedì pomeriggio, l’ha già fatto 4 volte.")
    assert page.says("Perché lo vedo?")
    assert not re.search(r"\b(punteggio|score|weight)\b", page.html)
    asked = anna.submit(page, "Chiedi a ")
    assert asked.says("Chiesto. Risponde solo se può.")
    assert "Chiedi a " not in asked.words
    english = client_for(cast.anna, language="en").look(f"/c/cremona/posts/{post}")
    assert english.says("Lives in your zone, can give this, free Tuesday in the afternoon, has done this 4 times.")
    assert not client_for(cast.bashir).look(f"/c/cremona/posts/{post}").says("Chi potrebbe rispondere")


def test_who_is_asked_finds_it_at_home_and_may_put_it_aside(
    stage: Matching, client_for: Callable[..., Browser]
) -> None:
    cast = stage.cast
    post = stage.open_post(cast.anna, title="Le tende da appendere")
    stage.can(cast.chiara, "repairs")
    stage.do(ask_to_answer, cast.anna, post, cast.chiara.party.id)
    chiara = client_for(cast.chiara)
    home = chiara.look("/c/cremona/")
    page = chiara.look(home.link("Anna e famiglia ti chiede se puoi"))
    assert page.says("Hanno pensato a te")
    after = chiara.submit(page, "Non adesso")
    assert not after.says("ti chiede se puoi")
    assert not chiara.look(f"/c/cremona/posts/{post}").says("Hanno pensato a te")
    assert client_for(cast.anna).look(f"/c/cremona/posts/{post}").says("Chiesto")


def test_at_home_what_i_could_answer(stage: Matching, client_for: Callable[..., Browser]) -> None:
    cast = stage.cast
    stage.open_post(cast.chiara, title="Un cancello che cigola")
    anna = client_for(cast.anna)
    assert not anna.look("/c/cremona/").says("Qui potresti dare una mano tu")
    stage.can(cast.anna, "repairs")
    home = anna.look("/c/cremona/")
    assert home.says("Qui potresti dare una mano tu")
    assert home.says("Nella tua zona, sai dare una mano in questo.")


def test_the_moment_that_suits_both_fills_the_form(stage: Matching, client_for: Callable[..., Browser]) -> None:
    cast = stage.cast
    with clock.at(SUNDAY):
        post = stage.open_post(cast.anna)
        for member in (cast.anna, cast.bashir):
            stage.week(member, (4, "afternoon"))
        bashir = client_for(cast.bashir)
        page = bashir.look(f"/c/cremona/posts/{post}")
        assert page.says("Potete tutti e due")
        form = bashir.look(page.link("giovedì 26 novembre, 16:00"))
        assert form.soup.select_one("input[name=starts_at]")["value"] == "2026-11-26T16:00"
        again = bashir.look(form.link("giovedì 26 novembre, 16:00"))
        assert again.soup.select_one("a[aria-current=true][data-fill]")
        sent = bashir.submit(again, "Posso aiutare", words="Arrivo io.")
        assert sent.says("giovedì 26 novembre")
        asked = bashir.look(f"/c/cremona/members/{cast.anna.party.id}/ask")
        assert asked.says("Potete tutti e due")
        far = bashir.look(f"/c/cremona/members/{cast.anna.party.id}/ask?at=2031-01-01T10:00")
        assert not far.soup.select_one("input[name=starts_at]").get("value")


def test_who_has_not_said_when_is_invited_to(stage: Matching, client_for: Callable[..., Browser]) -> None:
    cast = stage.cast
    post = stage.open_post(cast.anna)
    stage.week(cast.anna, (4, "afternoon"))
    page = client_for(cast.bashir).look(f"/c/cremona/posts/{post}")
    assert page.link("Quando possiamo") == "/c/cremona/me/when-we-can"


def test_the_days_limit_is_said_kindly(stage: Matching, client_for: Callable[..., Browser]) -> None:
    cast = stage.cast
    post = stage.open_post(cast.anna)
    for member in (cast.bashir, cast.chiara, cast.dario, cast.maker):
        stage.can(member, "repairs")
    for member in (cast.bashir, cast.chiara, cast.dario):
        stage.do(ask_to_answer, cast.anna, post, member.party.id)
    anna = client_for(cast.anna)
    assert anna.submit(anna.look(f"/c/cremona/posts/{post}"), "Chiedi a ").says("Oggi hai già chiesto a 3")


def test_a_wish_of_ones_own(stage: Matching, client_for: Callable[..., Browser]) -> None:
    cast = stage.cast
    post = stage.open_post(cast.anna)
    stage.can(cast.bashir, "repairs")
    bashir = client_for(cast.bashir)
    page = bashir.look(bashir.look("/c/cremona/me").link("Suggerimenti"))
    bashir.submit(page, "Salva", wish="never")
    assert bashir.look("/c/cremona/me").says("Per ora non siete suggeriti")
    assert stage.names(cast.anna, post) == []
    bashir.submit(page, "Salva", wish="perhaps", status=422)
