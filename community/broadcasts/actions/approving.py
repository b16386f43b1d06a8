"""Sending a broadcast off, and the yes of a second maker where it goes to many."""

from community.broadcasts.actions.writing import as_draft, check_version, own_one, touch
from community.broadcasts.notices import APPROVED, PLEASE_APPROVE, SENT_BACK
from community.broadcasts.queries import (
    approval_above,
    broadcast_for,
    manages,
    reach_of,
    who_may_approve,
    zone_ids_of,
)
from community.broadcasts.rules import LONGEST_REMARK, check_moment, moved
from community.broadcasts.tables import Broadcast
from community.members.queries import person_of
from community.notifications.actions import notify
from community.notifications.rules import Notice
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Refused
from foundation.jobs import enqueue
from foundation.signals import signal

SEND = "broadcasts.send"


def send_off(session: Session, actor: Actor, broadcast_id: int, *, version: int) -> str:
    """Let one's own draft go: at once, at its moment, or to a second maker first. Gives the state it is in now.

    Raises Missing, Stale, Invalid for a moment that is past meanwhile, and Refused where it would reach nobody.
    """
    one = own_one(session, actor, broadcast_id, version)
    if one.state != "draft":
        moved(one.state, "wait")  # says that it has gone on
        raise Missing()
    if not manages(session, actor, one):
        raise Missing()
    check_moment(one.send_at, clock.now())
    people = reach_of(session, actor, one, zone_ids_of(session, broadcast_id)).people
    if not people:
        raise Refused(
            N_("There is nobody to read it."), advice=N_("Choose other zones, or wait until somebody has answered.")
        )
    one.counted, one.sent_off_at, one.remark = people, clock.now(), ""
    audit.record(session, actor, "sent_off", "broadcast", broadcast_id, people=people)
    if people > approval_above(session, actor.community_id):
        ask_for_approval(session, one)
    else:
        plan(session, one)
    return one.state


def approve(session: Session, actor: Actor, broadcast_id: int, *, version: int) -> None:
    """A second maker says yes to exactly what they read; it goes out at its moment, or at once.

    Two who say so at the same instant say it once. Raises Missing, also to its author; Stale, Refused.
    """
    one = _for_second_maker(session, actor, broadcast_id, version)
    moved(one.state, "plan")
    one.approved_by_id, one.approved_at = actor.must_be_person(), clock.now()
    audit.record(session, actor, "approved", "broadcast", broadcast_id)
    plan(session, one)
    _tell_author(session, actor, one, APPROVED)


def send_back(session: Session, actor: Actor, broadcast_id: int, remark: str, *, version: int) -> None:
    """A second maker would change something, and says what: it is a draft again. Raises Missing, Stale, Invalid."""
    words = " ".join(remark.split())
    if not words or len(words) > LONGEST_REMARK:
        raise Invalid(N_("Say why, in a few words."), field="remark")
    one = _for_second_maker(session, actor, broadcast_id, version)
    one.state = moved(one.state, "send_back")
    as_draft(one)
    one.remark = words
    session.add(one)
    audit.record(session, actor, "sent_back", "broadcast", broadcast_id)
    _tell_author(session, actor, one, SENT_BACK)
    signal(session, f"desk:{one.community_id}")


def ask_for_approval(session: Session, one: Broadcast) -> None:
    """Let it wait for a second maker, and tell those who may say yes. Raises Refused where there is nobody."""
    others = who_may_approve(session, one)
    if not others:
        raise Refused(
            N_("So many people need the yes of a second maker, and there is nobody else who looks after all of them."),
            advice=N_("Write to fewer people, or ask an administrator to name a second maker."),
        )
    one.state = moved(one.state, "wait")
    touch(one)
    session.add(one)
    session.flush()
    author = person_of(session, one.author_id).given_name
    for person_id in others:
        notify(
            session, person_id=person_id, community_id=one.community_id, notice=PLEASE_APPROVE,
            params={"who": author, "people": one.counted}, endpoint="broadcasts.show",
            values={"broadcast_id": one.id}, key=f"{one.id}-{one.version}",
        )  # fmt: skip
    signal(session, f"desk:{one.community_id}")


def plan(session: Session, one: Broadcast) -> None:
    """Let it go out at its moment; where that has passed while it waited, at once."""
    one.state = moved(one.state, "plan")
    touch(one)
    session.add(one)
    session.flush()
    enqueue(
        session, SEND, {"broadcast_id": one.id, "version": one.version},
        due_at=one.send_at, key=f"{one.id}:{one.version}",
    )  # fmt: skip
    signal(session, f"desk:{one.community_id}")


def _for_second_maker(session: Session, actor: Actor, broadcast_id: int, version: int) -> Broadcast:
    one = broadcast_for(session, actor, broadcast_id, lock=True)
    if one.author_id == actor.recorder_id or not manages(session, actor, one):
        raise Missing()
    check_version(one, version)
    return one


def _tell_author(session: Session, actor: Actor, one: Broadcast, notice: Notice) -> None:
    who = person_of(session, actor.must_be_person()).given_name
    notify(
        session, person_id=one.author_id, community_id=one.community_id, notice=notice,
        params={"who": who}, endpoint="broadcasts.show", values={"broadcast_id": one.id},
        key=f"{one.id}-{one.version}",
    )  # fmt: skip
