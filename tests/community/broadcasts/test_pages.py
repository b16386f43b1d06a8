"""The pages of messages to many, as a maker and a member use them."""

from collections.abc import Callable

from sqlmodel import select

from community.broadcasts.tables import Broadcast, BroadcastLink
from foundation.database import Database
from tests.cast import Cast
from tests.client import Browser, on_sqlite
from tests.community.broadcasts.stage import Desk
from tests.community.letters import delivered

HERE = "/c/cremona"
pytestmark = on_sqlite


def test_a_maker_writes_looks_and_sends(
    client_for: Callable[..., Browser], app: object, database: Database, cast: Cast
) -> None:
    maker = client_for(cast.maker)
    page = maker.look(f"{HERE}/me")
    page = maker.look(page.link("Messaggi a molti"))
    page = maker.look(page.link("Scrivi un messaggio"))
    refused = maker.submit(page, "Guarda com’è", status=422, words_it="Sabato alle 16.\nPorta una sedia.")
    assert refused.errors
    page = maker.submit(
        refused, "Guarda com’è",
        subject_it="Festa", purpose="needed", zones=[str(cast.zones["centro"].id)],
        url_1="https://www.example.org/festa", link_1="Il programma",
    )  # fmt: skip
    assert page.says("Raggiunge 4 persone")
    assert page.says("Banca del tempo di prova: Festa"), "as a letter"
    page = maker.submit(page, "Invia adesso")
    assert page.says("Parte entro un minuto")
    letters = delivered(app)  # type: ignore[arg-type]
    assert len(letters) == 4
    assert "Porta una sedia." in letters[0].text
    page = maker.look(page.address)
    assert page.says("Inviato")
    member = client_for(cast.anna)
    news = member.look(f"{HERE}/news/1")
    assert news.says("Sabato alle 16.")
    left = member.submit(news, "Il programma")
    assert left.link("Il programma") == "https://www.example.org/festa"
    assert left.soup.find("meta", attrs={"http-equiv": "refresh"})["content"] == "0;url=https://www.example.org/festa"
    member.look(left.address)
    with database.reading() as session:
        assert session.exec(select(BroadcastLink.opened)).one() == 1, "a page looked at again counts nothing"
    client_for(cast.dario).look(f"{HERE}/news/1", status=404)


def test_a_second_maker_says_yes_or_what_to_change(
    client_for: Callable[..., Browser], database: Database, cast: Cast
) -> None:
    desk = Desk(database, cast)
    administrator, maker = client_for(cast.administrator), client_for(cast.maker)
    page = administrator.look(f"{HERE}/running/broadcasts")
    administrator.submit(page, "Da ora in poi", approval_above="2")
    assert maker.look(f"{HERE}/broadcasts/{desk.write()}").says("Più di 2 persone")
    maker.submit(maker.look(f"{HERE}/broadcasts/1"), "Chiedi a una seconda maker")
    waiting = administrator.look(f"{HERE}/waiting")
    page = administrator.look(waiting.link("1 messaggio a molti da leggere prima"))
    again = administrator.submit(page, "Rimandalo indietro", status=422)
    assert again.errors
    administrator.submit(again, "Rimandalo indietro", remark="Manca l’ora.")
    page = maker.look(f"{HERE}/broadcasts/1")
    assert page.says("Manca l’ora.")
    page = maker.submit(page, "Chiedi a una seconda maker")
    read = administrator.look(f"{HERE}/broadcasts/1")
    edited = maker.look(f"{HERE}/broadcasts/1/edit")
    maker.submit(edited, "Guarda com’è", words_it="Domenica alle 16.")
    stale = administrator.submit(read, "Sì, invialo", status=404)
    assert stale.says("Domenica") is False, "a draft again, which is the author's alone"
    maker.submit(maker.look(f"{HERE}/broadcasts/1"), "Chiedi a una seconda maker")
    stale = administrator.submit(read, "Sì, invialo", status=409)
    assert stale.says("Domenica alle 16.")
    assert stale.says("Nel frattempo è cambiato.")
    assert administrator.submit(stale, "Sì, invialo").says("In programma")


def test_a_night_without_that_hour_and_a_double_click(
    client_for: Callable[..., Browser], database: Database, cast: Cast
) -> None:
    maker = client_for(cast.maker)
    page = maker.look(f"{HERE}/broadcasts/new")
    filled = {"subject_it": "Festa", "words_it": "Sabato.", "zones": [str(cast.zones["po"].id)]}
    wrong = maker.submit(page, "Guarda com’è", status=422, send_at="2027-03-28T02:30", **filled)
    assert wrong.says("quell’ora non esiste") or wrong.errors
    maker.submit(page, "Guarda com’è", **filled)
    maker.submit(page, "Guarda com’è", **filled)
    other = maker.submit(page, "Guarda com’è", status=409, **{**filled, "words_it": "Domenica."})
    assert other.says("Questo modulo è già partito, con altre parole")
    assert other.says("Domenica."), "what was typed is not lost"
    with database.reading() as session:
        assert len(session.exec(select(Broadcast)).all()) == 1


def test_what_nobody_would_read_is_not_sent_but_changed(
    client_for: Callable[..., Browser], database: Database, cast: Cast
) -> None:
    page = client_for(cast.maker).look(f"{HERE}/broadcasts/{Desk(database, cast).write(purpose='news')}")
    assert page.says("Raggiunge 0 persone")
    assert page.says("Così non lo leggerebbe nessuno")
    assert page.link("Cambia")
    assert not page.says("Invia adesso")
