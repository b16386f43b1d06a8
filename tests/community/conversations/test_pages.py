"""The pages of conversations, with and without script."""

from collections.abc import Callable
from io import BytesIO

from community.conversations.actions import begin, leave, write_directly
from exchanges.agreements import actions as agreements
from tests.client import Browser, on_sqlite
from tests.community.conversations.asking import jpeg, page, said
from tests.exchanges.agreements.stage import Stage, at

pytestmark = on_sqlite
ClientFor = Callable[..., Browser]
HERE = "/c/cremona"
ASKED = "There seems to be a telephone number or an address in it."


def test_from_somebodys_page_to_a_conversation(stage: Stage, anna: Browser, bashir: Browser) -> None:
    cast = stage.cast
    for address in (f"/people/{cast.bashir.id}", f"/members/{cast.bashir.party.id}"):
        look = anna.look(HERE + address)
        assert look.says("Write to Bashir")
    form = anna.look(look.link("Write to Bashir"))
    assert anna.submit(form, "Send", status=422, words="  ").says("Write something first.")
    look = anna.submit(form, "Send", words="Ciao <b>Bashir</b>")
    assert look.says("Ciao <b>Bashir</b>")
    again = anna.submit(form, "Send", words="Ciao <b>Bashir</b>")
    assert again.html.count("Ciao &lt;b&gt;Bashir&lt;/b&gt;") == 1, "sent twice it is said once"
    assert anna.look(f"{HERE}/people/{cast.bashir.id}/write").says("Ciao <b>Bashir</b>")
    listing = bashir.look(f"{HERE}/messages")
    assert listing.says("1 new")
    look = bashir.look(listing.link(cast.anna.person.name))
    assert look.says("Ciao <b>Bashir</b>")
    bashir.submit(look, "I have read everything")
    assert not bashir.look(f"{HERE}/messages").says("1 new")


def test_nobody_is_offered_to_write_where_nobody_may(stage: Stage, anna: Browser) -> None:
    cast, rosa = stage.cast, stage.offline("rosa")
    for person in (cast.anna, rosa):
        assert not anna.look(f"{HERE}/people/{person.id}").says("Write to")
        anna.look(f"{HERE}/people/{person.id}/write", status=404)
    anna.look(f"{HERE}/people/{cast.zoe.id}/write", status=404)


def test_a_stranger_finds_no_conversation(stage: Stage, anna: Browser, client_for: ClientFor) -> None:
    cast = stage.cast
    thread_id = stage.do(begin, cast.anna, cast.bashir.id, "Ciao")
    message_id = page(stage, thread_id).last_id
    anna.look(f"{HERE}/conversations/{thread_id}")
    for stranger in (cast.chiara, cast.maker, cast.administrator):
        browser = client_for(stranger, language="en")
        for address in (f"conversations/{thread_id}", f"messages/{message_id}", f"messages/{message_id}/change"):
            browser.look(f"{HERE}/{address}", status=404)
        for address in (f"conversations/{thread_id}/words", f"messages/{message_id}/withdraw"):
            browser.post(f"{HERE}/{address}", status=404, token_from=f"{HERE}/messages", words="Ciao")


def test_a_number_for_a_stranger_is_asked_about_once(stage: Stage, anna: Browser) -> None:
    cast = stage.cast
    form = anna.look(f"{HERE}/people/{cast.bashir.id}/write")
    typed = "Chiamami: 333 1234567"
    asked = anna.submit(form, "Send", status=422, words=typed, photos=(jpeg(), "bici.jpg"), seen="Una bici")
    assert asked.says(ASKED)
    assert asked.soup.title.text.startswith("One more look, please:"), "who hears the page hears of it first"
    assert ASKED in asked.soup.select_one("[data-focus]").text
    assert asked.says(typed)
    assert asked.says("1 photograph goes with it.")
    look = anna.submit(asked, "Send anyway")
    assert look.says(typed)
    assert look.soup.select_one(".r-sent img")["alt"] == "Una bici"
    assert not look.says(ASKED)
    asked = anna.submit(look, "Send", status=422, words="Via Garibaldi 12")
    assert anna.submit(asked, "Send", words="Poi ti dico dove").says("Poi ti dico dove")
    stage.accepted(cast.anna, cast.bashir)
    assert anna.submit(look, "Send", words="Via Garibaldi 12").says("Via Garibaldi 12")


def test_beside_a_proposal_too(stage: Stage, bashir: Browser) -> None:
    agreement_id = stage.proposed(stage.cast.anna, stage.cast.bashir)
    asked = bashir.submit(bashir.look(at(agreement_id)), "Send", status=422, words="b@example.org")
    assert asked.says(ASKED)
    assert bashir.submit(asked, "Send anyway").says("b@example.org")
    stage.do(agreements.accept, stage.cast.anna, agreement_id, None)
    assert not bashir.submit(bashir.look(at(agreement_id)), "Send", words="c@example.org").says(ASKED)


