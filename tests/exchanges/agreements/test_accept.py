"""Saying yes: the minutes are reserved, the place is taken, the gate is asked."""

from datetime import timedelta

import pytest

from community.safeguarding.rules import NotVerified
from exchanges.agreements import actions
from exchanges.agreements.rules import NotNow, Terms
from exchanges.ledger.rules import BelowFloor
from exchanges.posts.tables import Post
from foundation import clock
from foundation.errors import Invalid, Missing, Refused
from tests.exchanges.agreements.stage import TOMORROW, Stage


def test_a_yes_reserves_the_minutes_of_who_receives(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.proposed(anna, bashir, minutes=90)
    assert stage.reserved(bashir) == 0

    stage.do(actions.accept, anna, agreement_id, 1)

    agreement = stage.agreement(agreement_id)
    assert (agreement.state, agreement.turn_id) == ("accepted", anna.party.id)
    assert agreement.accepted_at is not None
    assert (stage.reserved(bashir), stage.reserved(anna)) == (90, 0)
    assert stage.balance(bashir) == 0
    assert agreement.adult_id == anna.id
    assert "agreements:accepted" in stage.mails(bashir)


def test_a_gift_reserves_nothing(stage: Stage) -> None:
    agreement_id = stage.accepted(stage.cast.anna, stage.cast.bashir, minutes=None, gift=True)
    assert stage.state(agreement_id) == "accepted"
    assert stage.reserved(stage.cast.bashir) == 0


def test_a_need_reserves_the_minutes_of_its_owner(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.proposed(anna, bashir, "need")
    stage.do(actions.accept, anna, agreement_id, 1)
    assert stage.reserved(anna) == 60
    assert stage.agreement(agreement_id).adult_id == bashir.id


def test_only_the_side_whose_turn_it_is_says_yes(stage: Stage) -> None:
    agreement_id = stage.proposed(stage.cast.anna, stage.cast.bashir)
    with pytest.raises(NotNow):
        stage.do(actions.accept, stage.cast.bashir, agreement_id, None)
    for stranger in (stage.cast.chiara, stage.cast.maker, stage.cast.zoe):
        with pytest.raises(Missing):
            stage.do(actions.accept, stranger, agreement_id, None)


def test_a_form_opened_before_a_change_is_told(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.proposed(anna, bashir)
    stage.do(actions.counter, anna, agreement_id, 1, Terms(minutes=30))
    stage.do(actions.counter, bashir, agreement_id, 2, Terms(minutes=45))
    with pytest.raises(NotNow):
        stage.do(actions.accept, anna, agreement_id, 1)
    assert stage.state(agreement_id) == "proposed"
    stage.do(actions.accept, anna, agreement_id, 3)
    assert stage.reserved(bashir) == 45


def test_the_floor_says_no_and_nothing_changes(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.proposed(anna, bashir, minutes=11 * 60)
    with pytest.raises(BelowFloor) as refusal:
        stage.do(actions.accept, anna, agreement_id, 1)
    assert bashir.party.name in str(refusal.value)
    assert stage.state(agreement_id) == "proposed"
    assert stage.reserved(bashir) == 0


def test_care_is_asked_for_where_the_post_became_about_children_after_the_answer(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.proposed(anna, bashir)
    with stage.database.writing() as session:
        post = session.get(Post, stage.agreement(agreement_id).post_id)
        post.category_id = stage.cast.categories["childcare"].id
    with pytest.raises(NotVerified):
        stage.do(actions.accept, anna, agreement_id, None)
    stage.verify(anna)
    stage.do(actions.accept, anna, agreement_id, None)


def test_care_asks_for_a_person_whom_a_maker_has_met(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.proposed(anna, bashir, category="childcare")
    with pytest.raises(NotVerified):
        stage.do(actions.accept, anna, agreement_id, 1)
    stage.verify(anna)
    stage.do(actions.accept, anna, agreement_id, 1)
    assert stage.state(agreement_id) == "accepted"


def test_the_gate_looks_at_the_adult_named_not_at_the_household(stage: Stage) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    partner = stage.second_adult(anna, "paolo")
    stage.verify(anna)
    agreement_id = stage.proposed(anna, bashir, category="childcare")
    with pytest.raises(NotVerified):
        stage.do(actions.accept, anna, agreement_id, 1, adult_id=partner.id)
    with pytest.raises(NotVerified):
        stage.do(actions.accept, partner, agreement_id, 1)
    stage.do(actions.accept, partner, agreement_id, 1, adult_id=anna.id)


def test_who_comes_is_an_adult_of_the_giving_side(stage: Stage) -> None:
    agreement_id = stage.proposed(stage.cast.anna, stage.cast.bashir)
    with pytest.raises(Invalid):
        stage.do(actions.accept, stage.cast.anna, agreement_id, 1, adult_id=stage.cast.chiara.id)


def test_a_moment_that_has_passed_cannot_be_agreed_on(stage: Stage) -> None:
    agreement_id = stage.proposed(stage.cast.anna, stage.cast.bashir, starts_at=clock.now() + TOMORROW)
    with clock.at(clock.now() + timedelta(days=2)), pytest.raises(Refused):
        stage.do(actions.accept, stage.cast.anna, agreement_id, 1)


def test_the_last_place_closes_the_post_and_tells_the_others(stage: Stage) -> None:
    anna, bashir, chiara = stage.cast.anna, stage.cast.bashir, stage.cast.chiara
    post_id = stage.post(anna)
    first = stage.do(actions.propose, bashir, post_id, Terms(minutes=60))
    second = stage.do(actions.propose, chiara, post_id, Terms(minutes=60))

    stage.do(actions.accept, anna, first, None)

    assert stage.state(second) == "declined"
    assert "agreements:closed" in stage.mails(chiara)
    assert stage.said(second)[-1] == "The place went to somebody else."
    with stage.database.reading() as session:
        post = session.get(Post, post_id)
        assert (post.state, post.closing) == ("closed", "full")


def test_a_post_for_several_takes_as_many_and_no_more(stage: Stage) -> None:
    anna = stage.cast.anna
    post_id = stage.post(anna, places=2)
    people = (stage.cast.bashir, stage.cast.chiara, stage.cast.dario)
    ids = [stage.do(actions.propose, who, post_id, Terms(minutes=60)) for who in people]
    stage.do(actions.accept, anna, ids[0], None)
    assert stage.state(ids[1]) == "proposed"
    stage.do(actions.accept, anna, ids[1], None)
    assert [stage.state(one) for one in ids] == ["accepted", "accepted", "declined"]


def test_a_post_that_is_always_open_stays_open(stage: Stage) -> None:
    anna = stage.cast.anna
    post_id = stage.post(anna, always=True)
    ids = [stage.do(actions.propose, who, post_id, Terms(minutes=30)) for who in (stage.cast.bashir, stage.cast.chiara)]
    for one in ids:
        stage.do(actions.accept, anna, one, None)
    assert [stage.state(one) for one in ids] == ["accepted", "accepted"]


def test_nobody_says_yes_across_a_block(stage: Stage) -> None:
    from community.moderation.tables import Block

    anna, bashir = stage.cast.anna, stage.cast.bashir
    agreement_id = stage.proposed(anna, bashir)
    with stage.database.writing() as session:
        session.add(Block(party_id=bashir.party.id, blocked_party_id=anna.party.id, blocked_by_id=bashir.id))
    with pytest.raises(Refused):
        stage.do(actions.accept, anna, agreement_id, 1)
