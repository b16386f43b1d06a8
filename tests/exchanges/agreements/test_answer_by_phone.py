"""A maker calls who has no e-mail, and writes down what they said."""

from collections.abc import Callable

import pytest

from community.parties.tables import PartyMember
from community.safeguarding.rules import NotVerified
from exchanges.agreements import actions
from exchanges.agreements.queries import events_of, waiting_for_a_call
from foundation.errors import Missing, Refused
from tests.cast import Member, let_makers_act, make_member
from tests.client import Browser, on_sqlite
from tests.exchanges.agreements.stage import Stage
from tests.exchanges.agreements.test_limited import limit


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


def home_of_two(stage: Stage, zone: str = "centro") -> tuple[Member, Member]:
    """Rosa and Pino, without e-mail; Pino agreed that makers act for them."""
    with stage.database.writing() as session:
        rosa = make_member(session, stage.cast, "rosa", zone, email=None)
        pino = make_member(session, stage.cast, "pino", zone, email=None)
        session.add(PartyMember(party_id=rosa.party.id, person_id=pino.id))
        pino.party = rosa.party
        let_makers_act(session, stage.cast, pino)
    return rosa, pino


def test_it_is_the_word_of_who_agreed_to_it(stage: Stage) -> None:
    rosa, pino = home_of_two(stage)
    agreement_id = stage.delivered(stage.cast.anna, rosa)
    stage.do(actions.answer_by_phone, stage.cast.maker, agreement_id, None, "confirm")
    with stage.database.reading() as session:
        assert events_of(session, agreement_id)[-1].person_id == pino.id


def test_not_while_that_one_is_paused(stage: Stage) -> None:
    rosa, pino = home_of_two(stage)
    agreement_id = stage.delivered(stage.cast.anna, rosa)
    limit(stage, pino, "pause")
    with pytest.raises(Refused):
        stage.do(actions.answer_by_phone, stage.cast.maker, agreement_id, None, "confirm")
    assert stage.state(agreement_id) == "delivered"


def test_by_a_maker_of_their_zone_alone(stage: Stage) -> None:
    rosa, ida = stage.offline("rosa"), stage.offline("ida", "vescovato")
    agreement_id = stage.delivered(rosa, ida)
    assert waiting(stage, stage.cast.maker) == []
    with pytest.raises(Refused):
        stage.do(actions.answer_by_phone, stage.cast.maker, agreement_id, None, "confirm")
    assert waiting(stage, stage.cast.other_maker) == [agreement_id]
    stage.do(actions.answer_by_phone, stage.cast.other_maker, agreement_id, None, "confirm")
    assert stage.balance(ida) == -60


def test_another_adult_of_theirs_comes(stage: Stage) -> None:
    """With children who comes has to be met by a maker, not who answers."""
    rosa, pino = home_of_two(stage)
    stage.verify(rosa)
    agreement_id = stage.proposed(rosa, stage.cast.bashir, category="childcare")
    with pytest.raises(NotVerified):
        stage.do(actions.answer_by_phone, stage.cast.maker, agreement_id, None, "accept", adult_id=pino.id)
    stage.do(actions.answer_by_phone, stage.cast.maker, agreement_id, None, "accept", adult_id=rosa.id)
    assert stage.agreement(agreement_id).adult_id == rosa.id


@on_sqlite
def test_who_comes_is_asked_on_the_page(stage: Stage, client_for: Callable[..., Browser]) -> None:
    rosa, pino = home_of_two(stage)
    stage.verify(rosa)
    agreement_id = stage.proposed(rosa, stage.cast.bashir, category="childcare")
    maker = client_for(stage.cast.maker, language="en")
    page = maker.look(f"/c/cremona/agreements/{agreement_id}/phone")
    assert page.says(f"What {pino.person.name} said")
    assert maker.submit(page, "Write it down", status=422, verb="accept", adult=str(pino.id)).errors()
    maker.submit(page, "Write it down", verb="accept", adult=str(rosa.id))
    assert stage.agreement(agreement_id).adult_id == rosa.id
