"""Sending: in batches, each person once, until it is over or stopped."""

from sqlmodel import col, select

from community.broadcasts.actions.approving import ask_for_approval
from community.broadcasts.actions.writing import as_draft, touch
from community.broadcasts.notices import GREW, NOT_SENT
from community.broadcasts.queries import (
    approval_above,
    broadcast_for,
    manages,
    notice_of,
    reach_of,
    recipients,
    zone_ids_of,
)
from community.broadcasts.rules import AUTHOR_GONE, BATCH, moved
from community.broadcasts.tables import Broadcast, BroadcastTelling
from community.communities.queries import community_of
from community.members.queries import actor_for, person_of
from community.notifications.actions import notify
from community.notifications.rules import Notice
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session, insert_if_absent
from foundation.errors import N_, Missing, Refused
from foundation.signals import signal


def begin(session: Session, broadcast_id: int, version: int) -> bool:
    """Begin to send what was planned and has not changed since; whether it is on its way now.

    Its author must still look after all these people, and a second maker is asked where they have become too many
    since it was counted.
    """
    one = _locked(session, broadcast_id)
    if one is None:
        return False
    if one.state == "sending":
        return True  # begun before, by a run that was killed
    if one.state != "planned" or one.version != version or (one.send_at is not None and one.send_at > clock.now()):
        return False
    author = actor_for(session, one.author_id, one.community_id)
    if not manages(session, author, one):
        _stop_without_author(session, one)
        return False
    people = reach_of(session, author, one, zone_ids_of(session, broadcast_id)).people
    if one.approved_by_id is None and people > approval_above(session, one.community_id):
        _ask_after_all(session, one, people)
        return False
    one.state = moved(one.state, "begin")
    one.started_at = clock.now()
    one.counted = people
    session.add(one)
    audit.record(session, None, "began", "broadcast", broadcast_id, community_id=one.community_id, people=people)
    signal(session, f"desk:{one.community_id}")
    return True


def tell_some(session: Session, broadcast_id: int, limit: int = BATCH) -> bool:
    """Tell so many who were not told yet; whether there may be more. Whoever stops it stops it between two batches."""
    one = _locked(session, broadcast_id)
    if one is None or one.state != "sending":
        return False
    author = actor_for(session, one.author_id, one.community_id)
    told = select(BroadcastTelling.person_id).where(col(BroadcastTelling.broadcast_id) == broadcast_id)
    everybody = recipients(session, author, one, zone_ids_of(session, broadcast_id)).subquery()
    waiting = select(everybody.c.person_id).where(everybody.c.person_id.not_in(told))
    found = list(session.scalars(waiting.order_by(everybody.c.person_id).limit(limit)))
    for person_id in found:
        _tell(session, one, person_id)
    if len(found) == limit:
        return True
    one.state = moved(one.state, "finish")
    one.ended_at = clock.now()
    touch(one)
    session.add(one)
    audit.record(session, None, "sent", "broadcast", broadcast_id, community_id=one.community_id)
    signal(session, f"desk:{one.community_id}")
    return False


def cancel(session: Session, actor: Actor, broadcast_id: int) -> None:
    """Take back what has not begun to go out, as its author or another maker of these people: it is a draft again.

    Raises Missing, and Refused where it is on its way already.
    """
    one = _to_call_off(session, actor, broadcast_id)
    one.state = moved(one.state, "cancel")
    as_draft(one)
    session.add(one)
    audit.record(session, actor, "cancelled", "broadcast", broadcast_id)
    signal(session, f"desk:{one.community_id}")


def stop(session: Session, actor: Actor, broadcast_id: int) -> None:
    """Tell nobody more: who was told was told. Raises Missing, and Refused where it is over already."""
    one = _to_call_off(session, actor, broadcast_id)
    if one.state == "planned":
        raise Refused(
            N_("It has not begun to go out yet."), advice=N_("Take it back instead: then you can change it, too.")
        )
    one.state = moved(one.state, "stop")
    one.ended_at = clock.now()
    touch(one)
    session.add(one)
    audit.record(session, actor, "stopped", "broadcast", broadcast_id)
    signal(session, f"desk:{one.community_id}")


def _to_call_off(session: Session, actor: Actor, broadcast_id: int) -> Broadcast:
    one = broadcast_for(session, actor, broadcast_id, lock=True)
    if actor.is_on_behalf or (one.author_id != actor.person_id and not manages(session, actor, one)):
        raise Missing()
    return one


def _tell(session: Session, one: Broadcast, person_id: int) -> None:
    values = {"broadcast_id": one.id, "person_id": person_id, "at": clock.now()}
    if not insert_if_absent(session, BroadcastTelling, values, conflict=["broadcast_id", "person_id"]):
        return
    notify(
        session,
        person_id=person_id,
        community_id=one.community_id,
        notice=notice_of(one),
        params={
            "community": community_of(session, one.community_id).name,
            "subject": one.subject,
            "words": one.words,
            "maker": person_of(session, one.author_id).given_name,
        },
        endpoint="broadcasts.read",
        values={"broadcast_id": one.id},
        key=str(one.id),
    )


def _stop_without_author(session: Session, one: Broadcast) -> None:
    one.state = moved(one.state, "stop")
    one.ended_at, one.remark = clock.now(), AUTHOR_GONE
    touch(one)
    session.add(one)
    audit.record(session, None, "stopped", "broadcast", one.id, community_id=one.community_id)
    _tell_author(session, one, NOT_SENT)


def _ask_after_all(session: Session, one: Broadcast, people: int) -> None:
    """More people than it may reach with one maker's word have come since it was counted."""
    one.counted = people
    try:
        ask_for_approval(session, one)
    except Refused:  # nobody is there to say yes: its author sees it as a draft, and reads why on sending it off
        one.state = "draft"
        as_draft(one)
        session.add(one)
    _tell_author(session, one, GREW)


def _tell_author(session: Session, one: Broadcast, notice: Notice) -> None:
    notify(
        session, person_id=one.author_id, community_id=one.community_id, notice=notice, params={},
        endpoint="broadcasts.show", values={"broadcast_id": one.id}, key=f"{one.id}-{one.version}",
    )  # fmt: skip


def _locked(session: Session, broadcast_id: int) -> Broadcast | None:
    statement = select(Broadcast).where(col(Broadcast.id) == broadcast_id).with_for_update()
    return session.exec(statement.execution_options(populate_existing=True)).one_or_none()
