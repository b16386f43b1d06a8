"""Writing a broadcast, changing it, copying an old one; and what becomes of those of makers who leave."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import case, or_, update
from sqlmodel import col, delete, select

from community.broadcasts.policies import audience_named, reaches
from community.broadcasts.queries import broadcast_for, draft_of, manages
from community.broadcasts.rules import EVERYBODY, ZONES, Draft, checked, moved
from community.broadcasts.tables import Broadcast, BroadcastLink, BroadcastTelling, BroadcastZone
from community.communities.queries import community_of
from community.leaving.rules import Going
from community.zones.queries import zone_of
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing, Stale

GONE = "…"
"""What stands where makers told each other something, once one of them is gone."""


def start(session: Session, actor: Actor, draft: Draft) -> int:
    """Keep a first draft; gives its number. Raises Missing for who may not write to these people, Invalid."""
    author = actor.must_be_person()
    draft, zones = _accepted(session, actor, draft)
    one = Broadcast(community_id=actor.community_id, author_id=author, audience=draft.audience)
    one.object_id = draft.object_id
    _fill(one, draft)
    session.add(one)
    session.flush()
    _keep_parts(session, one, draft, zones)
    audit.record(session, actor, "wrote", "broadcast", one.id)
    return one.id or 0


def change(session: Session, actor: Actor, broadcast_id: int, draft: Draft, *, version: int) -> None:
    """Write it anew, as its author, until it goes out: whatever a second maker had said is void, and it is a draft.

    To whom it goes may change between zones and everybody, never to the people of another thing. Raises Missing,
    Invalid, Refused, Stale.
    """
    one = own_one(session, actor, broadcast_id, version)
    one.state = moved(one.state, "change")
    if one.object_id is not None:
        draft = replace(draft, audience=one.audience, object_id=one.object_id)
    draft, zones = _accepted(session, actor, draft)
    one.audience = draft.audience
    _fill(one, draft)
    as_draft(one)
    session.add(one)
    session.flush()
    _keep_parts(session, one, draft, zones)
    audit.record(session, actor, "changed", "broadcast", one.id)


def discard(session: Session, actor: Actor, broadcast_id: int) -> None:
    """Throw a draft away, as its author. Raises Missing, also for what is no draft."""
    one = broadcast_for(session, actor, broadcast_id, lock=True)
    if one.author_id != actor.person_id or one.state != "draft":
        raise Missing()
    audit.record(session, actor, "discarded", "broadcast", one.id)
    remove(session, [broadcast_id])


def copy(session: Session, actor: Actor, broadcast_id: int) -> int:
    """A new draft with the words of an old one, to the same people; gives its number.

    It is not urgent and has no moment. Raises Missing for who may not write to these people.
    """
    old = broadcast_for(session, actor, broadcast_id)
    if not manages(session, actor, old):
        raise Missing()
    purpose = "needed" if old.urgent else old.purpose
    draft = replace(draft_of(session, old), purpose=purpose, reason="", send_at=None)
    return start(session, actor, draft)


def own_one(session: Session, actor: Actor, broadcast_id: int, version: int) -> Broadcast:
    """One's own, locked, as it was read. Raises Missing, or Stale where it has changed since."""
    one = broadcast_for(session, actor, broadcast_id, lock=True)
    if one.author_id != actor.person_id or actor.is_on_behalf:
        raise Missing()
    check_version(one, version)
    return one


def check_version(one: Broadcast, version: int) -> None:
    """Raises Stale where it is not as it was read any more."""
    if one.version != version:
        raise Stale(N_("It has changed in the meantime."), advice=N_("Read it again as it is now."))


def as_draft(one: Broadcast) -> None:
    """Whatever was said and planned holds no more."""
    one.approved_by_id, one.approved_at, one.sent_off_at, one.counted, one.remark = None, None, None, 0, ""
    touch(one)


def touch(one: Broadcast) -> None:
    """It is another than what was read before."""
    one.version += 1
    one.changed_at = clock.now()


