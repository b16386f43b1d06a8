"""Telling Anna something on her devices, and having it delivered as the worker does."""

from datetime import timedelta
from typing import Any

from flask import Flask

from community.joining.notices import DECLINED
from community.notifications.tables import Notification
from community.pushing import actions
from community.signing_in.actions import open_session
from community.signing_in.rules import Device
from foundation import clock, outbox
from foundation.database import Database, Session
from foundation.feature import registry
from foundation.outbox import deliver_due
from foundation.web.state import installation
from tests.cast import Cast, Member
from tests.community.pushing.service import Phone

CHANNELS = {"push", "push_device"}


def signed_in(session: Session, member: Member, system: str = "Android") -> int:
    return open_session(session, member.person, Device("Firefox", system), system, way="test", expected=True).session_id


def turned_on(database: Database, member: Member, phone: Phone) -> int:
    """The sign-in in which notices were turned on."""
    with database.writing() as session:
        number = signed_in(session, member, phone.name)
        actions.turn_on(session, member.id, number, endpoint=phone.endpoint, **phone.keys)
        return number


def tell(database: Database, cast: Cast, key: str = "1", **more: Any) -> None:
    """Leave a notice for Anna's devices."""
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
    """Deliver everything that is due."""
    channels = {name: channel for name, channel in registry.merged("channels").items() if name in CHANNELS}
    # By day, whatever the hour at which a test runs: nothing rings at night.
    by_day = (clock.now() + timedelta(days=1)).replace(hour=11, minute=0, second=0, microsecond=0)
    with app.app_context(), clock.at(by_day + later):
        while deliver_due(installation(app).database, channels):
            pass
