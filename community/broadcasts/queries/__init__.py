"""Broadcasts as makers and members see them, whom they reach, and what became of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_
from sqlalchemy import select as columns
from sqlmodel import col, select

from community.broadcasts.policies import READ, WRITE, audience_named, reaches, seen_by, within
from community.broadcasts.queries.outcomes import Outcome, notice_of, outcome_of
from community.broadcasts.rules import EVERYBODY, ZONES, Draft, Link
from community.broadcasts.tables import Broadcast, BroadcastLink, BroadcastRules, BroadcastTelling, BroadcastZone
from community.consents.queries import agrees_to
from community.members.queries import actor_for, standing
from community.members.tables import Membership, Person, RoleGrant
from community.moderation.policies import is_stopped
from community.resting.policies import is_resting
from community.zones.queries import zones_of
from community.zones.tables import Zone
from foundation.access import Actor
from foundation.database import Session, one_if_any
from foundation.errors import Missing

__all__ = [
    "PAGE",
    "Outcome",
    "Reach",
    "View",
    "approval_above",
    "author_of",
    "broadcast_for",
    "draft_of",
    "link_of",
    "links_of",
    "listing",
    "manages",
    "news_for",
    "notice_of",
    "number_waiting",
    "outcome_of",
    "reach_of",
    "recipients",
    "reported_broadcast",
    "view_for",
    "waiting_for",
    "who_may_approve",
    "zone_ids_of",
    "zones_to_write_to",
]

PAGE = 20


@dataclass(frozen=True)
class Reach:
    """How many people it reaches: with an address of their own, and those whom makers call."""

    written: int
    called: int

    @property
    def people(self) -> int:
        return self.written + self.called


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


def approval_above(session: Session, community_id: int) -> int:
    """Above how many people a second maker reads it first."""
    return (session.get(BroadcastRules, community_id) or BroadcastRules(community_id=community_id)).approval_above


def zones_to_write_to(session: Session, actor: Actor) -> list[Zone]:
    """The zones in use that the actor looks after."""
    mine = actor.zones_for(WRITE)
    return [zone for zone in zones_of(session, actor.community_id) if mine is None or zone.id in mine]


def recipients(session: Session, actor: Actor, broadcast: Broadcast, zone_ids: Collection[int]) -> Select[Any]:
    """The ids of the members it reaches now; `actor` is the author.

    Nobody whom the makers have paused or excluded; who rests is spared, unless it is urgent. News of the community are
    for who agreed to news (decision 49), where they do not concern a thing the person takes part in. No block between
    households stands between a maker and the people of a zone.
    """
    person = col(Membership.person_id)
    statement = columns(person).where(
        col(Membership.community_id) == broadcast.community_id,
        col(Membership.state) == "approved",
        ~is_stopped(broadcast.community_id, person),
    )
    if not broadcast.urgent:
        statement = statement.where(~is_resting(broadcast.community_id, person))
    if broadcast.purpose == "news" and broadcast.object_id is None:
        # What concerns an exchange of their own needs no such yes.
        statement = statement.where(agrees_to(broadcast.community_id, person, "news"))
    if broadcast.audience == ZONES:
        return statement.where(col(Membership.zone_id).in_(sorted(zone_ids)))
    if broadcast.audience == EVERYBODY:
        return statement
    of_thing = audience_named(broadcast.audience).people(session, actor, broadcast.object_id or 0)
    return statement.where(person.in_(of_thing))


def reach_of(session: Session, actor: Actor, broadcast: Broadcast, zone_ids: Collection[int]) -> Reach:
    """How many it reaches now, and how."""
    found = recipients(session, actor, broadcast, zone_ids).subquery()
    written, everybody = session.execute(
        columns(func.count(col(Person.email)), func.count())
        .select_from(found)
        .join(Person, col(Person.id) == found.c.person_id)
    ).one()
    return Reach(written, everybody - written)


def zone_ids_of(session: Session, broadcast_id: int) -> tuple[int, ...]:
    """The zones it goes to, or where its thing stands."""
    rows = select(BroadcastZone.zone_id).where(col(BroadcastZone.broadcast_id) == broadcast_id)
    return tuple(session.exec(rows.order_by(col(BroadcastZone.zone_id))))


def broadcast_for(session: Session, actor: Actor, broadcast_id: int, *, lock: bool = False) -> Broadcast:
    """One that a maker sees. Raises Missing. `lock` keeps others from changing it meanwhile."""
    statement = select(Broadcast).where(col(Broadcast.id) == broadcast_id, seen_by(actor))
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.exec(statement).one_or_none()
    if found is None:
        raise Missing()
    return found


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


def manages(session: Session, actor: Actor, broadcast: Broadcast) -> bool:
    """Whether the actor looks after everybody it goes to."""
    zones = zone_ids_of(session, broadcast.id or 0) if broadcast.audience == ZONES else ()
    return reaches(session, actor, broadcast.audience, zones, broadcast.object_id)


def who_may_approve(session: Session, broadcast: Broadcast) -> list[int]:
    """The other makers and administrators who look after everybody it goes to."""
    runs = select(RoleGrant.person_id).where(
        col(RoleGrant.community_id) == broadcast.community_id,
        col(RoleGrant.role).in_(("maker", "administrator")),
        col(RoleGrant.person_id) != broadcast.author_id,
        standing(),
    )
    people = sorted(set(session.exec(runs)))
    return [one for one in people if manages(session, actor_for(session, one, broadcast.community_id), broadcast)]


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


def _of(table: Any, broadcast: Broadcast) -> ColumnElement[bool]:
    same: ColumnElement[bool] = col(table.broadcast_id) == broadcast.id
    return same