def end_with(session: Session, going: Going) -> None:
    """What somebody who leaves had not sent yet does not go out: drafts go, what was planned is stopped."""
    mine = (col(Broadcast.community_id) == going.community_id, col(Broadcast.author_id) == going.person_id)
    unsent = col(Broadcast.state).in_(("draft", "waiting", "planned", "sending"))
    statement = select(Broadcast).where(*mine, unsent).with_for_update().execution_options(populate_existing=True)
    for one in session.exec(statement):
        if one.state == "draft":
            remove(session, [one.id or 0])
            continue
        one.state = "stopped"
        one.ended_at = clock.now()
        touch(one)
        session.add(one)
        audit.record(session, None, "stopped", "broadcast", one.id, community_id=going.community_id)


def forget(session: Session, going: Going) -> None:
    """That somebody was told of something goes with them; what they wrote to many as a maker is the community's.

    What makers only wrote to each other about it, why it was urgent and what should change, goes too.
    """
    here = select(Broadcast.id).where(col(Broadcast.community_id) == going.community_id)
    theirs = or_(col(Broadcast.author_id) == going.person_id, col(Broadcast.approved_by_id) == going.person_id)
    session.exec(
        update(Broadcast)
        .where(col(Broadcast.community_id) == going.community_id, theirs)
        .values(
            reason=case((col(Broadcast.reason) == "", ""), else_=GONE),
            remark=case((col(Broadcast.remark) == "", ""), else_=GONE),
        )
        .execution_options(synchronize_session=False)
    )
    session.exec(
        delete(BroadcastTelling)
        .where(col(BroadcastTelling.person_id) == going.person_id, col(BroadcastTelling.broadcast_id).in_(here))
        .execution_options(synchronize_session=False)
    )


def remove(session: Session, ids: list[int]) -> None:
    """Take broadcasts and all that hangs on them out of the house."""
    session.flush()
    for table in (BroadcastTelling, BroadcastLink, BroadcastZone):
        session.exec(delete(table).where(col(table.broadcast_id).in_(ids)).execution_options(synchronize_session=False))
    session.exec(delete(Broadcast).where(col(Broadcast.id).in_(ids)).execution_options(synchronize_session=False))
    session.expire_all()


def _accepted(session: Session, actor: Actor, draft: Draft) -> tuple[Draft, tuple[int, ...]]:
    """The draft, tidy, with the zones to be kept with it. Raises Missing, Invalid."""
    usual = community_of(session, actor.community_id).languages[0]
    draft = checked(draft, usual, clock.now())
    zones = tuple(draft.zone_ids)
    if draft.audience == ZONES:
        if not zones:
            raise Invalid(N_("Choose at least one zone."), field="zones")
        for zone_id in zones:
            zone_of(session, actor.community_id, zone_id)
    elif draft.audience != EVERYBODY:
        where = audience_named(draft.audience).about(session, actor, draft.object_id or 0)[1]
        zones = (where,) if where is not None else ()
    if not reaches(session, actor, draft.audience, zones, draft.object_id):
        raise Missing()
    return draft, zones


def _fill(one: Broadcast, draft: Draft) -> None:
    one.subject, one.words = dict(draft.subject), dict(draft.words)
    one.purpose, one.reason = draft.purpose, draft.reason
    one.send_at = _to_the_minute(draft.send_at)


def _to_the_minute(moment: datetime | None) -> datetime | None:
    return moment.replace(second=0, microsecond=0) if moment is not None else None


def _keep_parts(session: Session, one: Broadcast, draft: Draft, zones: tuple[int, ...]) -> None:
    """Its zones and links, in place of those it had."""
    for table in (BroadcastZone, BroadcastLink):
        session.exec(
            delete(table).where(col(table.broadcast_id) == one.id).execution_options(synchronize_session="fetch")
        )
    session.flush()
    number = one.id or 0
    session.add_all(BroadcastZone(broadcast_id=number, zone_id=zone_id) for zone_id in zones)
    session.add_all(
        BroadcastLink(broadcast_id=number, position=position, words=link.words, url=link.url)
        for position, link in enumerate(draft.links, 1)
    )
    session.flush()
