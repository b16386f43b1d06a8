"""What who comes has to know: for the person named alone, verified, from the yes until a day after."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col

from community.dependants import actions as dependants
from community.households.actions import remove_dependant
from community.moderation.tables import Block
from community.safeguarding.tables import CareCheck
from exchanges.agreements import actions as agreements
from exchanges.entrusting.queries.knowing import concerned
from foundation import clock
from tests.exchanges.entrusting.stage import NEEDS, THURSDAY, CareFor


def test_only_who_comes_and_only_once_agreed(stage: CareFor) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    partner = stage.second_adult(anna, "paolo")
    stage.verify(partner)
    child = stage.child(bashir)
    made = stage.asked()
    thread_id = stage.thread(made)
    stage.say(bashir, thread_id, child)
    assert stage.reads(anna, thread_id) == []
    stage.do(agreements.accept, anna, made, None)
    [found] = stage.reads(anna, thread_id)
    assert (found.dependant.nickname, found.details.needs) == ("Pulce", NEEDS)
    for who in (partner, bashir, stage.cast.chiara, stage.cast.maker, stage.cast.administrator, stage.cast.zoe):
        assert stage.reads(who, thread_id) == []
    stage.do(agreements.replace_adult, anna, made, None, partner.id)
    assert stage.reads(anna, thread_id) == []
    assert len(stage.reads(partner, thread_id)) == 1


@pytest.mark.parametrize("delivered", [True, False])
def test_until_a_day_after(stage: CareFor, delivered: bool) -> None:
    anna = stage.cast.anna
    made, thread_id = stage.care(stage.child(stage.cast.bashir))
    over = THURSDAY + timedelta(hours=1)
    if delivered:
        with clock.at(over):
            stage.do(agreements.deliver, anna, made, None, 60)
            stage.do(agreements.confirm, stage.cast.bashir, made, None)
    for hours, number in ((1, 1), (23, 1), (25, 0)):
        with clock.at(over + timedelta(hours=hours)):
            assert len(stage.reads(anna, thread_id)) == number


@pytest.mark.parametrize("how", ["called off", "not verified", "taken off the list", "no yes", "blocked"])
def test_not_any_more(stage: CareFor, how: str) -> None:
    anna, bashir = stage.cast.anna, stage.cast.bashir
    child = stage.child(bashir)
    made, thread_id = stage.care(child)
    if how == "called off":
        stage.do(agreements.cancel, anna, made, None, "Ho la febbre")
    elif how == "not verified":
        with stage.database.writing() as session:
            session.exec(update(CareCheck).where(col(CareCheck.person_id) == anna.id).values(withdrawn_at=clock.now()))
    elif how == "taken off the list":
        stage.do(remove_dependant, bashir, bashir.party.id, child)
    elif how == "blocked":
        with stage.database.writing() as session:
            session.add(Block(party_id=bashir.party.id, blocked_party_id=anna.party.id, blocked_by_id=bashir.id))
    else:
        stage.do(dependants.withdraw_consent, bashir, child)
    assert stage.reads(anna, thread_id) == []


def test_where_it_is_about_them(stage: CareFor) -> None:
    child = stage.child(stage.cast.bashir)
    stage.care(child)
    with stage.database.reading() as session:
        [(title, when, who)] = concerned(session, child)
        assert (when, who) == (THURSDAY, "Anna")
        assert title
    with clock.at(THURSDAY + timedelta(days=1)), stage.database.reading() as session:
        assert concerned(session, child) == []
