"""Answering a post, asking somebody directly, changing what was proposed."""

from datetime import timedelta

import pytest

from community.moderation.tables import Block
from community.safeguarding.rules import NotVerified
from exchanges.agreements import actions
from exchanges.agreements.rules import NotNow, Terms
from exchanges.posts.tables import Post
from foundation import clock
from foundation.errors import Invalid, Missing, Refused
from tests.exchanges.agreements.stage import TOMORROW, Stage

HOUR = Terms(minutes=60)


def test_who_answers_an_offer_receives_and_the_owner_decides(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    post_id = stage.post(anna, "offer")
    agreement_id = stage.do(actions.propose, bashir, post_id, HOUR, words="Ciao, sarebbe per giovedì")
    agreement = stage.agreement(agreement_id)
    assert (agreement.giver_id, agreement.receiver_id) == (anna.party.id, bashir.party.id)
    assert (agreement.state, agreement.turn_id, agreement.adult_id) == ("proposed", anna.party.id, None)
    assert stage.said(agreement_id) == ["%(who)s asked for a hand.", "Ciao, sarebbe per giovedì"]
    assert stage.mails(anna) == ["agreements:proposed"]
    assert stage.mails(bashir) == []


def test_who_answers_a_need_gives_and_comes(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement = stage.agreement(stage.proposed(anna, bashir, "need"))
    assert (agreement.giver_id, agreement.adult_id) == (bashir.party.id, bashir.id)


def test_the_terms_are_kept(stage: Stage) -> None:
    when = clock.now() + TOMORROW
    terms = Terms(
        starts_at=when, minutes=45, place="somewhere", place_words=" Biblioteca ", expense_cents=350,
        expense_words="benzina",
    )  # fmt: skip
    agreement_id = stage.do(actions.propose, stage.cast.bashir, stage.post(stage.cast.anna), terms)
    agreement = stage.agreement(agreement_id)
    assert (agreement.starts_at, agreement.minutes, agreement.place) == (when, 45, "somewhere")
    assert (agreement.place_words, agreement.expense_cents) == ("Biblioteca", 350)


def test_nobody_answers_their_own_post(stage: Stage) -> None:
    post_id = stage.post(stage.cast.anna)
    with pytest.raises(Refused):
        stage.do(actions.propose, stage.cast.anna, post_id, HOUR)
    partner = stage.second_adult(stage.cast.anna, "paolo")
    with pytest.raises(Refused):
        stage.do(actions.propose, partner, post_id, HOUR)


def test_a_post_that_may_not_be_seen_is_not_there(stage: Stage) -> None:
    post_id = stage.post(stage.cast.anna)
    with pytest.raises(Missing):
        stage.do(actions.propose, stage.cast.zoe, post_id, HOUR)
    with pytest.raises(Missing):
        stage.do(actions.propose, stage.cast.bashir, 999_999, HOUR)
    secret = stage.post(stage.cast.anna, "need", visibility="confidential")
    with pytest.raises(Missing):
        stage.do(actions.propose, stage.cast.bashir, secret, HOUR)


@pytest.mark.parametrize("blocker", ["anna", "bashir"])
def test_a_block_makes_the_post_missing_both_ways(stage: Stage, blocker: str) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    who, whom = (anna, bashir) if blocker == "anna" else (bashir, anna)
    post_id = stage.post(anna)
    with stage.database.writing() as session:
        session.add(Block(party_id=who.party.id, blocked_party_id=whom.party.id, blocked_by_id=who.id))
    with pytest.raises(Missing):
        stage.do(actions.propose, bashir, post_id, HOUR)


def test_a_closed_post_says_so(stage: Stage) -> None:
    post_id = stage.post(stage.cast.anna)
    with stage.database.writing() as session:
        session.get(Post, post_id).state = "closed"
    with pytest.raises(Refused):
        stage.do(actions.propose, stage.cast.bashir, post_id, HOUR)


def test_one_proposal_at_a_time_on_a_post(stage: Stage) -> None:
    bashir = stage.cast.bashir
    post_id = stage.post(stage.cast.anna)
    first = stage.do(actions.propose, bashir, post_id, HOUR)
    with pytest.raises(Refused):
        stage.do(actions.propose, bashir, post_id, HOUR)
    stage.do(actions.withdraw, bashir, first, 1)
    stage.do(actions.propose, bashir, post_id, HOUR)


def test_the_same_form_sent_twice_proposes_once(stage: Stage) -> None:
    post_id = stage.post(stage.cast.anna)
    ids = [stage.do(actions.propose, stage.cast.bashir, post_id, HOUR, request_key="k1") for _ in range(2)]
    assert ids[0] == ids[1]
    assert stage.mails(stage.cast.anna) == ["agreements:proposed"]


def test_to_look_after_children_one_must_have_been_met(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    post_id = stage.post(anna, "need", category="childcare")
    with pytest.raises(NotVerified):
        stage.do(actions.propose, bashir, post_id, HOUR)
    stage.verify(bashir)
    stage.do(actions.propose, bashir, post_id, HOUR)


@pytest.mark.parametrize("terms", [Terms(), Terms(minutes=-5), Terms(minutes=60, starts_at=clock.now() - TOMORROW)])
def test_terms_that_make_no_sense_leave_nothing_behind(stage: Stage, terms: Terms) -> None:
    post_id = stage.post(stage.cast.anna)
    with pytest.raises(Invalid):
        stage.do(actions.propose, stage.cast.bashir, post_id, terms, request_key="k")
    stage.do(actions.propose, stage.cast.bashir, post_id, HOUR, request_key="k")


# ---------------------------------------------------------------- asking directly


def test_a_member_can_be_asked_without_a_post(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    repairs = stage.cast.categories["repairs"].id
    agreement_id = stage.do(actions.ask, bashir, anna.party.id, "Una mensola", repairs, HOUR, words="Ciao!")
    agreement = stage.agreement(agreement_id)
    assert (agreement.way, agreement.giver_id, agreement.turn_id) == ("asked", anna.party.id, anna.party.id)
    stage.do(actions.accept, anna, agreement_id, 1)
    assert stage.reserved(bashir) == 60


def test_strangers_the_fund_and_oneself_are_not_asked(stage: Stage) -> None:
    bashir, repairs = stage.cast.bashir, stage.cast.categories["repairs"].id
    for party in (stage.cast.zoe.party, stage.cast.fund):
        with pytest.raises(Missing):
            stage.do(actions.ask, bashir, party.id, "Una mensola", repairs, HOUR)
    with pytest.raises(Refused):
        stage.do(actions.ask, bashir, bashir.party.id, "Una mensola", repairs, HOUR)
    with pytest.raises(Invalid):
        stage.do(actions.ask, bashir, stage.cast.anna.party.id, "Una mensola", 999_999, HOUR)


# ---------------------------------------------------------------- other terms


def test_other_terms_pass_the_turn(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.proposed(anna, bashir)
    later = clock.now() + timedelta(days=3)
    stage.do(actions.counter, anna, agreement_id, 1, Terms(minutes=30, starts_at=later), words="Meglio giovedì")
    agreement = stage.agreement(agreement_id)
    assert (agreement.state, agreement.minutes, agreement.turn_id) == ("proposed", 30, bashir.party.id)
    assert agreement.adult_id == anna.id, "the giving side named who comes"
    assert "agreements:countered" in stage.mails(bashir)
    with pytest.raises(NotNow):
        stage.do(actions.accept, anna, agreement_id, 2)
    stage.do(actions.accept, bashir, agreement_id, 2)
    assert stage.reserved(bashir) == 30
    assert stage.agreement(agreement_id).turn_id == anna.party.id


def test_the_receiving_side_does_not_name_who_comes(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.proposed(anna, bashir, "need")
    stage.do(actions.counter, anna, agreement_id, 1, Terms(minutes=30, adult_id=anna.id))
    assert stage.agreement(agreement_id).adult_id == bashir.id


def test_a_stranger_changes_nothing(stage: Stage) -> None:
    agreement_id = stage.proposed(stage.cast.anna, stage.cast.bashir)
    with pytest.raises(Missing):
        stage.do(actions.counter, stage.cast.chiara, agreement_id, 1, HOUR)
