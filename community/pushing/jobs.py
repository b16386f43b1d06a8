"""The channel `push_device`: a notice is rendered in the reader's language, encrypted, and handed over."""

import json
from collections.abc import Mapping
from email.utils import parseaddr
from functools import cache, partial
from typing import Any

import requests
from flask import url_for
from flask_babel import gettext as _
from pywebpush import WebPushException, webpush

from community.communities.tables import Community
from community.members.tables import Person
from community.notifications.jobs import is_too_late, not_at_night, notice_named, page_of, readable
from community.pushing.actions import note_gone, note_told
from community.pushing.queries import device_to_tell
from community.pushing.rules import LONGEST_TITLE, checked_endpoint, signing_pair, tag_of, topic_of
from community.pushing.tables import PushSubscription
from foundation.database import Session
from foundation.errors import Invalid
from foundation.feature import registry
from foundation.outbox import Undeliverable
from foundation.outbox.delivery import Ending, Handing
from foundation.web.language import direction
from foundation.web.state import settings

TIMEOUT = (5, 10)
"""Seconds for the connection and for the answer."""

KEPT_SECONDS = 24 * 3600
"""How long a push service keeps a notice for a phone that is off: what is older is read in the app."""


class NotNow(Exception):
    """The push service did not take it: try again later."""


def word_for_device(session: Session, payload: Mapping[str, Any]) -> Handing | None:
    """What one device is told, ready to be handed over. What has been seen meanwhile is told nowhere."""
    device = device_to_tell(session, payload["person_id"], payload["subscription_id"])
    if device is None or _is_seen(session, payload) or is_too_late(payload):
        return None
    not_at_night(session, payload)
    return partial(_tell, device, words_for(session, payload), payload)


def _tell(device: PushSubscription, words: Mapping[str, object], payload: Mapping[str, Any]) -> Ending:
    """Hand it over; a device that is gone is noted as such."""
    number = device.id or 0
    status = push(device, words, tag_of(payload), urgent=bool(payload.get("urgent")))
    if status in (404, 410):
        kept = {name: value for name, value in payload.items() if name != "outbox_id"}
        return lambda writing: note_gone(writing, number, kept)
    return lambda writing: note_told(writing, number)


def words_for(session: Session, payload: Mapping[str, Any]) -> dict[str, object]:
    """What the device is told: the subject, which may be read over a shoulder, and where a tap leads."""
    person = session.get(Person, payload["person_id"])
    if person is None:
        raise Undeliverable("nobody to tell")
    community = session.get(Community, payload["community_id"]) if payload["community_id"] else None
    notice = notice_named(payload["notice"])
    with page_of(community, person.language):
        has_secret = "secret" in payload["values"]
        path = url_for(payload["endpoint"], **payload["values"]) if payload["endpoint"] and not has_secret else "/"
        return {
            "id": payload["outbox_id"],
            "title": _(notice.subject, **readable(payload["params"]))[:LONGEST_TITLE],
            "body": community.name if community else "Reciproca",
            "path": path,
            "tag": tag_of(payload),
            "lang": person.language,
            "dir": direction(person.language),
        }


def push(device: PushSubscription, words: Mapping[str, object], tag: str, *, urgent: bool = False) -> int:
    """Hand it to the push service; gives its answer, 404 and 410 among them. Raises NotNow or Undeliverable."""
    here = settings()
    try:
        endpoint = checked_endpoint(device.endpoint, here.push_services)
        answer = webpush(
            {"endpoint": endpoint, "keys": {"p256dh": device.public_key, "auth": device.secret}},
            json.dumps(words, ensure_ascii=False),
            vapid_private_key=signing_pair(here.signing_key)[0],
            vapid_claims={"sub": f"mailto:{parseaddr(here.mail_from)[1]}"},
            timeout=TIMEOUT,
            ttl=KEPT_SECONDS,
            headers={"Topic": topic_of(tag), "Urgency": "high" if urgent else "normal"},
            requests_session=_line(),
        )
    except Invalid as error:
        raise Undeliverable(str(error)) from error
    except requests.RequestException as error:
        raise NotNow(f"the push service could not be reached: {type(error).__name__}") from error
    except WebPushException as error:
        return _refused(error)
    return int(answer.status_code) if isinstance(answer, requests.Response) else 201


def _refused(error: WebPushException) -> int:
    status = int(error.response.status_code) if isinstance(error.response, requests.Response) else 0
    if status in (404, 410):
        return status
    if status in (400, 413):
        raise Undeliverable(f"the push service refused it with {status}") from error
    raise NotNow(f"the push service answered {status}") from error


@cache
def _line() -> requests.Session:
    """Connections that are kept, and go nowhere but where they were sent: a push service redirects nobody."""
    line = requests.Session()
    line.max_redirects = 0
    return line


def _is_seen(session: Session, payload: Mapping[str, Any]) -> bool:
    """Whether what it tells was seen meanwhile: features that know give `seen_meanwhile(session, notification_id)`."""
    number = payload.get("notification_id")
    return number is not None and any(hook(session, number) for hook in registry.hooks("seen_meanwhile"))
