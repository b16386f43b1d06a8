"""A card with its PIN: given, used for one thing, locked after five wrong tries, void at once when lost."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlmodel import select

from community.leaving.actions import leave
from community.leaving.jobs import run_finish
from community.mandates.actions import end_as_told
from community.mandates.rules import NotStanding, Reply
from community.notifications.actions import note_no_answer
from community.notifications.tables import CallTry
from community.pins import actions
from community.pins.queries import good_cards, holder_of
from community.pins.rules import MOST_ATTEMPTS, Locked, NoGoodCard, NoLongerWaits, is_simple, new_pin, tidy_pin
from community.pins.tables import PinCard
from exchanges.agreements import actions as agreements
from exchanges.agreements.queries import events_of
from foundation import clock
from foundation.access import Actor
from foundation.audit.tables import AuditEntry
from foundation.crypto import hash_password, verify_password
from foundation.database import Database, Session
from foundation.errors import Missing
from tests.cast import Cast, Member
from tests.exchanges.agreements.stage import Stage

PIN_HASH = hash_password("48203")


@pytest.fixture
def stage(database: Database, cast: Cast) -> Stage:
    return Stage(database, cast)


def given(stage: Stage, who: Member) -> str:
    return stage.do(actions.give_card, stage.cast.maker, who.party.id, who.id, PIN_HASH)


def confirming(agreement_id: int):
    def replies(session: Session, actor: Actor) -> Sequence[Reply]:
        def do(writing: Session, speaker: Actor) -> None:
            agreements.confirm(writing, speaker, agreement_id, None)

        return [Reply("confirm", "", "", "", do)]

    return replies


def use(stage: Stage, code: str, agreement_id: int, *, key: str = "confirm", request_key: str = "k") -> bool:
    card_id, _pin_hash, _left = stage.do(actions.pay_attempt, stage.cast.maker, code)
    with stage.database.writing() as session:
        actions.forget_attempts(session, card_id)
    return stage.do(
        actions.do_reply, stage.cast.maker, code, card_id, key, confirming(agreement_id), request_key=request_key
    )


def test_the_yes_is_theirs_and_says_who_held_the_telephone(stage: Stage) -> None:
    rosa, cast = stage.offline("rosa"), stage.cast
    agreement_id = stage.delivered(cast.anna, rosa)
    code = given(stage, rosa)
    assert use(stage, code, agreement_id)
    assert not use(stage, code, agreement_id)
    assert stage.balance(rosa) == -60
    with stage.database.reading() as session:
        last = events_of(session, agreement_id)[-1]
        assert (last.verb, last.person_id, last.recorded_by_id) == ("confirm", rosa.id, cast.maker.id)
        line = session.scalars(select(AuditEntry).where(AuditEntry.verb == "did_with_card")).one()
        assert line.detail == {"reply": "confirm"}
    with pytest.raises(NoLongerWaits):
        use(stage, code, agreement_id, key="other", request_key="l")


def test_it_may_be_an_exchange_with_the_maker_and_needs_no_agreement_that_they_act(stage: Stage) -> None:
    """The PIN is the holder's own word: the maker only lends the telephone."""
    rosa, cast = stage.offline("rosa"), stage.cast
    agreement_id = stage.delivered(cast.maker, rosa)
    assert use(stage, given(stage, rosa), agreement_id)
    assert stage.balance(cast.maker) == 60


def test_five_tries_and_it_is_locked_until_there_is_a_new_one(stage: Stage) -> None:
    rosa, maker = stage.offline("rosa"), stage.cast.maker
    code = given(stage, rosa)
    tries = [stage.do(actions.pay_attempt, maker, code)[2] for _ in range(MOST_ATTEMPTS)]
    assert tries == [4, 3, 2, 1, 0]
    with pytest.raises(Locked):
        stage.do(actions.pay_attempt, maker, code)
    anew = given(stage, rosa)
    assert stage.do(actions.pay_attempt, maker, anew)[2] == 4
    with pytest.raises(NoGoodCard):
        stage.do(actions.pay_attempt, maker, code)


