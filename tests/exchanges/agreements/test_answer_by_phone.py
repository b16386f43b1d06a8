"""A maker calls who has no e-mail, and writes down what they said."""

import pytest

from exchanges.agreements import actions
from exchanges.agreements.queries import events_of, waiting_for_a_call
from foundation.errors import Missing, Refused
from tests.exchanges.agreements.stage import Stage


def waiting(stage: Stage, who) -> list[int]:
    with stage.database.reading() as session:
        return [agreement.id for agreement in waiting_for_a_call(session, who.actor)]


def test_the_yes_on_the_phone_says_who_wrote_it(stage: Stage) -> None:
    rosa, maker = stage.offline("rosa"), stage.cast.maker
    agreement_id = stage.delivered(stage.cast.anna, rosa)
    assert waiting(stage, maker) == [agreement_id]
    stage.do(actions.answer_by_phone, maker, agreement_id, None, "confirm")
    assert stage.balance(rosa) == -60
    with stage.database.reading() as session:
        last = events_of(session, agreement_id)[-1]
        assert (last.verb, last.person_id, last.recorded_by_id) == ("confirm", rosa.id, maker.id)
    assert waiting(stage, maker) == []


def test_a_proposal_can_be_answered_on_the_phone(stage: Stage) -> None:
    rosa = stage.offline("rosa")
    agreement_id = stage.proposed(rosa, stage.cast.bashir)
    assert "agreements:proposed" in stage.calls(rosa)
    stage.do(actions.answer_by_phone, stage.cast.maker, agreement_id, None, "accept")
    assert stage.agreement(agreement_id).adult_id == rosa.id
    stage.do(actions.answer_by_phone, stage.cast.maker, agreement_id, None, "deliver", minutes=45)
    stage.do(actions.confirm, stage.cast.bashir, agreement_id, None)
    assert stage.balance(rosa) == 45


def test_a_no_on_the_phone_has_its_reason(stage: Stage) -> None:
    agreement_id = stage.delivered(stage.cast.anna, stage.offline("rosa"))
    stage.do(actions.answer_by_phone, stage.cast.maker, agreement_id, None, "dispute", words="Non è venuta")
    assert stage.agreement(agreement_id).reason == "Non è venuta"


def test_who_can_answer_is_not_answered_for(stage: Stage) -> None:
    agreement_id = stage.delivered(stage.cast.anna, stage.cast.bashir)
    with pytest.raises(Refused):
        stage.do(actions.answer_by_phone, stage.cast.maker, agreement_id, None, "confirm")


def test_others_do_not_answer_for_anybody(stage: Stage) -> None:
    rosa = stage.offline("rosa")
    agreement_id = stage.delivered(stage.cast.anna, rosa)
    for who in (stage.cast.anna, stage.cast.chiara, stage.cast.zoe):
        with pytest.raises(Missing):
            stage.do(actions.answer_by_phone, who, agreement_id, None, "confirm")
    elsewhere = stage.delivered(stage.cast.dario, stage.offline("ida", "vescovato"))
    with pytest.raises(Missing):
        stage.do(actions.answer_by_phone, stage.cast.maker, elsewhere, None, "confirm")
    assert waiting(stage, stage.cast.maker) == [agreement_id]
    assert waiting(stage, stage.cast.other_maker) == [elsewhere]


def test_a_maker_does_not_answer_in_their_own_matter(stage: Stage) -> None:
    agreement_id = stage.delivered(stage.cast.maker, stage.offline("rosa"))
    with pytest.raises(Missing):
        stage.do(actions.answer_by_phone, stage.cast.maker, agreement_id, None, "confirm")
    assert waiting(stage, stage.cast.maker) == []


def test_only_answers_are_given_on_the_phone(stage: Stage) -> None:
    agreement_id = stage.delivered(stage.cast.anna, stage.offline("rosa"))
    with pytest.raises(Missing):
        stage.do(actions.answer_by_phone, stage.cast.maker, agreement_id, None, "resolve")
