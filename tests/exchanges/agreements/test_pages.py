"""The pages of an agreement, walked as people walk them."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import update

from community.communities.tables import CommunityRules
from exchanges.agreements import actions
from exchanges.agreements.rules import Terms
from exchanges.posts.tables import PostChildcare
from foundation import clock
from foundation.once import first_time
from tests.client import Browser, on_sqlite
from tests.exchanges.agreements.stage import Stage
from tests.exchanges.agreements.test_record import made

pytestmark = on_sqlite
ClientFor = Callable[..., Browser]


@pytest.fixture
def anna(stage: Stage, client_for: ClientFor) -> Browser:
    return client_for(stage.cast.anna, language="en")


@pytest.fixture
def bashir(stage: Stage, client_for: ClientFor) -> Browser:
    return client_for(stage.cast.bashir, language="en")


def at(agreement_id: int, more: str = "") -> str:
    return f"/c/cremona/agreements/{agreement_id}{more}"


def test_from_a_post_to_hours_that_moved(stage: Stage, anna: Browser, bashir: Browser) -> None:
    post_id = stage.post(stage.cast.anna, minutes=60)
    page = bashir.look(bashir.look(f"/c/cremona/posts/{post_id}").link("I need this"))
    page = bashir.submit(page, "I need this", words="Ciao! Sarebbe per giovedì")
    assert page.says("We wait for Anna")
    assert page.says("Ciao! Sarebbe per giovedì")
    assert not page.says("372 000000")

    waiting = anna.look("/c/cremona/waiting")
    page = anna.look(waiting.link("Bashir"))
    assert page.says("Your turn: does it suit you?")
    page = anna.submit(page, "Yes, that suits us")
    assert page.says("Agreed!")
    assert page.says("Call Bashir")
    page = anna.submit(page, "Write it down", minutes="45")
    assert page.says("You wrote down 45 min.")

    page = bashir.look(page.address)
    assert page.says("Anna says that it took 45 min")
    page = bashir.submit(page, "I confirm 45 min")
    assert page.says("Done! 45 min have passed to Anna")
    assert stage.balance(stage.cast.anna) == 45

    page = bashir.submit(page, "Say thank you", thanks="Mani d'oro.", offered="y")
    assert page.says("Mani d'oro.")
    page = anna.look(page.address)
    page = anna.submit(page, "Put it on our profile", follow=True)
    assert bashir.look(f"/c/cremona/members/{stage.cast.anna.party.id}").says("Mani d'oro.")


def test_who_picks_the_children_up_is_read_by_the_two_once_they_have_agreed(
    stage: Stage, anna: Browser, bashir: Browser, client_for: ClientFor
) -> None:
    cast, words = stage.cast, "La nonna, con il cappello rosso"
    stage.verify(cast.bashir)
    post_id = stage.post(cast.anna, "need", category="childcare")
    with stage.database.writing() as session:
        session.add(PostChildcare(post_id=post_id, children=2, pick_up=words))
    agreement_id = stage.do(actions.propose, cast.bashir, post_id, Terms(minutes=60))
    assert not bashir.look(at(agreement_id)).says(words), "not before the yes"
    stage.do(actions.accept, cast.anna, agreement_id, None)
    assert bashir.look(at(agreement_id)).says(words)
    assert anna.look(at(agreement_id)).says(words)
    stage.do(actions.deliver, cast.bashir, agreement_id, None, 60)
    stage.do(actions.dispute, cast.anna, agreement_id, None, "Era mezz'ora")
    assert not client_for(cast.maker, language="en").look(at(agreement_id)).says(words), "a maker reads along, not this"
    stage.do(actions.confirm, cast.anna, agreement_id, None)
    with clock.at(clock.now() + timedelta(days=15)):
        assert not client_for(cast.bashir, language="en").look(at(agreement_id)).says(words), "gone with the contacts"


def test_it_is_done_can_be_said_from_the_day_before_on(stage: Stage, anna: Browser) -> None:
    when = clock.now() + timedelta(days=3)
    agreement_id = stage.accepted(stage.cast.anna, stage.cast.bashir, starts_at=when)
    page = anna.look(at(agreement_id))
    assert "Write it down" not in [button.get_text(strip=True) for button in page.soup.find_all("button")]
    assert page.link("Record an exchange already made").endswith(f"/record/{stage.cast.bashir.party.id}")
    token = page.soup.find("input", {"name": "csrf_token"})["value"]
    refused = anna.post(
        at(agreement_id, "/deliver"), status=422, csrf_token=token, version="2", minutes="60", request_key="early"
    )
    assert refused.says("The moment you agreed on is more than a day away.")
    with clock.at(when - timedelta(hours=10)):
        assert anna.submit(anna.look(at(agreement_id)), "Write it down").says("We wait for Bashir")


def test_each_side_reads_what_it_can_do_and_by_when(stage: Stage, anna: Browser, bashir: Browser) -> None:
    """Anna gives, Bashir receives; he answered her offer."""
    with clock.at(datetime(2026, 11, 18, 8, tzinfo=UTC)):
        day = {"starts_at": datetime(2026, 11, 19, 15, tzinfo=UTC)}
        said = {
            stage.proposed(stage.cast.anna, stage.cast.bashir, **day): (
                ["does it suit you?", "Yes, that suits us", "Answer before Thursday"],
                ["We wait for Anna", "Take it back", "Without an answer it ends by itself after Sunday, 22 November"],
            ),
            stage.proposed(stage.cast.anna, stage.cast.bashir): (
                ["Without an answer it ends by itself after Sunday, 17 January"],
                ["Without an answer it ends by itself after Sunday, 17 January"],
            ),
            stage.accepted(stage.cast.anna, stage.cast.bashir, **day): (
                [
                    "See you on Thursday",
                    "you write down here how long",
                    "call it off",
                    "Without a word it ends by itself",
                ],
                ["Afterwards Anna writes down", "set aside until then", "call it off", "after Monday, 18 January"],
            ),
            stage.delivered(stage.cast.anna, stage.cast.bashir): (
                ["We wait for Bashir", "counts as confirmed after Wednesday, 25 November", "put it right"],
                ["If it is so, confirm", "It was different", "counts as confirmed after Wednesday, 25 November"],
            ),
            stage.disputed(stage.cast.anna, stage.cast.bashir): (
                ["I put the time right", "A maker of the zone reads along", "no hours move"],
                ["It was right after all", "A maker of the zone reads along", "no hours move"],
            ),
            stage.settled(stage.cast.anna, stage.cast.bashir): (
                ["1 h have come to you", "say thank you", "until Friday, 18 December"],
                ["1 h have passed to Anna", "say thank you", "until Friday, 18 December"],
            ),
        }
        called_off = stage.accepted(stage.cast.anna, stage.cast.bashir)
        stage.do(actions.cancel, stage.cast.bashir, called_off, None, "Ho la febbre")
        said[called_off] = (["It was called off", "Your post is on the board again"], ["free again", "the board"])
        for agreement_id, sides in said.items():
            for browser, expected in zip((anna, bashir), sides, strict=True):
                page = browser.look(at(agreement_id))
                for words in expected:
                    assert page.says(words), f"{stage.state(agreement_id)}: {words}\n{page.words[100:1500]}"


def test_a_moment_that_passed_cannot_be_said_yes_to(stage: Stage, anna: Browser) -> None:
    agreement_id = stage.proposed(stage.cast.anna, stage.cast.bashir, starts_at=clock.now() + timedelta(hours=1))
    with clock.at(clock.now() + timedelta(hours=2)):
        page = anna.look(at(agreement_id))
        assert page.says("The moment that was proposed has passed")
        assert "Yes, that suits us" not in page.words
        assert page.link("I propose it another way")


def test_strangers_see_nothing(stage: Stage, client_for: ClientFor, visitor: Browser) -> None:
    agreement_id = stage.accepted(stage.cast.anna, stage.cast.bashir)
    for who in (stage.cast.chiara, stage.cast.zoe, stage.cast.maker, stage.cast.administrator):
        browser = client_for(who)
        for more in ("", "/decline", "/cancel", "/who", "/counter", "/phone"):
            assert browser.client.get(at(agreement_id, more)).status_code in (302, 303, 404), more
        assert not browser.look(at(agreement_id), status=404 if who.name != "Zoe Prova" else 200).says("Orli")
        for verb in ("accept", "withdraw", "deliver", "confirm", "words", "read", "cancel", "thanks", "resolve"):
            token = "/c/cremona/messages" if who.name != "Zoe Prova" else "/c/oglio-po/messages"
            answer = browser.post(at(agreement_id, f"/{verb}"), status=404, token_from=token, version="2", reason="x")
            assert not answer.says("Orli")
    assert stage.state(agreement_id) == "accepted"
    assert visitor.client.get(at(agreement_id)).status_code == 303


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
    response = anna.client.post(at(agreement_id) + "/read", data=fields, headers=asked)
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


def test_it_was_different_goes_to_a_maker_who_decides(
    stage: Stage, anna: Browser, bashir: Browser, client_for: ClientFor
) -> None:
    agreement_id = stage.delivered(stage.cast.anna, stage.cast.bashir)
    page = bashir.look(bashir.look(at(agreement_id)).link("It was different"))
    page = bashir.submit(page, "Send", status=422, reason="")
    page = bashir.submit(page, "Send", reason="Era mezz'ora")
    assert page.says("You remember it differently")
    assert anna.look(at(agreement_id)).says("They are right: I put the time right")

    maker = client_for(stage.cast.maker, language="en")
    page = maker.look(maker.look("/c/cremona/disputes").link("Orli e bottoni"))
    assert page.says("Era mezz'ora")
    assert not page.says("372 000000")
    page = maker.submit(page, "Decide", status=422, outcome="adjusted", minutes="90", reason="Mezz'ora")
    page = maker.submit(page, "Decide", outcome="adjusted", minutes="30", reason="Mezz'ora, avete detto tutti e due")
    assert page.says("Nobody disagrees")
    assert anna.look(at(agreement_id)).says("Mezz'ora, avete detto tutti e due")
    assert stage.balance(stage.cast.anna) == 30


def test_the_second_maker_is_told(stage: Stage, client_for: ClientFor) -> None:
    agreement_id = stage.disputed(stage.cast.anna, stage.cast.bashir)
    browser = client_for(stage.cast.maker, language="en")
    page = browser.look(at(agreement_id))
    version = stage.agreement(agreement_id).version
    stage.do(actions.resolve, stage.cast.administrator, agreement_id, version, "void", "Non torna")
    page = browser.submit(page, "Decide", outcome="said", reason="Torna")
    assert page.says("Another maker was faster")
    assert stage.balance(stage.cast.anna) == 0


@pytest.mark.parametrize(
    ("verb", "button", "state"),
    [("cancel", "Call it off", "cancelled"), ("miss", "It did not take place", "missed")],
)
def test_calling_off_and_not_having_met(stage: Stage, bashir: Browser, verb: str, button: str, state: str) -> None:
    agreement_id = stage.accepted(stage.cast.anna, stage.cast.bashir)
    page = bashir.submit(bashir.look(at(agreement_id, f"/{verb}")), button, reason="Ho la febbre")
    assert page.says("Ho la febbre")
    assert stage.state(agreement_id) == state


def test_declining_needs_no_reason(stage: Stage, anna: Browser) -> None:
    agreement_id = stage.proposed(stage.cast.anna, stage.cast.bashir)
    page = anna.submit(anna.look(at(agreement_id, "/decline")), "Not this time")
    assert page.says("No hours have moved.")


def test_other_terms_and_back(stage: Stage, anna: Browser, bashir: Browser) -> None:
    agreement_id = stage.proposed(stage.cast.anna, stage.cast.bashir, place="giver")
    page = anna.look(at(agreement_id, "/counter"))
    page = anna.submit(page, "Propose", starts_at="2000-01-01T10:00", status=422)
    assert page.errors()
    later = clock.local(clock.now() + timedelta(days=3), "Europe/Rome").strftime("%Y-%m-%dT10:30")
    page = anna.submit(page, "Propose", starts_at=later, minutes="30", words="Meglio così")
    assert page.says("We wait for Bashir")
    agreement = stage.agreement(agreement_id)
    assert (agreement.minutes, agreement.place) == (30, "giver")
    page = bashir.submit(bashir.look(at(agreement_id)), "Yes, that suits us")
    assert page.says("Via Anna 1")
    assert not anna.look(at(agreement_id)).says("Via Bashir 1"), "only the address of the place"


def test_a_time_that_the_night_of_the_clocks_leaves_out(stage: Stage, bashir: Browser) -> None:
    post_id = stage.post(stage.cast.anna, minutes=60)
    with clock.at(datetime(2027, 3, 20, 9, tzinfo=UTC)):
        page = bashir.look(f"/c/cremona/posts/{post_id}/answer")
        page = bashir.submit(page, "I need this", starts_at="2027-03-28T02:30", words="Ciao", status=422)
        assert page.says("this hour does not exist")
        assert page.says("Ciao"), "nothing typed is lost"
        page = bashir.submit(page, "I need this", starts_at="2027-03-28T03:30")
        assert page.says("We wait for Anna")


def test_who_empties_the_euro_says_that_none_were_spent(stage: Stage, anna: Browser) -> None:
    agreement_id = stage.accepted(stage.cast.anna, stage.cast.bashir, expense_cents=300)
    page = anna.look(at(agreement_id))
    page = anna.submit(page, "Write it down", minutes="60", expense="")
    assert stage.agreement(agreement_id).expense_cents == 0
    assert page.soup.find("input", {"name": "expense"}), "it can be put right"
    page = anna.submit(page, "Write it down", minutes="60", expense="2")
    assert stage.agreement(agreement_id).expense_cents == 200


@pytest.mark.parametrize(
    "typed",
    [
        {"minutes": "0"},
        {"minutes": "other", "minutes-h": "-1", "minutes-m": "0"},
        {"minutes": "other", "minutes-h": "99999", "minutes-m": "0"},
        {"minutes": None},
        {"starts_at": "yesterday"},
        {"words": "a\x00b"},
        {"words": "x" * 4001},
        {"place_words": "x" * 201},
        {"place": "moon"},
        {"how": "barter"},
        {"expense": "tanto"},
        {"expense": "-3"},
        {"expense": "99999999999"},
    ],
)
def test_what_makes_no_sense_comes_back_with_a_sentence(stage: Stage, bashir: Browser, typed: dict) -> None:
    post_id = stage.post(stage.cast.anna, minutes=60)
    page = bashir.look(f"/c/cremona/posts/{post_id}/answer")
    page = bashir.submit(page, "I need this", status=422, **typed)
    assert page.errors()
    assert bashir.look("/c/cremona/messages").says("No messages yet")


def test_asking_somebody_directly_from_their_page(stage: Stage, anna: Browser, bashir: Browser) -> None:
    page = bashir.look(bashir.look(f"/c/cremona/members/{stage.cast.anna.party.id}").link("Ask for help"))
    page = bashir.submit(page, "Ask", status=422, title="Una mensola", minutes="30")
    assert page.says("Choose what it is about.")
    repairs = stage.cast.categories["repairs"].id
    page = bashir.submit(page, "Ask", title="Una mensola", category=str(repairs), minutes="30")
    assert page.says("We wait for Anna")
    assert anna.look("/c/cremona/messages").says("Una mensola")


def test_recording_an_exchange_already_made(stage: Stage, anna: Browser, bashir: Browser) -> None:
    page = anna.look("/c/cremona/record?q=bash")
    assert not page.says("Chiara")
    page = anna.look(page.link("Bashir e famiglia"))
    repairs = str(stage.cast.categories["repairs"].id)
    page = anna.submit(page, "Record it", status=422, title="Ho montato una mensola", category=repairs, minutes="60")
    page = anna.submit(page, "Record it", status=422, side="gave", happened_on="2099-01-01")
    assert page.says("This day is still to come")
    page = anna.submit(page, "Record it", happened_on=clock.today("Europe/Rome").isoformat())
    assert page.says("has been asked to confirm")
    page = bashir.submit(bashir.look(page.address), "I confirm 1 h")
    assert stage.balance(stage.cast.anna) == 60
    anna.look(f"/c/cremona/record/{stage.cast.anna.party.id}", status=404)
    anna.look(f"/c/cremona/record/{stage.cast.zoe.party.id}", status=404)


def test_somebody_else_of_us_comes(stage: Stage, anna: Browser) -> None:
    partner = stage.second_adult(stage.cast.anna, "paolo")
    agreement_id = stage.accepted(stage.cast.anna, stage.cast.bashir)
    page = anna.look(anna.look(at(agreement_id)).link("Somebody else of us comes"))
    page = anna.submit(page, "Save", adult=str(stage.cast.chiara.id), status=422)
    page = anna.submit(page, "Save", adult=str(partner.id))
    assert stage.agreement(agreement_id).adult_id == partner.id


def test_the_care_gate_speaks_kindly(stage: Stage, bashir: Browser) -> None:
    post_id = stage.post(stage.cast.anna, "need", category="childcare", minutes=60)
    page = bashir.look(f"/c/cremona/posts/{post_id}/answer")
    assert page.says("With children and frail people we go with care.")
    page = bashir.submit(page, "I can help", status=422)
    assert page.says("whom a community maker has met")


def test_the_floor_is_said_with_what_to_do(stage: Stage, bashir: Browser) -> None:
    post_id = stage.post(stage.cast.bashir, "need", minutes=660)
    agreement_id = stage.do(actions.propose, stage.cast.anna, post_id, Terms(minutes=660))
    page = bashir.submit(bashir.look(at(agreement_id)), "Yes, that suits us", status=422)
    assert page.says("Give an hour first")


def test_the_kind_warning_and_the_fund_are_said_beforehand(stage: Stage, anna: Browser, bashir: Browser) -> None:
    from exchanges.ledger.actions.giving import give_hours

    for who in (stage.cast.chiara, stage.cast.dario, stage.cast.maker, stage.cast.bakery):
        stage.do(give_hours, who, stage.cast.anna.party.id, 600, request_key=f"g{who.id}")
    agreement_id = stage.delivered(stage.cast.anna, stage.cast.bashir, minutes=360, said=360)
    page = bashir.look(at(agreement_id))
    assert page.says("You are receiving a lot, and that is fine.")
    assert page.says("Anna already has many hours: 6 h of these will go to the community fund.")
    page = bashir.submit(page, "I confirm 6 h")
    assert page.says("6 h went to the community fund.")


def test_long_conversations_come_in_pages(stage: Stage, anna: Browser) -> None:
    agreement_id = stage.accepted(stage.cast.anna, stage.cast.bashir)
    for number in range(40):
        stage.do(actions.write_words, stage.cast.bashir, agreement_id, f"Parola numero {number}.")
    page = anna.look(at(agreement_id))
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
        at(agreement_id, "/words"),
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


# ---------------------------------------------------------------- the grid of paper cheques


def test_a_grid_of_paper_cheques(stage: Stage, client_for: ClientFor) -> None:
    browser = client_for(stage.cast.maker, language="en")
    page = browser.look("/c/cremona/cheques")
    page = browser.submit(page, "Move the hours", status=422)
    assert page.says("Fill in at least one cheque.")
    today = clock.today("Europe/Rome").isoformat()
    first = {"row-0-giver": "Anna e famiglia", "row-0-receiver": "bashir e famiglia · Po", "row-0-time": "1:30",
             "row-0-day": today, "row-0-title": "Orli"}  # fmt: skip
    about = str(stage.cast.categories["repairs"].id)
    wrong = {"row-2-giver": "Nessuno", "row-2-receiver": "Anna e famiglia", "row-2-time": "2", "row-2-day": "boh",
             "row-2-title": ""}  # fmt: skip
    page = browser.submit(page, "Move the hours", status=422, **first, **wrong)
    assert page.says("2 cheques need another look.")
    assert page.soup.find(id="row-0-category-error").get_text(strip=True) == "Choose what it is about."
    assert page.says("Nobody is called so.")
    assert page.says("Write the time as 1:30, 2 h or 45 min.")
    assert page.soup.find(id="row-0-giver")["value"] == "Anna e famiglia", "nothing typed is lost"
    assert stage.balance(stage.cast.anna) == 0

    page = browser.submit(page, "More rows")
    assert page.soup.find(id="row-19-giver") is not None
    right = {"row-2-giver": f"Chiara #{stage.cast.chiara.party.id}", "row-2-time": "45 min", "row-2-day": today,
             "row-2-title": "Passaggio", "row-0-category": about, "row-2-category": about}  # fmt: skip
    done = browser.submit(page, "Move the hours", **right)
    assert done.says("2 cheques copied")
    again = browser.submit(page, "Move the hours", **right)
    assert again.says("2 cheques copied")
    assert stage.balance(stage.cast.anna) == 90 - 45
    assert stage.balance(stage.cast.chiara) == 45


def test_a_row_is_checked_as_it_is_typed(stage: Stage, client_for: ClientFor) -> None:
    browser = client_for(stage.cast.maker, language="en")
    page = browser.look("/c/cremona/cheques")
    data = browser.filled(page.soup.find(id="cheques"))
    data |= {"row": "1", "row-1-giver": "Anna e famiglia", "row-1-receiver": "Maker e famiglia", "row-1-time": "1h"}
    answer = browser.client.post("/c/cremona/cheques/row", data=data, headers={"HX-Request": "true"})
    html = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert 'id="row-1-check"' in html
    assert "<html" not in html
    assert stage.balance(stage.cast.anna) == 0


@pytest.mark.parametrize("typed", ["a\x00b", "x" * 300, "<script>", "👩‍👧", "#999999999999999999"])
def test_odd_cells_come_back_with_a_sentence(stage: Stage, client_for: ClientFor, typed: str) -> None:
    browser = client_for(stage.cast.maker, language="en")
    page = browser.look("/c/cremona/cheques")
    for name in ("giver", "receiver", "time", "day", "title", "adult"):
        cells = {"row-0-giver": "Anna e famiglia", "row-0-receiver": "Bashir e famiglia", f"row-0-{name}": typed}
        answer = browser.submit(page, "Move the hours", status=422, **cells)
        assert answer.says("Nothing was moved yet.")


def test_what_was_recorded_is_taken_back_from_its_page(stage: Stage, anna: Browser) -> None:
    agreement_id = stage.do(actions.record, stage.cast.anna, made(stage, stage.cast.bashir, i_gave=True))
    page = anna.submit(anna.look(at(agreement_id)), "Take it back altogether")
    assert page.says("It was taken back")


@pytest.mark.parametrize(
    ("counts", "words"), [(True, "The journey counts here"), (False, "The journey does not count here")]
)
def test_it_is_said_whether_the_journey_counts(stage: Stage, anna: Browser, counts: bool, words: str) -> None:
    with stage.database.writing() as session:
        session.exec(update(CommunityRules).values(travel_time_counts=counts))
    assert anna.look(f"/c/cremona/record/{stage.cast.bashir.party.id}").says(words)
