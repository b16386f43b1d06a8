"""The channel `digest`: a summary is written in the reader's language, and goes out. Nothing to say is no letter."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _

from community.communities.tables import Community
from community.members.queries import actor_for
from community.members.tables import Person
from community.notifications.actions import queue_digests
from community.notifications.jobs import notice_named, page_of, readable, wishes_url
from community.notifications.queries import homes_of, params_outside, still_to_say, stops_of, wishes_of
from community.notifications.rules import DIGEST, TOPICS, DigestSection, first_moment, is_stale
from community.notifications.tables import Notification
from community.unsubscribing.pages import unsubscribe_url
from foundation import clock
from foundation.database import Database, Session
from foundation.feature import registry
from foundation.mail import Letter, mailbox_for
from foundation.outbox import Later, Undeliverable
from foundation.web.language import direction, language_tag
from foundation.web.state import settings

FIRST = 20
"""Sections of features with a smaller position stand before what was held back."""
Line = tuple[str, str]
"""What is said, and the address it leads to."""


def make_due(database: Database, _payload: Mapping[str, Any]) -> None:
    """The job: leave the summaries that are due in the outbox."""
    queue_digests(database)


def deliver_digest(session: Session, payload: Mapping[str, Any]) -> None:
    """Send one summary, unless there is nothing to say. Raises Undeliverable for who has no address any more."""
    person = session.get(Person, payload["person_id"])
    if person is None or person.email is None:
        raise Undeliverable("nobody to write to")
    homes = homes_of(session, payload["person_id"])
    wishes = wishes_of(session, payload["person_id"])
    if not homes or not wishes.by_mail or wishes.digest == "never":
        return  # they have left, or said meanwhile that they want none
    until = first_moment(clock.now(), homes[0].time_zone, wishes)
    if until > clock.now():
        raise Later(until)
    held = still_to_say(session, payload["notification_ids"])
    since = datetime.fromisoformat(payload["since"])
    parts = [part for home in homes if (part := _part(session, person, home, held, since))]
    if parts:
        mailbox_for(settings()).send(_letter(person, parts, homes[0], payload["outbox_id"]))


def _part(
    session: Session, person: Person, home: Community, held: Sequence[Notification], since: datetime
) -> dict[str, Any] | None:
    """What is said of one community: what was held back by topic, what features add, and what we ask."""
    with page_of(home, person.language):
        actor = actor_for(session, person.id or 0, home.id or 0)
        found = [section for hook in registry.hooks("digest_sections") for section in hook(session, actor, since)]
        added = [(one, (one.title, _lines(one))) for one in sorted(found, key=_position) if one.lines]
        sections = [said for one, said in added if one.position < FIRST]
        here = [one for one in held if one.community_id == home.id and not _is_too_late(one, home)]
        sections += _by_topic(session, here)
        sections += [said for one, said in added if one.position >= FIRST]
        asked = [one for _stop, one in stops_of(session, person.id or 0, open_only=True) if one.community_id == home.id]
        questions = [_line_of(session, one)[0] for one in asked]
        if not (questions or here or any(one.alone for one, _said in added)):
            return None
        return {
            "name": home.name,
            "sections": sections,
            "questions": questions,
            "questions_url": url_for("notifications.notices", _external=True),
        }


def _is_too_late(one: Notification, home: Community) -> bool:
    return is_stale(notice_named(one.notice), one.params, home.time_zone, clock.now())


def _by_topic(session: Session, held: Iterable[Notification]) -> list[tuple[str, list[Line]]]:
    found: dict[str, list[Line]] = {}
    for one in held:
        found.setdefault(one.topic, []).append(_line_of(session, one))
    # What stands after the colon helps to choose, and is too much above two lines.
    return [(_(words).partition(":")[0], found[topic]) for topic, words in TOPICS.items() if topic in found]


def _line_of(session: Session, one: Notification) -> Line:
    """What a letter's subject would have said, and its address."""
    notice = notice_named(one.notice)
    link = url_for(one.endpoint, _external=True, **one.place) if one.endpoint else ""
    return _(notice.subject, **readable(params_outside(session, one))), link


def _lines(section: DigestSection) -> list[Line]:
    return [
        (line.text, url_for(line.endpoint, _external=True, **line.values) if line.endpoint else "")
        for line in section.lines
    ]


def _position(section: DigestSection) -> int:
    return section.position


def _letter(person: Person, parts: Sequence[Mapping[str, Any]], home: Community, outbox_id: int) -> Letter:
    with page_of(home, person.language):
        stop = unsubscribe_url(person.id or 0, DIGEST)
        context = {
            "page_language": language_tag(person.language),
            "page_direction": direction(person.language),
            "subject": _("Your summary from %(community)s", community=home.name),
            "parts": parts,
            "person_name": person.given_name,
            "community_name": home.name,
            "settings_url": wishes_url(home),
            "stop_url": stop,
        }
        render = current_app.jinja_env.get_template
        return Letter(
            to=person.email or "",
            to_name=person.name,
            subject=str(context["subject"]),
            text=render("mail/digest.txt").render(context),
            html=render("mail/digest.html").render(context),
            reference=f"digest-{outbox_id}",
            language=person.language,
            unsubscribe_url=stop,
            list_id=f"{DIGEST}.{home.slug}" if stop else "",
            list_name=home.name if stop else "",
        )
