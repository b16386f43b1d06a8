"""The pages of an agreement when a form comes late, twice, or without what it was sent with."""

import re
from collections.abc import Callable

from exchanges.agreements import actions
from foundation.once import first_time
from tests.client import Browser, on_sqlite
from tests.exchanges.agreements.stage import Stage, at

pytestmark = on_sqlite
ClientFor = Callable[..., Browser]


def test_a_stale_form_says_what_changed(stage: Stage, anna: Browser) -> None:
    agreement_id = stage.proposed(stage.cast.anna, stage.cast.bashir)
    page = anna.look(at(agreement_id))
    stage.do(actions.withdraw, stage.cast.bashir, agreement_id, 1)
    page = anna.submit(page, "Yes, that suits us", status=409)
    assert page.says("Something changed here in the meantime.")
    assert page.says("Taken back (Bashir")
    assert page.says("It was taken back")


def test_reading_by_itself_leaves_the_page_where_it_is(stage: Stage, anna: Browser) -> None:
    agreement_id = stage.proposed(stage.cast.anna, stage.cast.bashir)
    token = re.search(r'name="csrf_token" value="([^"]+)"', anna.look(at(agreement_id)).html)
    assert token
    asked = {"HX-Request": "true"}
    fields = {"upto": "1", "csrf_token": token[1]}
    response = anna.client.post(
        f"/c/cremona/conversations/{stage.agreement(agreement_id).thread_id}/read", data=fields, headers=asked
    )
    assert response.status_code == 204
    assert "HX-Redirect" not in response.headers


def test_a_button_pressed_twice_moves_the_hours_once(stage: Stage, bashir: Browser) -> None:
    agreement_id = stage.delivered(stage.cast.anna, stage.cast.bashir)
    page = bashir.look(at(agreement_id))
    for _ in range(2):
        done = bashir.submit(page, "I confirm 1 h")
        assert done.says("Done! 1 h have passed to Anna")
    assert stage.balance(stage.cast.anna) == 60


def test_a_key_of_another_form_makes_nothing_and_breaks_nothing(stage: Stage, bashir: Browser) -> None:
    cast = stage.cast
    stage.do(lambda session, actor: first_time(session, "used", actor.person_id), cast.bashir)
    repairs = str(cast.categories["repairs"].id)
    typed = {"request_key": "used", "words": "Ciao", "title": "Una mensola", "category": repairs, "minutes": "30"}
    post_id = stage.post(cast.anna)
    ways = {
        f"/c/cremona/posts/{post_id}/answer": "I need this",
        f"/c/cremona/members/{cast.anna.party.id}/ask": "Ask",
        f"/c/cremona/record/{cast.anna.party.id}": "Record it",
    }
    for address, button in ways.items():
        page = bashir.submit(bashir.look(address), button, status=422, side="gave", **typed)
        assert page.says("This form was already sent"), address
        assert page.soup.find("textarea", {"name": "words"}).get_text(strip=True) == "Ciao"


def test_a_record_sent_again_with_other_words_is_no_repeat(stage: Stage, bashir: Browser) -> None:
    page = bashir.look(f"/c/cremona/record/{stage.cast.anna.party.id}")
    typed = {"side": "gave", "title": "Spesa", "category": str(stage.cast.categories["repairs"].id), "minutes": "30"}
    first = bashir.submit(page, "Record it", **typed)
    assert bashir.submit(page, "Record it", **typed).address == first.address
    again = bashir.submit(page, "Record it", status=422, **(typed | {"minutes": "60"}))
    assert again.says("This form was already sent")


def test_words_typed_after_going_back_are_not_lost(stage: Stage, bashir: Browser) -> None:
    agreement_id = stage.accepted(stage.cast.anna, stage.cast.bashir)
    page = bashir.look(at(agreement_id))
    for words in ("A che ora?", "A che ora?", "E dove?"):
        bashir.submit(page, "Send", words=words)
    assert stage.said(agreement_id)[-2:] == ["A che ora?", "E dove?"]


def test_a_form_without_its_version_does_nothing(stage: Stage, bashir: Browser) -> None:
    agreement_id = stage.delivered(stage.cast.anna, stage.cast.bashir)
    page = bashir.look(at(agreement_id))
    for version in (None, "", "x", "-1", "9" * 30):
        bashir.submit(page, "I confirm 1 h", status=409, version=version, request_key=f"k{version}")
    assert stage.state(agreement_id) == "delivered"