def test_many_tries_at_once_are_no_way_around(stage: Stage) -> None:
    rosa, maker = stage.offline("rosa"), stage.cast.maker
    code, start = given(stage, rosa), Barrier(12)

    def one_try(_number: int) -> bool:
        start.wait()
        try:
            stage.do(actions.pay_attempt, maker, code)
        except Locked:
            return False
        return True

    with ThreadPoolExecutor(12) as pool:
        assert sum(pool.map(one_try, range(12))) == MOST_ATTEMPTS


def test_a_lost_card_is_void_at_once(stage: Stage) -> None:
    rosa, maker = stage.offline("rosa"), stage.cast.maker
    code = given(stage, rosa)
    with pytest.raises(Missing):
        stage.do(actions.say_lost, stage.cast.other_maker, rosa.party.id, rosa.id)
    assert stage.do(actions.say_lost, maker, rosa.party.id, rosa.id)
    assert not stage.do(actions.say_lost, maker, rosa.party.id, rosa.id)
    with stage.database.reading() as session:
        with pytest.raises(NoGoodCard):
            holder_of(session, maker.actor, code)
        assert good_cards(session, maker.actor.community_id, [rosa.id]) == {}
        assert [card.voided_why for card in session.scalars(select(PinCard))] == ["lost"]


def test_whose_zone_it_is_not_and_who_has_no_role_learn_nothing(stage: Stage) -> None:
    rosa, cast = stage.offline("rosa"), stage.cast
    code = given(stage, rosa)
    with stage.database.reading() as session:
        assert holder_of(session, cast.maker.actor, code.lower().replace("-", " ")).person.id == rosa.id
        for who in (cast.other_maker,):
            with pytest.raises(NoGoodCard):
                holder_of(session, who.actor, code)
        with pytest.raises(Missing):
            holder_of(session, cast.anna.actor, code)
    for who in (cast.other_maker, cast.anna):
        with pytest.raises(Missing):
            stage.do(actions.give_card, who, rosa.party.id, rosa.id, PIN_HASH)
    with pytest.raises(Missing):
        stage.do(actions.give_card, cast.maker, rosa.party.id, cast.anna.id, PIN_HASH)


def test_no_card_is_printed_for_who_has_said_no_to_makers(stage: Stage) -> None:
    rosa = stage.offline("rosa")
    code = given(stage, rosa)
    assert stage.do(end_as_told, stage.cast.maker, rosa.party.id)
    with pytest.raises(NotStanding):
        given(stage, rosa)
    with stage.database.reading() as session:
        assert holder_of(session, stage.cast.maker.actor, code).person.id == rosa.id


def test_who_leaves_holds_no_card(stage: Stage) -> None:
    rosa = stage.offline("rosa")
    code = given(stage, rosa)
    stage.do(leave, rosa)
    with stage.database.reading() as session, pytest.raises(NoGoodCard):
        holder_of(session, stage.cast.maker.actor, code)


def test_of_who_has_left_for_good_neither_pin_nor_calls_are_kept(stage: Stage) -> None:
    rosa, cast = stage.offline("rosa"), stage.cast
    given(stage, rosa)
    stage.proposed(rosa, cast.bashir)
    stage.do(note_no_answer, cast.maker, rosa.id)
    assert stage.calls(rosa)
    stage.do(leave, rosa)
    with clock.at(clock.now() + timedelta(days=40)):
        run_finish(stage.database, {})
    assert stage.calls(rosa) == []
    with stage.database.reading() as session:
        assert [card.pin_hash for card in session.scalars(select(PinCard))] == [""]
        assert session.scalars(select(CallTry)).all() == []


def test_pins_are_not_the_first_that_are_tried() -> None:
    pins = {new_pin() for _ in range(200)}
    assert len(pins) > 150
    assert not any(is_simple(pin) for pin in pins)
    assert all(is_simple(pin) for pin in ("11111", "12345", "98765", "12121"))
    assert tidy_pin(" 48 203.") == "48203"
    assert verify_password(PIN_HASH, "48203").right
