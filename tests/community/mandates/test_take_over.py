"""Somebody who was acted for takes their account over; afterwards makers act no more."""

import re
from collections.abc import Callable

import pytest
from sqlmodel import select

from community.mandates import actions
from community.mandates.queries import home_to_keep, stand_in, standing_mandate
from community.mandates.tables import Mandate
from community.members.queries import person_by_email, person_of
from community.parties.tables import Party, PartyMember
from community.pins.actions import give_card
from community.pins.queries import good_cards
from foundation.errors import Invalid, Missing
from foundation.outbox.tables import OutboxMessage
from tests.cast import Member
from tests.client import Browser, on_sqlite
from tests.exchanges.agreements.stage import Stage


def letters(stage: Stage) -> list[dict]:
    with stage.database.reading() as session:
        return [message.payload for message in session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))]


def asked(stage: Stage, rosa: Member, email: str = "rosa@example.org") -> str:
    code = stage.do(actions.give_code, stage.cast.maker, rosa.party.id, rosa.id)
    with stage.database.writing() as session:
        actions.ask_for_mail(session, stage.cast.community.id, code, email)
    return letters(stage)[-1]["values"].get("secret", "")


def finish(stage: Stage, secret: str) -> None:
    with stage.database.writing() as session:
        actions.finish(session, stage.cast.community.id, secret, "hash")


def test_from_the_code_to_the_own_account(stage: Stage) -> None:
    rosa, cast = stage.offline("rosa"), stage.cast
    stage.do(give_card, cast.maker, rosa.party.id, rosa.id, "hash")
    secret = asked(stage, rosa)
    assert letters(stage)[-1]["to"] == "rosa@example.org"
    finish(stage, secret)
    with stage.database.reading() as session:
        person = person_of(session, rosa.id)
        assert (person.email, person.password_hash) == ("rosa@example.org", "hash")
        assert person.email_confirmed_at is not None
        assert standing_mandate(session, rosa.party.id) is None
        assert good_cards(session, cast.community.id, [rosa.id]) == {}
        for look in (home_to_keep, stand_in):
            with pytest.raises(Missing):
                look(session, cast.maker.actor, rosa.party.id)
    with pytest.raises(Missing):
        finish(stage, secret)


def test_it_ends_in_every_community(stage: Stage) -> None:
    rosa, cast = stage.offline("rosa"), stage.cast
    with stage.database.writing() as session:
        elsewhere = Party(
            community_id=cast.other_community.id, kind="household", name="Rosa", zone_id=cast.zoe.party.zone_id
        )
        session.add(elsewhere)
        session.flush()
        session.add(PartyMember(party_id=elsewhere.id, person_id=rosa.id))
        here = standing_mandate(session, rosa.party.id)
        there = Mandate(**{**here.model_dump(exclude={"id"}), "community_id": elsewhere.community_id})
        there.party_id = elsewhere.id
        session.add(there)
    finish(stage, asked(stage, rosa))
    with stage.database.reading() as session:
        assert standing_mandate(session, elsewhere.id) is None


def test_a_code_is_good_once_and_until_it_is_taken_back(stage: Stage) -> None:
    rosa, cast = stage.offline("rosa"), stage.cast
    for who in (cast.other_maker, cast.anna):
        with pytest.raises(Missing):
            stage.do(actions.give_code, who, rosa.party.id, rosa.id)
    with pytest.raises(Missing):
        stage.do(actions.give_code, cast.maker, rosa.party.id, cast.anna.id)
    old = stage.do(actions.give_code, cast.maker, rosa.party.id, rosa.id)
    secret = asked(stage, rosa)
    with stage.database.writing() as session:
        with pytest.raises(Missing):
            actions.ask_for_mail(session, cast.community.id, old, "rosa@example.org")
        with pytest.raises(Missing):
            actions.ask_for_mail(session, cast.other_community.id, old, "rosa@example.org")
    stage.do(actions.take_code_back, cast.maker, rosa.party.id, rosa.id)
    with pytest.raises(Missing):
        finish(stage, secret)
    with pytest.raises(Invalid):
        asked(stage, rosa, "not an address")


def test_nobody_learns_whose_an_address_is(stage: Stage) -> None:
    rosa = stage.offline("rosa")
    assert asked(stage, rosa, "ANNA@example.org") == ""
    last = letters(stage)[-1]
    assert (last["notice"], last["person_id"]) == ("mandates:already_here", stage.cast.anna.id)
    with stage.database.reading() as session:
        assert person_of(session, rosa.id).email is None


def test_who_was_faster_with_the_address_keeps_it(stage: Stage) -> None:
    rosa, ida = stage.offline("rosa"), stage.offline("ida")
    mine, theirs = asked(stage, rosa), asked(stage, ida)
    finish(stage, theirs)
    with pytest.raises(Missing):
        finish(stage, mine)
    with stage.database.reading() as session:
        assert person_by_email(session, "rosa@example.org").id == ida.id


@on_sqlite
def test_on_the_pages(stage: Stage, client_for: Callable[..., Browser], visitor: Browser) -> None:
    rosa, maker = stage.offline("rosa"), client_for(stage.cast.maker, language="en")
    page = maker.look(maker.look(f"/c/cremona/offline/{rosa.party.id}").link("Code for Rosa"))
    sheet = maker.submit(page, "Print the code")
    assert sheet.response.headers["Cache-Control"] == "no-store"
    code = re.search(r"\w{4}-\w{4}-\w{4}", sheet.words).group()
    assert maker.submit(page, "Print the code").says("is shown once")
    visitor.client.set_cookie("language", "en")
    form = visitor.look("/c/cremona/offline/own-account")
    wrong = visitor.submit(form, "Write to me", status=422, code="ABCD-EFGH-JKMN", email="rosa@example.org")
    assert wrong.says("This code is not good")
    assert visitor.submit(wrong, "Write to me", code=code, email="rosa@example.org").says("We have written to")
    address = f"/c/cremona/offline/own-account/{letters(stage)[-1]['values']['secret']}"
    page = visitor.look(address)
    assert visitor.submit(page, "It is my account", status=422, password="rosa").errors()
    home = visitor.submit(page, "It is my account", password="quattro mele in un cesto")
    assert home.says("Now the account is yours")
    assert visitor.look(address, status=410).says("This link no longer works")
    maker.look(f"/c/cremona/offline/{rosa.party.id}", status=404)
