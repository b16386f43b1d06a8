"""A notice arrives on each device once, encrypted, and stops with the sign-in; counted at a real push service."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlmodel import col, select, update

from community.joining.notices import DECLINED
from community.notifications.tables import Notification
from community.pushing import actions
from community.pushing.queries import devices_of, reached_by_push
from community.pushing.tables import PushSubscription
from community.signing_in.actions import end_session, open_session, sign_out_everywhere
from community.signing_in.rules import Device
from community.signing_in.tables import SignInSession
from exchanges.agreements.notices import TOMORROW
from foundation import clock, outbox
from foundation.database import Database, Session
from foundation.feature import Feature, registry
from foundation.outbox import OutboxMessage, deliver_due
from foundation.outbox.delivery import LEASE
from foundation.settings import Settings
from foundation.web.state import installation
from tests.cast import Cast, Member
from tests.community.pushing.service import Phone, Service, open_service

CHANNELS = {"push", "push_device"}


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, app: Flask) -> Iterator[Service]:
    with open_service(tmp_path) as service:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(service.ca))
        object.__setattr__(installation(app).settings, "push_hosts", service.place)
        yield service


def signed_in(session: Session, member: Member, system: str = "Android") -> int:
    return open_session(session, member.person, Device("Firefox", system), system, way="test", expected=True).session_id


def turned_on(database: Database, member: Member, phone: Phone) -> int:
    """The sign-in in which notices were turned on."""
    with database.writing() as session:
        number = signed_in(session, member, phone.name)
        actions.turn_on(session, member.id, number, endpoint=phone.endpoint, **phone.keys)
        return number


def tell(database: Database, cast: Cast, key: str = "1", **more: Any) -> None:
    payload = {
        "person_id": cast.anna.id,
        "community_id": cast.community.id,
        "notice": DECLINED.name,
        "params": {"community": "Cremona"},
        "endpoint": "joining.standing",
        "values": {},
        "notification_id": 7,
        **more,
    }
    with database.writing() as session:
        if session.get(Notification, payload["notification_id"]) is None:
            told = {"person_id": cast.anna.id, "notice": DECLINED.name, "topic": DECLINED.topic}
            session.add(Notification(id=payload["notification_id"], **told))
            session.flush()
        outbox.put(session, "push", payload, key=key)


def deliver(app: Flask, later: timedelta = timedelta(0)) -> None:
    channels = {name: channel for name, channel in registry.merged("channels").items() if name in CHANNELS}
    # By day, whatever the hour at which a test runs: nothing rings at night.
    by_day = (clock.now() + timedelta(days=1)).replace(hour=11, minute=0, second=0, microsecond=0)
    with app.app_context(), clock.at(by_day + later):
        while deliver_due(installation(app).database, channels):
            pass


def open_messages(database: Database) -> list[OutboxMessage]:
    with database.reading() as session:
        return list(session.exec(select(OutboxMessage).where(col(OutboxMessage.done_at).is_(None))))


def test_arrives_on_each_device_once(app: Flask, database: Database, cast: Cast, service: Service) -> None:
    phone, tablet = service.phone("phone"), service.phone("tablet")
    turned_on(database, cast.anna, phone)
    turned_on(database, cast.anna, tablet)
    tell(database, cast)
    deliver(app)
    assert len(phone.told) == len(tablet.told) == 1
    [told] = phone.told
    assert told == {
        "id": told["id"],
        "title": "Una risposta da Cremona",
        "body": cast.community.name,
        "path": "/c/cremona/join/standing",
        "tag": "notice:7",
        "lang": "it",
        "dir": "ltr",
    }
    _path, headers, body = service.got[0]
    assert b"Cremona" not in body
    assert headers["content-encoding"] == "aes128gcm"
    assert headers["authorization"].startswith("vapid ")
    assert int(headers["ttl"]) > 3600
    with database.reading() as session:
        assert all(device.last_ok_at for device in devices_of(session, cast.anna.id))


def test_a_link_with_a_secret_never_lies_on_a_screen(
    app: Flask, database: Database, cast: Cast, service: Service
) -> None:
    phone = service.phone("phone")
    turned_on(database, cast.anna, phone)
    tell(database, cast, values={"secret": "s3cr3t"})
    deliver(app)
    assert phone.told[0]["path"] == "/"


def test_trouble_with_one_device_repeats_nothing_on_the_other(
    app: Flask, database: Database, cast: Cast, service: Service
) -> None:
    phone, tablet = service.phone("phone"), service.phone("tablet")
    turned_on(database, cast.anna, phone)
    turned_on(database, cast.anna, tablet)
    service.answers["/tablet"] = [503, 429]
    tell(database, cast)
    deliver(app)
    assert (len(phone.told), len(tablet.told)) == (1, 0)
    [waits] = open_messages(database)
    assert waits.last_error == "NotNow: the push service answered 503"
    deliver(app, timedelta(minutes=10))
    deliver(app, timedelta(hours=2))
    assert (len(phone.told), len(tablet.told)) == (1, 1)


def test_of_one_device_nothing_overtakes(app: Flask, database: Database, cast: Cast, service: Service) -> None:
    phone = service.phone("phone")
    turned_on(database, cast.anna, phone)
    service.answers["/phone"] = [500]
    for number in (1, 2):
        tell(database, cast, key=str(number), notification_id=number)
    deliver(app)
    assert phone.told == []
    deliver(app, timedelta(minutes=10))
    assert [told["tag"] for told in phone.told] == ["notice:1", "notice:2"]


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone(app: Flask, database: Database, cast: Cast, service: Service, status: int) -> None:
    otherwise: list[int] = []
    turned_on(database, cast.anna, service.phone("phone"))
    service.answers["/phone"] = [status]
    features = registry.features
    hook = {"not_pushed": lambda _session, payload: otherwise.append(payload["notification_id"])}
    registry.features = (*features, Feature(name="test", hooks=hook))
    tell(database, cast)
    deliver(app)
    tell(database, cast, key="2", notification_id=8)
    deliver(app)
    registry.features = features
    assert {one.channel for one in open_messages(database)} == {"mail"}, "and a letter goes in its place"
    assert otherwise == [7, 8], "it goes another way"
    with database.reading() as session:
        assert not reached_by_push(session, cast.anna.id)
    with database.writing() as session:
        assert actions.tidy(session) == 1


def test_what_was_seen_meanwhile_is_told_nowhere(app: Flask, database: Database, cast: Cast, service: Service) -> None:
    turned_on(database, cast.anna, service.phone("phone"))
    features = registry.features
    seen = Feature(name="test", hooks={"seen_meanwhile": lambda _session, number: number == 7})
    registry.features = (*features, seen)
    tell(database, cast)
    tell(database, cast, key="2", notification_id=8)
    deliver(app)
    registry.features = features
    assert [told["tag"] for told in service.phone("x").told] == []
    assert len(service.got) == 1


def test_what_has_passed_rings_on_no_phone(app: Flask, database: Database, cast: Cast, service: Service) -> None:
    turned_on(database, cast.anna, service.phone("phone"))
    now = clock.now()
    told = {"title": "Orli", "who": "Bashir", "starts_at": (now + timedelta(hours=6)).isoformat()}
    tell(database, cast, notice=TOMORROW.name, params=told, endpoint="communities.home")
    later = {**told, "starts_at": (now + timedelta(days=4)).isoformat()}
    tell(database, cast, "2", notice=TOMORROW.name, params=later, endpoint="communities.home", notification_id=8)
    deliver(app)
    assert len(service.got) == 1
    assert not open_messages(database), "nobody tries for ever"


def test_a_service_that_sends_elsewhere_is_not_followed(
    app: Flask, database: Database, cast: Cast, service: Service
) -> None:
    turned_on(database, cast.anna, service.phone("phone"))
    service.answers["/phone"] = [307]
    tell(database, cast)
    deliver(app)
    assert service.got == []
    [waits] = open_messages(database)
    assert "NotNow" in (waits.last_error or "")


def test_it_stops_with_the_sign_in(database: Database, cast: Cast) -> None:
    ends: list[Callable[[Session, int], object]] = [
        lambda session, number: end_session(session, cast.anna.id, number),
        lambda session, _number: sign_out_everywhere(session, cast.anna.id),  # a new password does it too
        lambda session, number: session.exec(
            update(SignInSession)
            .where(col(SignInSession.id) == number)
            .values(last_seen_at=clock.now() - timedelta(days=61))
        ),
    ]
    for place, end in enumerate(ends):
        with database.writing() as session:
            cast.anna.person.session_version = session.get(type(cast.anna.person), cast.anna.id).session_version
            number = signed_in(session, cast.anna)
            actions.turn_on(session, cast.anna.id, number, endpoint=f"https://x/{place}", public_key="k", secret="s")
            assert reached_by_push(session, cast.anna.id)
            end(session, number)
            assert not reached_by_push(session, cast.anna.id), place
    with database.writing() as session:
        assert actions.tidy(session) == len(ends)


def test_who_is_forgotten_has_no_device(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        number = signed_in(session, cast.anna)
        actions.turn_on(session, cast.anna.id, number, endpoint="https://x/1", public_key="k", secret="s")
        for hook in registry.hooks("person_forgotten"):
            hook(session, cast.anna.id)
        assert session.exec(select(PushSubscription)).all() == []


def test_a_phone_has_one_name(database: Database, cast: Cast) -> None:
    """Bashir signs in on Anna's phone: it tells her nothing any more."""
    with database.writing() as session:
        for member in (cast.anna, cast.bashir):
            number = signed_in(session, member)
            actions.turn_on(session, member.id, number, endpoint="https://x/1", public_key="k", secret="s")
        assert not reached_by_push(session, cast.anna.id)
        assert reached_by_push(session, cast.bashir.id)


