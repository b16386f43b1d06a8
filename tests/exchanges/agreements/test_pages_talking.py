"""Conversations beside an agreement, and what makers and blocks have to do with it."""

from collections.abc import Callable

from exchanges.agreements import actions
from tests.client import Browser, on_sqlite
from tests.exchanges.agreements.stage import Stage, at

pytestmark = on_sqlite
ClientFor = Callable[..., Browser]


def test_long_conversations_come_in_pages(stage: Stage, anna: Browser) -> None:
    agreement_id = stage.accepted(stage.cast.anna, stage.cast.bashir)
    for number in range(40):
        stage.do(actions.write_words, stage.cast.bashir, agreement_id, f"Parola numero {number}.")
    page = anna.look(at(agreement_id))
    assert page.says("Parola numero 5."), "what is new begins there"
    assert not page.says("Parola numero 39.")
    assert anna.look(page.link("Later messages")).says("Parola numero 39.")
    page = anna.look(page.link("To the newest messages"))
    assert page.says("Parola numero 39.")
    assert not page.says("Parola numero 5.")
    page = anna.look(page.link("Earlier messages"))
    assert page.says("Parola numero 5.")
    assert not page.says("Parola numero 39.")


def test_writing_with_and_without_script(stage: Stage, anna: Browser, bashir: Browser) -> None:
    agreement_id = stage.accepted(stage.cast.anna, stage.cast.bashir)
    page = anna.submit(anna.look(at(agreement_id)), "Send", words="Ci vediamo <b>lì</b>")
    assert page.says("Ci vediamo <b>lì</b>")
    page = anna.submit(page, "Send", status=422, words="  ")
    assert page.says("Write something first.")
    assert "1" in bashir.look("/c/cremona/messages").soup.select_one(".r-count").get_text()
    bashir.submit(bashir.look(at(agreement_id)), "I have read everything")
    assert bashir.look("/c/cremona/messages").soup.select_one(".r-bar .r-count") is None

    form = bashir.look(at(agreement_id)).form("Send")
    answer = bashir.client.post(
        f"/c/cremona/conversations/{stage.agreement(agreement_id).thread_id}/words",
        data={**bashir.filled(form, "Send"), "words": "Sì!"},
        headers={"HX-Request": "true", "Accept-Language": "en"},
    )
    assert answer.status_code == 200
    assert answer.get_data(as_text=True).lstrip().startswith(("{#", "<section", "\n"))
    assert "Sì!" in answer.get_data(as_text=True)
    assert "<html" not in answer.get_data(as_text=True)


def test_events_are_sentences_in_the_readers_language(stage: Stage, client_for: ClientFor) -> None:
    agreement_id = stage.delivered(stage.cast.anna, stage.cast.bashir)
    italian = client_for(stage.cast.bashir, language="it").look(at(agreement_id))
    assert italian.says("Anna ha detto di sì.")
    assert italian.says("Anna ha segnato 1 h.")
    english = client_for(stage.cast.bashir, language="en").look(at(agreement_id))
    assert english.says("Anna said yes.")


def test_a_maker_writes_down_what_was_said_on_the_phone(stage: Stage, client_for: ClientFor) -> None:
    rosa = stage.offline("rosa")
    agreement_id = stage.delivered(stage.cast.anna, rosa)
    browser = client_for(stage.cast.maker, language="en")
    page = browser.look("/c/cremona/agreements/calls")
    assert page.says("372 000000")
    assert page.says("took 1 h. Was it like that?")
    page = browser.look(page.link("Write down the answer"))
    page = browser.submit(page, "Write it down", status=422)
    page = browser.submit(page, "Write it down", status=422, verb="dispute")
    page = browser.submit(page, "Write it down", verb="confirm")
    assert page.says("Nobody to ask")
    anna = client_for(stage.cast.anna, language="en").look(at(agreement_id))
    assert anna.says("(written by Maker)")


def test_pages_for_makers_are_missing_for_members(stage: Stage, anna: Browser) -> None:
    for address in ("disputes", "agreements/calls", "cheques"):
        anna.look(f"/c/cremona/{address}", status=404)


def test_blocking_asks_what_becomes_of_what_is_open(stage: Stage, anna: Browser, bashir: Browser) -> None:
    cast = stage.cast
    kept, ended = (stage.accepted(cast.anna, cast.bashir, minutes=30) for _ in range(2))
    proposed, delivered = stage.proposed(cast.anna, cast.bashir), stage.delivered(cast.anna, cast.bashir)
    page = anna.look(f"/c/cremona/blocks/{cast.bashir.party.id}")
    assert page.says("What you have agreed on is called off")
    assert page.says("1 proposal ends too.")
    anna.submit(page, "Block", **{f"keep-{kept}": "y"})
    states = [stage.state(one) for one in (kept, ended, proposed, delivered)]
    assert states == ["accepted", "cancelled", "declined", "delivered"]
    for one in (ended, proposed):
        page = bashir.look(at(one))
        assert page.says("It goes no further")
        assert not page.says("Called off")
    page = bashir.look(at(delivered, "/dispute"))
    assert page.says("They do not read it")
    bashir.submit(page, "Send", reason="Parole cattive")
    page = anna.look(at(delivered))
    assert not page.says("Parole cattive")
    assert not page.says("Write to each other")
    assert page.says("A maker of the zone reads it")
    assert not page.says("/members/")


def test_blocking_somebody_with_whom_nothing_is_open(stage: Stage, anna: Browser) -> None:
    page = anna.look(f"/c/cremona/blocks/{stage.cast.bashir.party.id}")
    assert not page.says("What is open between you")
    assert anna.submit(page, "Block").says("Bashir e famiglia")
