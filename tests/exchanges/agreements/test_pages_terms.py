"""Terms typed on the pages of an agreement: what makes no sense, what is said beforehand, who comes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import update

from community.communities.tables import CommunityRules
from exchanges.agreements import actions
from exchanges.agreements.rules import Terms
from foundation import clock
from tests.client import Browser, on_sqlite
from tests.exchanges.agreements.stage import Stage, at

pytestmark = on_sqlite
ClientFor = Callable[..., Browser]


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


@pytest.mark.parametrize(
    ("counts", "words"), [(True, "The journey counts here"), (False, "The journey does not count here")]
)
def test_it_is_said_whether_the_journey_counts(stage: Stage, anna: Browser, counts: bool, words: str) -> None:
    with stage.database.writing() as session:
        session.exec(update(CommunityRules).values(travel_time_counts=counts))
    assert anna.look(f"/c/cremona/record/{stage.cast.bashir.party.id}").says(words)