def test_the_keys_of_a_device_are_sealed(database: Database, cast: Cast) -> None:
    with database.writing() as session:
        number = signed_in(session, cast.anna)
        actions.turn_on(session, cast.anna.id, number, endpoint="https://x/1", public_key="k", secret="s3cret")
        assert session.exec(select(PushSubscription)).one().secret == "s3cret"
        raw = session.connection().exec_driver_sql("SELECT secret FROM push_subscription").scalar_one()
        assert "s3cret" not in raw


WORKS = """
import os, signal, sys
from datetime import timedelta
from app import create_app
from foundation import clock
from foundation.feature import registry
from foundation.outbox import delivery
from foundation.settings import Settings
from foundation.web.state import installation

address, folder, place = sys.argv[1:]
app = create_app(Settings(env="test", database_url=address, data=folder, base_url="http://localhost", push_hosts=place))
tick_off = delivery._tick_off

def dies(session, claim):
    if claim.queue == "push_device":
        os.kill(os.getpid(), signal.SIGKILL)
    tick_off(session, claim)

delivery._tick_off = dies
channels = {name: one for name, one in registry.merged("channels").items() if name in ("push", "push_device")}
by_day = (clock.now() + timedelta(days=1)).replace(hour=11, minute=0, second=0, microsecond=0)
with app.app_context(), clock.at(by_day):
    while delivery.deliver_due(installation(app).database, channels):
        pass
"""


def test_killed_after_the_service_took_it(
    app: Flask, database: Database, cast: Cast, service: Service, tmp_path: Path
) -> None:
    phone, tablet = service.phone("phone"), service.phone("tablet")
    turned_on(database, cast.anna, phone)
    turned_on(database, cast.anna, tablet)
    tell(database, cast)
    address = database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", WORKS, address, str(tmp_path), service.place]
    killed = subprocess.run(command, capture_output=True, text=True, check=False)
    assert killed.returncode == -9, killed.stderr
    assert len(service.got) == 1
    deliver(app, LEASE)
    told = [*phone.told, *tablet.told]
    assert len(told) == 3, "one of the two comes again"
    assert len({each["id"] for each in told}) == 2, "and says so by its number"
    assert {each["tag"] for each in told} == {"notice:7"}


def test_settings_name_more_services() -> None:
    assert Settings(push_hosts="a.example, B.example:8443").push_services == ("a.example", "b.example:8443")
