"""Broadcasts as makers and members see them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, or_
from sqlalchemy import select as columns
from sqlmodel import col, select

from community.broadcasts.policies import READ, WRITE, audience_named, reaches, seen_by, within
from community.broadcasts.queries.reaching import broadcast_for, zone_ids_of
from community.broadcasts.rules import EVERYBODY, ZONES, Draft, Link
from community.broadcasts.tables import Broadcast, BroadcastLink, BroadcastTelling, BroadcastZone
from community.members.tables import Membership, Person
from community.zones.tables import Zone
from foundation.access import Actor
from foundation.database import Session, one_if_any
from foundation.errors import Missing

PAGE = 20


@dataclass(frozen=True)
class View:
    """All that a page says about one broadcast."""

    broadcast: Broadcast
    author: str
    approver: str
    whom: str
    """What the thing is called, or the zones; empty for the whole community."""
    kind_words: str
    """Who the people of the thing are, as an English sentence of the catalogue; empty for zones."""
    zone_ids: tuple[int, ...]
    links: tuple[BroadcastLink, ...]
    is_own: bool
    may_manage: bool
    """Whether the actor looks after everybody it goes to."""


def view_for(session: Session, actor: Actor, broadcast_id: int) -> View:
    """One that a maker sees, with all that its page says. Raises Missing."""
    found = broadcast_for(session, actor, broadcast_id)
    return _view(session, actor, found)


def news_for(session: Session, actor: Actor, broadcast_id: int) -> View:
    """One as members read it: whoever was told, who lives in its zones, and makers who see it. Raises Missing."""
    me = actor.must_be_person()
    told = exists().where(
        col(BroadcastTelling.broadcast_id) == col(Broadcast.id), col(BroadcastTelling.person_id) == me
    )
    my_zone = (
        exists()
        .where(col(BroadcastZone.broadcast_id) == col(Broadcast.id))
        .where(
            col(BroadcastZone.zone_id).in_(
                select(Membership.zone_id).where(
                    col(Membership.person_id) == me, col(Membership.community_id) == actor.community_id
                )
            )
        )
    )
    near = or_(col(Broadcast.audience) == EVERYBODY, (col(Broadcast.audience) == ZONES) & my_zone)
    is_out = col(Broadcast.started_at).is_not(None) & col(Broadcast.hidden_at).is_(None)
    statement = select(Broadcast).where(
        col(Broadcast.id) == broadcast_id,
        col(Broadcast.community_id) == actor.community_id,
        or_(is_out & or_(told, near), seen_by(actor)),
    )
    found = session.exec(statement).one_or_none()
    if found is None or not (actor.may(READ) and actor.is_member):
        raise Missing()
    return _view(session, actor, found)


def link_of(session: Session, actor: Actor, broadcast_id: int, position: int) -> BroadcastLink:
    """A link of one that the actor may read. Raises Missing."""
    news_for(session, actor, broadcast_id)
    link = session.get(BroadcastLink, (broadcast_id, position))
    if link is None:
        raise Missing()
    return link


def listing(session: Session, actor: Actor, *, before: int | None = None) -> list[tuple[Broadcast, str, str]]:
    """What a maker sees, with the author's name and the zones: the newest first; one more than a page where more are.

    Raises Missing for who is no maker.
    """
    if not actor.may(WRITE):
        raise Missing()
    statement = (
        columns(Broadcast, Person)
        .join(Person, col(Person.id) == col(Broadcast.author_id))
        .where(seen_by(actor))
        .order_by(col(Broadcast.id).desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        statement = statement.where(col(Broadcast.id) < before)
    rows = session.execute(statement).all()
    zones = _zone_names(session, [one.id for one, _author in rows])
    return [(one, author.name, ", ".join(zones.get(one.id, ()))) for one, author in rows]


def waiting_for(session: Session, actor: Actor) -> list[Broadcast]:
    """What other makers wrote and the actor may approve, the oldest first."""
    return list(session.exec(select(Broadcast).where(*_awaits(actor)).order_by(col(Broadcast.id))))


def number_waiting(actor: Actor) -> ColumnElement[int] | None:
    """1 where there is something to approve, as an expression."""
    if not actor.may(WRITE) or actor.person_id is None or actor.is_on_behalf:
        return None
    return one_if_any(columns(col(Broadcast.id)).where(*_awaits(actor)))


def draft_of(session: Session, broadcast: Broadcast) -> Draft:
    """What was written, as it is written."""
    return Draft(
        audience=broadcast.audience,
        subject=broadcast.subject,
        words=broadcast.words,
        zone_ids=zone_ids_of(session, broadcast.id or 0) if broadcast.audience == ZONES else (),
        object_id=broadcast.object_id,
        links=[Link(one.words, one.url) for one in links_of(session, broadcast.id or 0)],
        purpose=broadcast.purpose,
        reason=broadcast.reason,
        send_at=broadcast.send_at,
    )


def links_of(session: Session, broadcast_id: int) -> Sequence[BroadcastLink]:
    """Its links, in their order."""
    statement = select(BroadcastLink).where(col(BroadcastLink.broadcast_id) == broadcast_id)
    return session.exec(statement.order_by(col(BroadcastLink.position))).all()


def reported_broadcast(session: Session, actor: Actor, broadcast_id: int) -> tuple[str, int | None, int | None]:
    """What makers read of one that was reported. Raises Missing where the actor may not read it."""
    found = news_for(session, actor, broadcast_id)
    texts = found.broadcast
    said = " — ".join([*texts.subject.values(), *texts.words.values()])
    return said, (found.zone_ids[0] if found.zone_ids else None), None


def author_of(session: Session, broadcast_id: int) -> int | None:
    """Who wrote it."""
    return session.scalar(select(Broadcast.author_id).where(col(Broadcast.id) == broadcast_id))


def _view(session: Session, actor: Actor, found: Broadcast) -> View:
    number = found.id or 0
    names = dict(
        session.execute(
            columns(col(Person.id), col(Person.given_name)).where(
                col(Person.id).in_([found.author_id, found.approved_by_id or found.author_id])
            )
        ).all()
    )
    zones = zone_ids_of(session, number)
    kind, whom = "", ", ".join(_zone_names(session, [number]).get(number, ()))
    if found.object_id is not None:
        audience = audience_named(found.audience)
        kind, whom = audience.words, _name_of_thing(session, actor, found)
    return View(
        broadcast=found,
        author=names.get(found.author_id, ""),
        approver=names.get(found.approved_by_id, "") if found.approved_by_id else "",
        whom=whom,
        kind_words=kind,
        zone_ids=zones,
        links=tuple(links_of(session, number)),
        is_own=found.author_id == actor.person_id,
        may_manage=reaches(session, actor, found.audience, zones, found.object_id),
    )


def _name_of_thing(session: Session, actor: Actor, broadcast: Broadcast) -> str:
    try:
        return audience_named(broadcast.audience).about(session, actor, broadcast.object_id or 0)[0]
    except Missing:  # it is gone, or not for this reader any more: what was written about it is
        return ""


def _zone_names(session: Session, ids: Collection[int | None]) -> dict[int, list[str]]:
    statement = (
        columns(col(BroadcastZone.broadcast_id), col(Zone.name))
        .join(Zone, col(Zone.id) == col(BroadcastZone.zone_id))
        .where(col(BroadcastZone.broadcast_id).in_([one for one in ids if one is not None]))
        .order_by(col(Zone.position), col(Zone.name))
    )
    found: dict[int, list[str]] = {}
    for number, name in session.execute(statement):
        found.setdefault(number, []).append(name)
    return found


def _awaits(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        seen_by(actor),
        within(actor),
        col(Broadcast.state) == "waiting",
        col(Broadcast.author_id) != actor.person_id,
    )
