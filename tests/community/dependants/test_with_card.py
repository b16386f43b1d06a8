"""A yes or a no for who is looked after, and for whom it is: said with card and PIN at a maker's telephone."""

import sys
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlmodel import select

from community.deeds.queries import about_me
from community.dependants import actions
from community.dependants.pages import replies
from community.dependants.rules import TEXT_VERSION, Standing
from community.dependants.tables import DependantConsent
from community.mandates.queries import speaker_of
from community.members.tables import Person
from community.parties.tables import PartyMember
from community.pins import actions as pins
from community.pins.rules import NoLongerWaits
from exchanges.agreements import actions as agreements
from exchanges.agreements.rules import Terms
from exchanges.entrusting.pages import replies as for_whom
from exchanges.entrusting.policies import entrusted_by
from foundation import clock
from foundation.access import Actor
from foundation.database import Database
from tests.cast import Cast, Member, let_makers_act
from tests.client import Browser, on_sqlite
from tests.community.dependants.stage import Home
from tests.community.pins.test_cards import given
from tests.community.pins.test_pages import code_of, pin_of, print_card
from tests.exchanges.agreements.stage import Stage


@pytest.fixture
def stage(database: Database, cast: Cast) -> Stage:
    return Stage(database, cast)


@pytest.fixture
def rosa(stage: Stage) -> Member:
    return stage.offline("rosa")


def speaker(stage: Stage, who: Member) -> Actor:
    with stage.database.reading() as session:
        return speaker_of(session, stage.cast.maker.actor, who.party.id, who.id)


def keys(stage: Stage, who: Member, which=replies) -> list[str]:
    """What the holder of a card may answer, without what names the moment."""
    with stage.database.reading() as session:
        return [one.key for one in which(session, speaker(stage, who))]


def kinds(stage: Stage, who: Member) -> list[str]:
    return [key.split("-")[2] for key in keys(stage, who)]


def say(stage: Stage, who: Member, code: str, start: str, which=replies) -> None:
    key = next((one for one in keys(stage, who, which) if one.startswith(start)), start)
    with stage.database.reading() as session:
        card_id = pins.holder_of(session, stage.cast.maker.actor, code).card.id
    stage.do(pins.do_reply, stage.cast.maker, code, card_id, key, which)


