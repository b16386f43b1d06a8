"""The pages of an agreement, walked as people walk them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from exchanges.agreements import actions
from exchanges.agreements.rules import Terms
from exchanges.posts.tables import PostChildcare
from foundation import clock
from tests.client import Browser, on_sqlite
from tests.exchanges.agreements.stage import Stage, at
from tests.exchanges.agreements.test_record import made

pytestmark = on_sqlite
ClientFor = Callable[..., Browser]


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


def test_what_was_recorded_is_taken_back_from_its_page(stage: Stage, anna: Browser) -> None:
    agreement_id = stage.do(actions.record, stage.cast.anna, made(stage, stage.cast.bashir, i_gave=True))
    page = anna.submit(anna.look(at(agreement_id)), "Take it back altogether")
    assert page.says("It was taken back")