def test_photographs_are_shown_small_with_their_size(stage: Stage, anna: Browser, client_for: ClientFor) -> None:
    agreement_id = stage.accepted(stage.cast.anna, stage.cast.bashir)
    look = anna.submit(anna.look(at(agreement_id)), "Send", photos=(jpeg(), "bici.jpg"))
    image = look.soup.select_one(".r-sent img")
    assert (image["alt"], image["width"], image["height"]) == ("Photograph 1", "64", "48")
    with anna.client.get(image["src"]) as answer:
        assert answer.mimetype == "image/webp"
        assert "style-src 'unsafe-inline'" in answer.headers["Content-Security-Policy"], "browsers frame it themselves"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert client_for(stage.cast.chiara).client.get(image["src"]).status_code == 404
    assert anna.look(f"{HERE}/messages").says("A photograph")
    refused = anna.submit(look, "Send", status=422, words="Ecco", photos=(BytesIO(b"no picture"), "x.jpg"))
    assert refused.says("Ecco")


def test_a_message_is_changed_and_taken_back(stage: Stage, anna: Browser, bashir: Browser) -> None:
    agreement_id = stage.accepted(stage.cast.anna, stage.cast.bashir)
    look = anna.submit(anna.look(at(agreement_id)), "Send", words="Alle tre")
    form = anna.look(look.link("Change"))
    assert anna.submit(form, "Keep it like this", status=422, words="").says("Write something first.")
    assert anna.submit(form, "Keep it like this", words="Alle quattro").says("Alle quattro")
    seen = bashir.look(at(agreement_id))
    assert seen.says("changed")
    assert not seen.says("Alle tre")
    anna.submit(anna.look(look.link("Change")), "Take it back")
    assert bashir.look(at(agreement_id)).says("Message taken back.")


def test_muting_and_leaving(stage: Stage, anna: Browser) -> None:
    cast = stage.cast
    thread_id = stage.do(begin, cast.bashir, cast.anna.id, "Ciao")
    address = f"{HERE}/conversations/{thread_id}"
    look = anna.submit(anna.look(address), "Mute")
    assert look.says("You hear nothing of it.")
    assert anna.look(f"{HERE}/messages").says("Muted")
    look = anna.submit(look, "Hear of it again")
    assert anna.submit(look, "Leave the conversation").says("No messages yet")
    anna.look(address, status=404)


def test_looking_for_words_leads_to_the_message(stage: Stage, anna: Browser) -> None:
    cast = stage.cast
    thread_id = stage.do(begin, cast.bashir, cast.anna.id, "Porto il CAFFÈ")
    for number in range(60):
        stage.do(write_directly, cast.bashir, thread_id, f"Riga {number}")
    look = anna.look(f"{HERE}/messages/search?q=caffe")
    look = anna.look(look.link(cast.bashir.person.name))
    assert look.says("Porto il CAFFÈ")
    assert not look.says("Riga 59")
    assert anna.look(f"{HERE}/messages/search?q=tisana").says("Nothing found.")
    assert anna.look(f"{HERE}/messages/search?q=%00").errors() == []


def test_reading_is_shown_where_both_wish(stage: Stage, anna: Browser, bashir: Browser) -> None:
    cast = stage.cast
    thread_id = stage.do(begin, cast.anna, cast.bashir.id, "Ciao")
    for browser in (anna, bashir):
        browser.submit(browser.look(f"{HERE}/messages"), "Show it to each other")
    bashir.submit(bashir.look(f"{HERE}/conversations/{thread_id}"), "I have read everything")
    assert anna.look(f"{HERE}/conversations/{thread_id}").says("Read by Bashir")
    bashir.submit(bashir.look(f"{HERE}/messages"), "Show it no more")
    assert not anna.look(f"{HERE}/conversations/{thread_id}").says("Read by Bashir")


def test_only_the_lines_are_fetched_anew(stage: Stage, anna: Browser) -> None:
    cast = stage.cast
    thread_id = stage.do(begin, cast.bashir, cast.anna.id, "Ciao")
    look = anna.look(f"{HERE}/conversations/{thread_id}")
    lines = look.soup.select_one(f"[data-live='thread:{thread_id}']")
    answer = anna.client.get(lines["data-hx-get"], headers={"HX-Request": "true", "Accept-Language": "en"})
    html = answer.get_data(as_text=True)
    assert 'id="thread-lines"' in html
    assert "<textarea" not in html, "what is being typed stays"
    form = look.form("Send")
    assert "This conversation is over." not in html
    assert form["data-queue"]
    assert form.select_one("[name=request_key]")["value"]
    stage.do(leave, cast.bashir, thread_id)
    answer = anna.client.get(lines["data-hx-get"], headers={"HX-Request": "true", "Accept-Language": "en"})
    assert "This conversation is over." in answer.get_data(as_text=True), "who looks on reads it at once"


def test_what_breaks_databases_is_said_kindly(stage: Stage, anna: Browser) -> None:
    cast = stage.cast
    thread_id = stage.do(begin, cast.bashir, cast.anna.id, "Ciao")
    look = anna.look(f"{HERE}/conversations/{thread_id}")
    assert anna.submit(look, "Send", status=422, words="a\x00b").says("ab")
    assert anna.submit(look, "Send", status=422, words="x" * 4001).errors()
    anna.submit(look, "Send", words="👩‍👧 مرحبا")
    assert said(stage, thread_id)[-1] == "👩‍👧 مرحبا"
    for number in ("0", "99999999999999999999", "-1", "x"):
        anna.look(f"{HERE}/conversations/{thread_id}?before={number}&at={number}")