@pytest.fixture(autouse=True)
def words(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Replies are made by pages; their words are asked about where there are pages."""
    if "client_for" in request.fixturenames:
        return
    for name in ("community.dependants.pages.replies", "exchanges.entrusting.pages.replies"):
        monkeypatch.setattr(sys.modules[name], "_", lambda words, **_params: words)
        monkeypatch.setattr(sys.modules[name], "url_for", lambda *_names, **_values: "/")


def test_yes_and_no_with_the_version_and_both_names(stage: Stage, home: Home, rosa: Member) -> None:
    child, code, maker = home.add(rosa), given(stage, rosa), stage.cast.maker
    assert kinds(stage, rosa) == ["yes", "both", "alone", "no"]
    old = keys(stage, rosa)[0]
    say(stage, rosa, code, f"consent-{child}-alone")
    rosa.actor = replace(speaker(stage, rosa))
    page = home.page(rosa, child)
    assert page.standing is Standing.GIVEN
    assert [(one.said, one.text_version, one.written_by, one.with_card) for one in page.said] == [
        ("alone", TEXT_VERSION, maker.person.name, True)
    ]
    with pytest.raises(NoLongerWaits):
        say(stage, rosa, code, old)
    assert kinds(stage, rosa) == ["no"]
    say(stage, rosa, code, f"consent-{child}-no")
    assert home.page(rosa, child).standing is Standing.REFUSED
    assert kinds(stage, rosa) == ["yes", "both", "alone"]
    with stage.database.reading() as session:
        deeds, _more = about_me(
            session, Actor(stage.cast.community.id, rosa.id, rosa.party.id, grants=rosa.actor.grants)
        )
        told = {(deed.entry.verb, deed.recorded_by) for deed in deeds if deed.entry.kind == "dependant"}
        assert told == {("consented", maker.person.name), ("refused", maker.person.name)}


def test_one_has_declared_for_both_and_the_other_says_no(stage: Stage, home: Home, rosa: Member) -> None:
    pino = home.partner(rosa, "pino")
    with stage.database.writing() as session:
        session.get(Person, pino.id).email = None
        own = session.exec(select(PartyMember).where(PartyMember.person_id == pino.id)).all()
        next(one for one in own if one.party_id != rosa.party.id).until = clock.now()
        let_makers_act(session, stage.cast, rosa)
    child = home.add(rosa)
    home.do(actions.say_consent, rosa, child, "both")
    assert kinds(stage, pino) == ["no"]
    say(stage, pino, given(stage, pino), f"consent-{child}-no")
    assert home.page(rosa, child).standing is Standing.REFUSED


def test_nobody_is_asked_about_others(stage: Stage, home: Home, rosa: Member) -> None:
    home.add(stage.cast.anna)
    assert keys(stage, rosa) == []


def test_a_grown_up_is_asked_other_sentences(stage: Stage, home: Home, rosa: Member) -> None:
    home.add(rosa, "Nonna", "elder")
    assert kinds(stage, rosa) == ["self", "guardian", "no"]


def test_for_whom_it_is(stage: Stage, home: Home, rosa: Member) -> None:
    anna, first, second = stage.cast.anna, home.add(rosa), home.add(rosa, "Grillo", "3-5")
    home.add(rosa, "Nonna", "elder")
    stage.verify(anna)
    made = stage.do(agreements.propose, anna, stage.post(rosa, "need", category="childcare"), Terms(minutes=60))
    thread = stage.agreement(made).thread_id
    assert keys(stage, rosa, for_whom) == []
    code = given(stage, rosa)
    for child in (first, second):
        say(stage, rosa, code, f"consent-{child}-alone")
    assert keys(stage, rosa, for_whom) == [f"for-whom-{thread}-{ids}" for ids in (first, second, f"{first}-{second}")]
    say(stage, rosa, code, f"for-whom-{thread}-{second}", for_whom)
    assert keys(stage, rosa, for_whom) == []
    with stage.database.reading() as session:
        assert entrusted_by(session, thread, rosa.party.id) == [second]


def test_where_a_frail_person_is_looked_after_it_may_be_an_adult(stage: Stage, home: Home, rosa: Member) -> None:
    home.add(rosa, "Nonna", "elder")
    stage.verify(stage.cast.anna)
    need = stage.post(rosa, "need", category="elders")
    made = stage.do(agreements.propose, stage.cast.anna, need, Terms(minutes=60))
    assert keys(stage, rosa, for_whom) == [f"for-whom-{stage.agreement(made).thread_id}-adult"]


@on_sqlite
def test_on_the_pages(stage: Stage, home: Home, rosa: Member, client_for: Callable[..., Browser]) -> None:
    child = home.add(rosa)
    maker = client_for(stage.cast.maker, language="en")
    card = print_card(maker, rosa)
    waits = maker.look(f"/c/cremona/card/{code_of(card)}")
    assert waits.says("May others look after Pulce?")
    assert waits.says("I alone hold parental responsibility")
    page = maker.look(waits.link("I say yes"))
    assert page.says("words number 1")
    assert maker.submit(page, "I say yes", pin=pin_of(card)).says("Done, with their PIN.")
    with stage.database.reading() as session:
        (row,) = session.exec(select(DependantConsent)).all()
        assert (row.person_id, row.said, row.text_version) == (rosa.id, "yes", TEXT_VERSION)
    maker.submit(maker.look(f"/c/cremona/offline/{rosa.party.id}"), "Act for them")
    shown = maker.look(f"/c/cremona/household/dependants/{child}/consent")
    assert shown.says(f"Said with card and PIN, at the telephone of {stage.cast.maker.person.name}")
