"""Who a household without e-mail looks after: written down by a maker in their place, with both names."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from community.dependants import actions
from community.dependants.rules import Standing
from community.dependants.tables import DependantDetails
from community.households.actions import add_dependant
from community.mandates.queries import stand_in
from exchanges.agreements import actions as agreements
from exchanges.agreements.rules import Terms
from exchanges.entrusting.actions import say_for_whom
from exchanges.entrusting.rules import FOR_MAKERS, NotSaid
from foundation.audit.tables import AuditEntry
from foundation.database import Database
from foundation.errors import Invalid, Refused
from tests.cast import Cast, Member
from tests.client import Browser, on_sqlite
from tests.community.dependants.stage import EMERGENCY, SECRET, Home
from tests.exchanges.agreements.stage import Stage


@pytest.fixture
def stage(database: Database, cast: Cast) -> Stage:
    return Stage(database, cast)


@pytest.fixture
def rosa(stage: Stage) -> Member:
    """Rosa has no e-mail, and agreed that makers act for her household."""
    rosa = stage.offline("rosa")
    with stage.database.reading() as session:
        rosa.actor = stand_in(session, stage.cast.maker.actor, rosa.party.id)
    return rosa


def pino(stage: Stage, rosa: Member) -> int:
    """The other adult of Rosa's household, without e-mail too."""
    return Home(stage.database, stage.cast).partner(rosa, "pino").id


def test_each_adult_s_word_is_written_down_with_both_names(stage: Stage, home: Home, rosa: Member) -> None:
    other, maker = pino(stage, rosa), stage.cast.maker
    child = stage.do(add_dependant, rosa, rosa.party.id, nickname="Pulce", age_band="6-10").id
    home.write(rosa, child)
    stage.do(actions.say_consent, rosa, child, "yes")
    assert home.page(rosa, child).standing is Standing.ONE_ABSENT
    stage.do(actions.say_consent, rosa, child, "yes", person_id=other)
    page = home.page(rosa, child)
    assert page.standing is Standing.GIVEN
    assert [(one.person_id, one.written_by) for one in page.said] == [
        (rosa.id, maker.person.name), (other, maker.person.name),
    ]  # fmt: skip
    with pytest.raises(Invalid) as refused:
        stage.do(actions.say_consent, rosa, child, "yes", person_id=stage.cast.anna.id)
    assert refused.value.field == "who"
    stage.do(actions.withdraw_consent, rosa, child, person_id=other)
    assert home.page(rosa, child).standing is Standing.REFUSED
    with stage.database.reading() as session:
        lines = session.exec(select(AuditEntry).where(AuditEntry.kind == "dependant")).all()
        assert {line.recorded_by_person_id for line in lines} == {maker.id}


def test_with_an_account_nobody_says_it_for_another(home: Home) -> None:
    anna = home.cast.anna
    child, partner = home.add(anna), home.partner(anna)
    with pytest.raises(Invalid):
        home.do(actions.say_consent, anna, child, "yes", person_id=partner.id)
    home.do(actions.say_consent, anna, child, "yes")
    assert [one.written_by for one in home.page(anna, child).said] == [""]


def test_what_was_written_stays_where_nothing_is_said_anew(stage: Stage, home: Home, rosa: Member) -> None:
    child = home.add(rosa)
    home.write(rosa, child)
    home.write(rosa, child, needs="Dorme poco", pick_up="", emergency="")
    with stage.database.reading() as session:
        details = session.get(DependantDetails, child)
        assert (details.needs, details.emergency) == ("Dorme poco", EMERGENCY)


def test_for_whom_and_the_yes(stage: Stage, home: Home, rosa: Member) -> None:
    anna, child = stage.cast.anna, home.add(rosa)
    stage.verify(anna)
    need = stage.post(rosa, "need", category="childcare")
    made = stage.do(agreements.propose, anna, need, Terms(minutes=60))
    with pytest.raises(NotSaid) as refused:
        stage.do(agreements.answer_by_phone, stage.cast.maker, made, None, "accept")
    assert refused.value.advice == FOR_MAKERS
    stage.do(actions.say_consent, rosa, child, "alone")
    stage.do(say_for_whom, rosa, stage.agreement(made).thread_id, [child])
    stage.do(agreements.answer_by_phone, stage.cast.maker, made, None, "accept")
    assert stage.state(made) == "accepted"


def test_not_by_a_maker_whose_own_household_gives(stage: Stage, home: Home, rosa: Member) -> None:
    maker, child = stage.cast.maker, home.add(rosa)
    stage.verify(maker)
    made = stage.do(agreements.propose, maker, stage.post(rosa, "need", category="childcare"), Terms(minutes=60))
    stage.do(actions.say_consent, rosa, child, "alone")
    with pytest.raises(Refused):
        stage.do(say_for_whom, rosa, stage.agreement(made).thread_id, [child])


@on_sqlite
def test_on_the_pages(stage: Stage, home: Home, client_for: Callable[..., Browser]) -> None:
    rosa = stage.offline("rosa")
    anna, maker = stage.cast.anna, client_for(stage.cast.maker, language="en")
    stage.verify(anna)
    hub = maker.submit(maker.look(f"/c/cremona/offline/{rosa.party.id}"), "Act for them")
    listed = maker.look(hub.link("Who they look after"))
    assert listed.says("You write for Rosa e famiglia")
    listed = maker.submit(listed, "Add", nickname="Pulce", age_band="6-10")
    shown = maker.look(listed.link("Pulce"))
    shown = maker.submit(maker.look(shown.link("Write down what they say")), "Save", needs=SECRET)
    assert SECRET not in shown.words
    assert SECRET not in maker.look(shown.link("Write down what they say")).words
    page = maker.look(shown.link("Who says yes"))
    assert maker.submit(page, "Write it down", status=422).errors()
    shown = maker.submit(page, "Write it down", who=str(rosa.id), kind="alone")
    assert shown.says("Everybody whose yes is needed has said yes")
    page = maker.look(shown.link("Who says yes"))
    assert page.says(f"Said by voice, written down by {stage.cast.maker.person.name}")
    offer = stage.post(anna, category="childcare")
    asked = maker.submit(maker.look(f"/c/cremona/posts/{offer}/answer"), "I need this", minutes="60")
    assert asked.title.startswith("For whom is it?")
    assert maker.submit(asked, "Save", dependants=["1"]).says("Pulce")
    page = maker.look("/c/cremona/household/dependants/1/consent")
    assert maker.submit(page, "Write it down", who=str(rosa.id), kind="no").says("Somebody does not agree")
