"""Deciding where one notice goes, in the transaction in which its row in the outbox is ticked off: exactly once."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, select

from community.members.tables import Person
from community.notifications.actions.telling import MAIL, lane_of, list_for_calling
from community.notifications.queries import params_outside, reach_of, told_before, wishes_of
from community.notifications.rules import Notice, Route, good_until, route
from community.notifications.tables import NoticeStop, Notification
from foundation import clock, outbox
from foundation.database import Session, insert_if_absent

PUSH = "push"


def route_notice(session: Session, notice: Notice, payload: Mapping[str, Any]) -> None:
    """Send one notice on by letter or push, hold it for the summary, or leave it in the app.

    Notices of one person are decided one after the other: so there are never more than they wish.
    """
    person = session.exec(
        select(Person).where(col(Person.id) == payload["person_id"]).with_for_update(key_share=True)
    ).one_or_none()
    one = session.get(Notification, payload["notification_id"])
    if person is None or one is None or one.way != "new":
        return
    if one.seen_at is not None:
        one.way = "app"
        return
    wishes = wishes_of(session, one.person_id)
    reach = reach_of(session, person, one.community_id)
    before = told_before(session, one, reach.zone, wishes)
    chosen = route(
        clock.now(), one.topic, wishes, reach, before,
        urgent=notice.urgent, asked_for=notice.asked_for, promised=notice.promised,
        until=good_until(notice, one.params, reach.zone),
    )  # fmt: skip
    one.way, one.digest_at = chosen.way, chosen.digest_at
    one.told_at = chosen.push_at or chosen.mail_at
    if chosen.asks:
        _stop(session, one)
    if chosen.way == "call" and one.community_id is not None:
        list_for_calling(session, one.person_id, one.community_id, one.notice, one.params, one.key)
    _send(session, one, payload, chosen, reach.zone)


def _send(session: Session, one: Notification, payload: Mapping[str, Any], chosen: Route, zone: str) -> None:
    """Leave it for the channels. Each asks before it goes out whether it was seen meanwhile."""
    said = {name: value for name, value in payload.items() if name != "outbox_id"}
    said["params"] = params_outside(session, one)
    said.update(matter=one.matter, urgent=one.urgent, zone=zone)
    key, lane = f"notification:{one.id}", lane_of(one.person_id, one.matter)
    if chosen.push_at is not None:
        outbox.put(session, PUSH, said, key=key, due_at=chosen.push_at, lane=lane)
    if chosen.mail_at is not None:
        outbox.put(session, MAIL, said, key=key, due_at=chosen.mail_at, lane=lane)


def tell_otherwise(session: Session, payload: Mapping[str, Any]) -> None:
    """A push that no device takes any more: a letter goes in its place, or a maker calls. Twice changes nothing."""
    one = session.get(Notification, payload.get("notification_id"))
    person = session.get(Person, payload["person_id"])
    if one is None or person is None or one.seen_at is not None:
        return
    key, lane = f"notification:{one.id}", lane_of(one.person_id, one.matter)
    if person.email is not None and wishes_of(session, one.person_id).by_mail:
        outbox.put(session, MAIL, payload, key=key, lane=lane)
    elif person.email is None and one.community_id is not None:
        list_for_calling(session, one.person_id, one.community_id, one.notice, one.params, one.key)


def _stop(session: Session, one: Notification) -> None:
    """Stop this kind, and ask whether to go on."""
    asked = {"person_id": one.person_id, "notice": one.notice, "asked_at": clock.now(), "answer": ""}
    if not insert_if_absent(session, NoticeStop, asked, conflict=["person_id", "notice"]):
        stop = session.get_one(NoticeStop, (one.person_id, one.notice))
        stop.asked_at, stop.answer, stop.answered_at = clock.now(), "", None
