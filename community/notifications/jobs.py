"""The channel `mail`: a notice becomes a letter in the reader's language, and goes out; `notice` decides whether."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from typing import Any

from flask import current_app, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from community.communities.tables import Community
from community.members.tables import Person
from community.notifications.actions import route_notice
from community.notifications.queries import USUAL_ZONE, is_seen, wishes_of
from community.notifications.rules import Notice, first_moment, is_stale, may_be_quiet
from community.unsubscribing.pages import unsubscribe_url
from foundation import clock
from foundation.database import Session
from foundation.feature import registry
from foundation.mail import Letter, mailbox_for
from foundation.outbox import Later, Undeliverable
from foundation.outbox.delivery import Handing
from foundation.web import formats
from foundation.web.language import direction, language_tag
from foundation.web.state import set_community_slug, settings

AT_HOME = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
"""Where `make run` serves, for links of an installation that was told no address of its own."""


def write_letter(session: Session, payload: Mapping[str, Any]) -> Handing | None:
    """One letter, ready to be sent. Raises Undeliverable when the person is gone, or has no address any more."""
    if "notification_id" in payload and is_seen(session, payload["notification_id"]):
        return None  # they have read it in the app meanwhile
    if is_too_late(payload):
        return None
    not_at_night(session, payload)
    person = session.get(Person, payload["person_id"])
    to = payload.get("to") or (person.email if person else None)
    if person is None or to is None:
        raise Undeliverable("nobody to write to")
    community = _community(session, payload["community_id"])
    with page_of(community, person.language):
        letter = _letter(payload, person, str(to), community)
    return partial(mailbox_for(settings()).send, letter)


def _community(session: Session, community_id: int | None) -> Community | None:
    """Kept by the session: the letters it prepares are mostly of one community, and it would forget it after each."""
    kept: dict[int | None, Community | None] = session.info.setdefault(Community, {})
    if community_id and community_id not in kept:
        kept[community_id] = session.get(Community, community_id)
    return kept.get(community_id)


def _zone(session: Session, community_id: int | None) -> str:
    community = _community(session, community_id)
    return community.time_zone if community is not None else USUAL_ZONE


def is_too_late(payload: Mapping[str, Any]) -> bool:
    """Whether what it speaks of has passed: what a server that was away would say then, says nothing any more."""
    zone = payload.get("zone", USUAL_ZONE)
    return is_stale(notice_named(payload["notice"]), payload["params"], zone, clock.now())


def not_at_night(session: Session, payload: Mapping[str, Any]) -> None:
    """Raises Later in the reader's quiet hours: what was held up, or is tried again, rings at no night either.

    Letters for which somebody waits in front of a page go at once, and so does what goes to an address not theirs yet.
    """
    if "to" in payload or ("notification_id" not in payload and notice_named(payload["notice"]).waited_for):
        return
    now, zone = clock.now(), payload.get("zone") or _zone(session, payload["community_id"])
    if not may_be_quiet(now, zone):
        return
    until = first_moment(now, zone, wishes_of(session, payload["person_id"]))
    if until > now:
        raise Later(until)


def decide(session: Session, payload: Mapping[str, Any]) -> None:
    """In the house: whether, where and when one notice goes out."""
    route_notice(session, notice_named(payload["notice"]), payload)


@contextmanager
def page_of(community: Community | None, language: str) -> Iterator[None]:
    """Links, languages and times as they are on a page of this community."""
    with current_app.test_request_context(base_url=settings().base_url or AT_HOME):
        if community is not None:
            set_community_slug(community.slug)
        with force_locale(language):
            yield


def _letter(payload: Mapping[str, Any], person: Person, to: str, community: Community | None) -> Letter:
    notice = notice_named(payload["notice"])
    params = readable(payload["params"])
    link = url_for(payload["endpoint"], _external=True, **payload["values"]) if payload["endpoint"] else ""
    # A letter to an address that is not theirs yet says nothing of what they chose.
    topic = notice.topic
    stop = unsubscribe_url(person.id or 0, topic) if "to" not in payload else ""
    context = {
        "page_language": language_tag(person.language),
        "page_direction": direction(person.language),
        "subject": _(notice.subject, **params),
        "body": [_(paragraph, **params) for paragraph in notice.body],
        "person_name": person.given_name,
        "community_name": community.name if community else "",
        "link_url": link,
        "link_text": _(notice.link),
        "settings_url": wishes_url(community) if "notification_id" in payload else "",
        "stop_url": stop,
    }
    render = current_app.jinja_env.get_template
    return Letter(
        to=to,
        to_name=person.name,
        subject=str(context["subject"]),
        text=render("mail/notice.txt").render(context),
        html=render("mail/notice.html").render(context),
        reference=f"notice-{payload['outbox_id']}",
        language=person.language,
        unsubscribe_url=stop,
        list_id=f"{topic}.{community.slug}" if stop and community else "",
        list_name=community.name if stop and community else "",
    )


def wishes_url(community: Community | None) -> str:
    """Where one chooses how to be reached; nowhere outside a community."""
    return url_for("notifications.wishes", _external=True) if community is not None else ""


def readable(params: Mapping[str, Any]) -> dict[str, object]:
    """What was packed with the notice, as words of the language being spoken."""
    return {name: _readable(name, value) for name, value in params.items()}


def _readable(name: str, value: Any) -> object:
    if isinstance(value, Mapping):
        return formats.in_words(value)
    if name.endswith("_minutes"):
        return formats.hours(value)
    if name.endswith("_at"):
        return formats.day_time(datetime.fromisoformat(value))
    if name.endswith("_on"):
        return formats.day(date.fromisoformat(value))
    return value


def notice_named(name: str) -> Notice:
    """The notice that some feature declares. Raises Undeliverable when none does any more."""
    for notice in registry.every("notices"):
        if notice.name == name:
            return notice  # type: ignore[no-any-return]  # the registry holds Notices here
    raise Undeliverable(f"no feature declares the notice {name!r}")
