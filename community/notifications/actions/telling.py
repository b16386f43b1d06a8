"""Telling people: a row in the app and one in the outbox, or a line on the makers' list of calls."""

from collections.abc import Mapping

from community.members.tables import Person
from community.notifications.queries import is_reached_by_push
from community.notifications.rules import Notice, matter_of, packed
from community.notifications.tables import CallToMake, Notification
from foundation import clock, outbox
from foundation.database import Session, insert_if_absent, insert_new
from foundation.outbox.rules import SECRET
from foundation.signals import signal

MAIL = "mail"
NOTICE = "notice"
"""The channel on which it is decided where a notice goes: see actions.routing."""


def notify(
    session: Session,
    *,
    person_id: int,
    community_id: int | None,
    notice: Notice,
    params: Mapping[str, object],
    endpoint: str = "",
    values: Mapping[str, object] | None = None,
    key: str | None = None,
    to: str | None = None,
    matter: str = "",
) -> bool:
    """Tell one person; whether anything was left for them. The same `key` tells the same person once.

    `endpoint` and `values` make the link (without the community, which is added). `to` is an address that is not
    theirs yet, for the one letter that asks whether it is. `matter` is what it is about (`thread:7`), where that is
    not the one thing in `values`. Letters about one's account go straight out; everything else stands in the app, and
    where else it goes is decided after the commit. Raises ValueError for parameters that the notice does not ask for.
    """
    filled = packed(notice, params)
    full_key = f"{notice.name}:{person_id}:{key}" if key else None
    person = session.get(Person, person_id)
    if person is None:
        raise ValueError(f"there is no person {person_id}")
    place = dict(values or {})
    payload = {
        "person_id": person_id,
        "community_id": community_id,
        "notice": notice.name,
        "params": filled,
        "endpoint": endpoint,
        "values": place,
    }
    if to is not None:
        return outbox.put(session, MAIL, {**payload, "to": to}, key=full_key)
    if person.email is None and not is_reached_by_push(session, person_id):
        return _by_voice(session, person_id, community_id, notice, filled, full_key)
    if notice.is_letter_only or SECRET in place:
        if person.email is None:
            return _by_voice(session, person_id, community_id, notice, filled, full_key)
        return outbox.put(session, MAIL, payload, key=full_key)
    return _keep(session, notice, payload, full_key, matter or matter_of(place))


def _by_voice(
    session: Session,
    person_id: int,
    community_id: int | None,
    notice: Notice,
    filled: Mapping[str, object],
    key: str | None,
) -> bool:
    """No letter and no telephone of theirs takes it."""
    if community_id is not None:
        list_for_calling(session, person_id, community_id, notice.name, filled, key)
    return False


def list_for_calling(
    session: Session,
    person_id: int,
    community_id: int,
    notice: str,
    filled: Mapping[str, object],
    key: str | None,
) -> None:
    """A maker of the zone tells them by voice."""
    if outbox.is_muted():
        return
    call = {
        "community_id": community_id,
        "person_id": person_id,
        "key": key,
        "notice": notice,
        "params": dict(filled),
        "since": clock.now(),
    }
    if insert_if_absent(session, CallToMake, call, conflict=["community_id", "key"]):
        signal(session, f"desk:{community_id}")


def lane_of(person_id: object, matter: str) -> str:
    """What a person is told of one matter is told in order; empty where it is about nothing in particular."""
    return f"{person_id}:{matter}" if matter else ""


def _keep(session: Session, notice: Notice, payload: Mapping[str, object], key: str | None, matter: str) -> bool:
    if outbox.is_muted():
        return False
    row = {
        **{name: payload[name] for name in ("person_id", "community_id", "notice", "params", "endpoint")},
        "key": key,
        "topic": notice.topic,
        "matter": matter,
        "urgent": notice.urgent,
        "place": payload["values"],
        "created_at": clock.now(),
        "way": "new",
    }
    notification_id = insert_new(session, Notification, row, conflict=["key"])
    if notification_id is None:
        return False
    lane = lane_of(payload["person_id"], matter)
    outbox.put(session, NOTICE, {**payload, "notification_id": notification_id}, key=key, lane=lane)
    signal(session, f"person:{payload['person_id']}")
    return True
