"""A notice arrives on each device once, encrypted; counted at a real push service."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlmodel import col, select

from community.pushing import actions
from community.pushing.queries import devices_of, reached_by_push
from exchanges.agreements.notices import TOMORROW
from foundation import clock
from foundation.database import Database
from foundation.feature import Feature, registry
from foundation.outbox import OutboxMessage
from tests.cast import Cast
from tests.community.pushing.service import Service
from tests.community.pushing.telling import deliver, tell, turned_on


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
