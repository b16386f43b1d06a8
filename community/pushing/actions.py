"""Turning notices on a device on and off, and handing each notice to each device once."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import col

from community.notifications.actions import notify
from community.pushing.notices import TEST_LETTER, TEST_PUSH
from community.pushing.queries import device_to_tell, devices_of, is_dead, was_turned_on
from community.pushing.rules import MOST_DEVICES
from community.pushing.tables import PushSubscription
from foundation import audit, clock, outbox
from foundation.database import Session, insert_if_absent
from foundation.errors import Missing
from foundation.feature import registry

CHANNEL = "push"
"""One message for a person; it becomes one for each of their devices."""
DEVICE_CHANNEL = "push_device"

TEST_EVERY = timedelta(minutes=5)


def turn_on(session: Session, person_id: int, session_id: int, *, endpoint: str, public_key: str, secret: str) -> None:
    """Tell this browser of things from now on, for the sign-in that stands open in it. Twice changes nothing.

    What it was told before for somebody else, or in another sign-in, ends: whoever holds a phone has one name there.
    """
    values = {
        "person_id": person_id,
        "session_id": session_id,
        "public_key": public_key,
        "secret": secret,
        "created_at": clock.now(),
        "last_ok_at": None,
        "gone_at": None,
    }
    # One browser has one address; an older one of the same sign-in is worth nothing any more.
    here = (col(PushSubscription.session_id) == session_id, col(PushSubscription.endpoint) != endpoint)
    session.exec(delete(PushSubscription).where(*here))
    if not insert_if_absent(session, PushSubscription, {"endpoint": endpoint, **values}, conflict=["endpoint"]):
        session.exec(update(PushSubscription).where(col(PushSubscription.endpoint) == endpoint).values(**values))
    too_many = [device.id for device in devices_of(session, person_id)][MOST_DEVICES:]
    session.exec(delete(PushSubscription).where(col(PushSubscription.id).in_(too_many)))
    audit.record(session, None, "turned_on_push", "person", person_id, where=session_id)


def renew(session: Session, person_id: int, session_id: int, **told: str) -> None:
    """Take the new address of a browser that is told of things. Raises Missing where it was never, or no longer, so."""
    if not was_turned_on(session, person_id, session_id):
        raise Missing()
    turn_on(session, person_id, session_id, **told)


def turn_off(session: Session, person_id: int, subscription_id: int) -> None:
    """Tell this device of nothing any more. Raises Missing for one that is not theirs, or is told no longer."""
    mine = (col(PushSubscription.id) == subscription_id, col(PushSubscription.person_id) == person_id)
    if not session.exec(delete(PushSubscription).where(*mine)).rowcount:
        raise Missing()
    audit.record(session, None, "turned_off_push", "person", person_id)


def to_each_device(session: Session, payload: Mapping[str, Any]) -> None:
    """The channel `push`, in the house: a message for each device, so that trouble with one repeats nothing on another.

    Where none is told any more, the features that give `not_pushed(session, payload)` find another way.
    """
    devices = devices_of(session, payload["person_id"])
    kept = {name: value for name, value in payload.items() if name != "outbox_id"}
    for device in devices:
        outbox.put(
            session,
            DEVICE_CHANNEL,
            {**kept, "subscription_id": device.id},
            key=f"{payload['outbox_id']}:{device.id}",
            lane=str(device.id),
        )
    if not devices:
        no_device_left(session, kept)


def no_device_left(session: Session, payload: Mapping[str, Any]) -> None:
    """A notice that no device takes: other features may tell it otherwise."""
    for hook in registry.hooks("not_pushed"):
        hook(session, payload)


def note_told(session: Session, subscription_id: int) -> None:
    """The push service took a notice for this device."""
    told = update(PushSubscription).where(col(PushSubscription.id) == subscription_id)
    session.exec(told.values(last_ok_at=clock.now()))


def note_gone(session: Session, subscription_id: int, payload: Mapping[str, Any]) -> None:
    """The push service knows this device no longer. Was it the last one, the notice goes another way."""
    gone = update(PushSubscription).where(col(PushSubscription.id) == subscription_id)
    session.exec(gone.values(gone_at=clock.now()))
    if not devices_of(session, payload["person_id"]):
        no_device_left(session, {name: value for name, value in payload.items() if name != "subscription_id"})


def test_device(session: Session, person_id: int, subscription_id: int) -> bool:
    """Send a trial notice to one device; False when one was asked for in the last minutes. Raises Missing."""
    if device_to_tell(session, person_id, subscription_id) is None:
        raise Missing()
    payload: dict[str, object] = {
        "person_id": person_id,
        "community_id": None,
        "notice": TEST_PUSH.name,
        "params": {},
        "endpoint": "pushing.devices",
        "values": {},
        "subscription_id": subscription_id,
    }
    return outbox.put(session, DEVICE_CHANNEL, payload, key=f"test:{subscription_id}:{_few_minutes()}")


def test_letter(session: Session, person_id: int) -> bool:
    """Send a trial letter; False when one was asked for in the last minutes, or there is no address."""
    return notify(
        session,
        person_id=person_id,
        community_id=None,
        notice=TEST_LETTER,
        params={},
        endpoint="pushing.devices",
        key=_few_minutes(),
    )


def forget_devices(session: Session, person_id: int) -> None:
    """Let go of the devices of somebody who is forgotten."""
    session.exec(delete(PushSubscription).where(col(PushSubscription.person_id) == person_id))


def tidy(session: Session) -> int:
    """Drop the devices that are told of nothing any more, and say how many they were."""
    return int(session.exec(delete(PushSubscription).where(is_dead())).rowcount)


def _few_minutes() -> str:
    return str(int(clock.now().timestamp() // TEST_EVERY.total_seconds()))
