"""Sending: each person once, whatever is killed, doubled, scheduled or stopped meanwhile."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select, update

from community.broadcasts import actions
from community.broadcasts.actions import sending
from community.broadcasts.jobs import run_send
from community.broadcasts.queries import reach_of, zone_ids_of
from community.broadcasts.tables import BroadcastTelling
from community.consents.actions import answer
from community.members.tables import Membership, Person, RoleGrant
from community.notifications.actions import keep_wishes, tick_call
from community.notifications.jobs import decide
from community.notifications.rules import Wishes
from community.notifications.tables import CallToMake, Notification
from community.pushing.actions import note_gone, to_each_device, turn_on
from community.pushing.tables import PushSubscription
from community.resting.actions import answer as say_how_one_is
from community.signing_in.actions import open_session
from community.signing_in.rules import Device
from foundation import clock, outbox
from foundation.database import Session
from foundation.errors import Refused
from foundation.outbox import InHouse, OutboxMessage, Undeliverable, deliver_due
from tests.cast import Cast, make_member
from tests.community.broadcasts.stage import Desk, at_once
from tests.community.letters import letters_to, put


def payload(desk: Desk, number: int) -> dict[str, int]:
    return {"broadcast_id": number, "version": desk.one(number).version}


def names(desk: Desk, cast: Cast) -> set[str]:
    return {name for name, member in cast.members.items() if member.id in desk.told()}


def test_everybody_in_the_zones_is_told_and_nobody_else(desk: Desk, cast: Cast) -> None:
    desk.send()
    desk.work()
    assert names(desk, cast) == {"anna", "bashir", "chiara", "maker", "administrator", "bakery"}
    letter = put(desk.database)[0]
    assert (letter["endpoint"], letter["values"]) == ("broadcasts.read", {"broadcast_id": 1})
    assert letter["params"]["words"] == {"it": "Sabato alle 16 in piazza.\nPorta una sedia."}


def test_news_are_for_who_agreed_to_news(desk: Desk, cast: Cast) -> None:
    with desk.database.writing() as session:
        for who in (cast.anna, cast.bashir):
            answer(session, who.actor, "news", given=True, version=1)
    with clock.at(clock.now() + timedelta(minutes=1)), desk.database.writing() as session:
        answer(session, cast.bashir.actor, "news", given=False, version=1)
    desk.send(purpose="news")
    desk.work()
    assert names(desk, cast) == {"anna"}


def test_who_rests_is_spared_unless_it_is_urgent(desk: Desk, cast: Cast) -> None:
    with desk.database.writing() as session:
        say_how_one_is(session, cast.anna.actor, "rest")
        session.exec(update(Membership).where(col(Membership.person_id) == cast.chiara.id).values(state="left"))
    desk.send()
    desk.work()
    assert names(desk, cast) == {"bashir", "maker", "administrator", "bakery"}
    desk.send(purpose="urgent", reason="La sede è chiusa")
    desk.work()
    assert letters_to(desk.database, cast.anna.id) == ["broadcasts:urgent"]


def test_who_has_no_email_is_called(desk: Desk, cast: Cast) -> None:
    with desk.database.writing() as session:
        ida = make_member(session, cast, "ida", "po", email=None)
        make_member(session, cast, "ugo", "po", email=None)
    number = desk.send()
    desk.work()
    assert desk.outcome(number).__dict__ == {
        "told": 8, "delivered": 0, "waiting": 6, "failed": 0, "to_call": 2, "called": 0,
    }  # fmt: skip
    with desk.database.writing() as session:
        call = session.exec(select(CallToMake).where(col(CallToMake.person_id) == ida.id)).one()
        tick_call(session, cast.maker.actor, call.id or 0)
        first, second = session.exec(select(Notification).order_by(col(Notification.id)).limit(2))
        first.way = second.way = "told"
        outbox.put(session, "mail", {}, key=f"notification:{second.id}")
        letter = session.exec(select(OutboxMessage).where(col(OutboxMessage.channel) == "mail")).one()
        letter.dead_at = clock.now()
    assert desk.outcome(number).__dict__ == {
        "told": 8, "delivered": 1, "waiting": 4, "failed": 1, "to_call": 1, "called": 1,
    }  # fmt: skip


def test_who_has_only_a_telephone_is_told_there_and_counted_once(desk: Desk, cast: Cast) -> None:
    """Written, told on a telephone, called: each person is in one of the figures, also when the telephone goes."""
    with desk.database.writing() as session:
        ida, ugo = (make_member(session, cast, name, "po", email=None) for name in ("ida", "ugo"))
        make_member(session, cast, "eva", "po", email=None)
        for who in (ida, ugo):
            device = Device("Firefox", "Android")
            number = open_session(session, who.person, device, "Android", way="test", expected=True).session_id
            turn_on(session, who.id, number, endpoint=f"https://push.apple.com/{who.id}", public_key="k", secret="s")
    number = desk.write()
    with desk.database.reading() as session:
        reach = reach_of(session, cast.maker.actor, desk.one(number), zone_ids_of(session, number))
        assert (reach.written, reach.pushed, reach.called, reach.people) == (6, 2, 1, 9)
    desk.do(actions.send_off, cast.maker, number)
    desk.work()
    by_day = clock.now().replace(hour=11) + timedelta(days=1)
    with clock.at(by_day):
        deliver_due(desk.database, {"notice": InHouse(decide), "push": InHouse(to_each_device)})
    figures = {"told": 9, "delivered": 0, "waiting": 8, "failed": 0, "to_call": 1, "called": 0}
    assert desk.outcome(number).__dict__ == figures, "on its way to the two telephones, and by letter to six"

    def answered(_session: Session, payload: Mapping[str, Any]) -> None:
        if payload["person_id"] == ugo.id:
            raise Undeliverable("the push service refused it")

    with clock.at(by_day):
        deliver_due(desk.database, {"push_device": answered})
    assert desk.outcome(number).__dict__ == {**figures, "delivered": 1, "waiting": 6, "failed": 1}
    with desk.database.writing() as session:
        subscription = session.exec(select(PushSubscription).where(col(PushSubscription.person_id) == ugo.id)).one()
        told = session.exec(select(Notification).where(col(Notification.person_id) == ugo.id)).one()
        note_gone(session, subscription.id or 0, {"person_id": ugo.id, "notification_id": told.id})
    assert desk.outcome(number).__dict__ == {**figures, "delivered": 1, "waiting": 6, "to_call": 2}


def test_what_waits_for_a_summary_is_not_delivered_yet(desk: Desk, cast: Cast) -> None:
    with desk.database.writing() as session:
        keep_wishes(session, cast.anna.actor, Wishes(choices={"news": "digest"}), {"member"})
    number = desk.send()
    desk.work()
    with clock.at(clock.now().replace(hour=11) + timedelta(days=1)):
        deliver_due(desk.database, {"notice": InHouse(decide), "mail": lambda _session, _payload: None})
    outcome = desk.outcome(number)
    assert outcome.told == outcome.delivered + outcome.waiting
    with desk.database.writing() as session:
        held = session.exec(select(Notification).where(col(Notification.way) == "digest")).all()
        assert cast.anna.id in {one.person_id for one in held}
        assert outcome.waiting == len(held)


def test_a_run_killed_half_way_is_gone_on_with(desk: Desk, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    number = desk.send()
    job = payload(desk, number)
    real, told = sending.notify, []

    def dies(*arguments: object, **more: object) -> object:
        told.append(more["person_id"])
        if len(told) == 4:
            raise RuntimeError("killed")
        return real(*arguments, **more)

    monkeypatch.setattr(sending, "notify", dies)
    monkeypatch.setattr("community.broadcasts.actions.sending.BATCH", 2)
    monkeypatch.setattr(sending.tell_some, "__defaults__", (2,))
    with pytest.raises(RuntimeError):
        run_send(desk.database, job)
    assert (desk.state(number), len(desk.told())) == ("sending", 2), "the batch that was cut short left nothing"
    run_send(desk.database, job)
    assert desk.state(number) == "sent"
    assert len(desk.told()) == len(set(desk.told())) == 6
    run_send(desk.database, job)
    assert len(desk.told()) == 6


def test_two_workers_at_once_tell_everybody_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending.tell_some, "__defaults__", (1,))
    number = desk.send()
    job = payload(desk, number)
    assert at_once(*[lambda: run_send(desk.database, job)] * 2) == [None, None]
    assert len(desk.told()) == len(set(desk.told())) == 6


def test_sent_off_twice_at_once_it_goes_once(desk: Desk, cast: Cast) -> None:
    number = desk.write()
    version = desk.one(number).version
    ran_into = at_once(*[lambda: desk.do(actions.send_off, cast.maker, number, version=version)] * 2)
    assert sorted(type(one).__name__ for one in ran_into) == ["NoneType", "Stale"]
    desk.work()
    assert len(desk.told()) == 6


def test_it_can_be_stopped_under_way(desk: Desk, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    number = desk.send()
    with pytest.raises(Refused):
        desk.do(actions.stop, cast.maker, number)
    with desk.database.writing() as session:
        assert actions.begin(session, number, desk.one(number).version)
    with desk.database.writing() as session:
        assert actions.tell_some(session, number, 2)
    desk.do(actions.stop, cast.administrator, number)
    desk.work()
    assert (desk.state(number), len(desk.told())) == ("stopped", 2)
    with pytest.raises(Refused):
        desk.do(actions.stop, cast.maker, number)


def test_it_goes_at_its_moment(desk: Desk) -> None:
    moment = clock.now() + timedelta(hours=3)
    number = desk.send(send_at=moment)
    with clock.at(moment - timedelta(minutes=2)):
        assert desk.work() == 0
    with clock.at(moment):
        assert desk.work() == 1
    assert desk.state(number) == "sent"


@pytest.mark.parametrize(
    ("written", "before", "goes"),
    [
        # At 3 on the night when the clocks go back, the hour comes once more before it; forward, it comes sooner.
        (
            "2027-10-31T03:00",
            datetime(2027, 10, 31, 1, 30, tzinfo=UTC),
            datetime(2027, 10, 31, 2, 0, tzinfo=UTC),
        ),
        (
            "2027-10-31T02:30",
            datetime(2027, 10, 31, 0, 29, tzinfo=UTC),
            datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
        ),
        (
            "2027-03-28T03:00",
            datetime(2027, 3, 28, 0, 59, tzinfo=UTC),
            datetime(2027, 3, 28, 1, 0, tzinfo=UTC),
        ),
    ],
)
def test_on_the_nights_when_clocks_change(desk: Desk, written: str, before: datetime, goes: datetime) -> None:
    with clock.at(goes - timedelta(days=2)):
        number = desk.send(send_at=clock.from_local(datetime.fromisoformat(written), "Europe/Rome"))
    with clock.at(before):
        assert desk.work() == 0
    with clock.at(goes):
        assert desk.work() == 1
    assert desk.state(number) == "sent"


def test_a_maker_who_looks_after_them_no_more_sends_nothing(desk: Desk, cast: Cast) -> None:
    number = desk.send()
    with desk.database.writing() as session:
        session.exec(update(RoleGrant).where(col(RoleGrant.person_id) == cast.maker.id).values(ends_at=clock.now()))
    desk.work()
    assert (desk.state(number), desk.told()) == ("stopped", [])
    assert letters_to(desk.database, cast.maker.id) == ["broadcasts:not_sent"]


def test_where_it_would_reach_more_by_now_a_second_maker_is_asked_after_all(desk: Desk, cast: Cast) -> None:
    number = desk.send()
    desk.above(5)
    desk.work()
    assert (desk.state(number), desk.told()) == ("waiting", [])
    assert letters_to(desk.database, cast.maker.id) == ["broadcasts:grew"]
    desk.do(actions.approve, cast.administrator, number)
    desk.work()
    assert len(desk.told()) == 6


def test_nothing_of_it_is_told_while_messages_are_muted_or_people_are_gone(desk: Desk, cast: Cast) -> None:
    number = desk.send()
    with desk.database.writing() as session:
        session.exec(update(Person).where(col(Person.id) == cast.anna.id).values(email=None))
    desk.work()
    with desk.database.reading() as session:
        assert len(session.exec(select(BroadcastTelling)).all()) == 6
    assert desk.outcome(number).to_call == 1
