"""Who writes to many at once, who approves it, and who reads what was sent."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, exists, false, or_, true
from sqlmodel import col

from community.broadcasts.rules import EVERYBODY, ZONES
from community.broadcasts.tables import Broadcast, BroadcastZone
from foundation.access import Actor, Permission
from foundation.database import Session
from foundation.errors import Missing
from foundation.feature import Audience, registry

WRITE = Permission(
    "zone:broadcast:write",
    ("maker", "administrator"),
    "Write to the people of the zone together, approve what another maker wrote, see what was sent",
)
READ = Permission("member:broadcast:read", ("member", "maker", "administrator"), "Read what makers wrote to oneself")


def audience_named(kind: str) -> Audience:
    """The kind of audience that some feature declares. Raises Missing."""
    for audience in registry.every("audiences"):
        if audience.kind == kind:
            return audience  # type: ignore[no-any-return]  # the registry holds Audiences here
    raise Missing()


def reaches(session: Session, actor: Actor, audience: str, zone_ids: Collection[int], object_id: int | None) -> bool:
    """Whether the actor looks after everybody it goes to: so they may write it, approve it, and call it off."""
    if not actor.may(WRITE) or actor.is_on_behalf:
        return False
    zones = actor.zones_for(WRITE)
    if audience == EVERYBODY:
        return zones is None
    if audience == ZONES:
        return bool(zone_ids) and (zones is None or set(zone_ids) <= set(zones))
    return object_id is not None and audience_named(audience).may(session, actor, object_id)


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """The condition that a maker sees a broadcast: their own, and what was sent off to people they look after."""
    if not actor.may(WRITE):
        return false()
    theirs = and_(col(Broadcast.state) != "draft", _near(actor))
    return and_(
        col(Broadcast.community_id) == actor.community_id, or_(col(Broadcast.author_id) == actor.person_id, theirs)
    )


def within(actor: Actor) -> ColumnElement[bool]:
    """The condition that everybody it goes to lives in zones that the actor looks after, as `reaches` says in full."""
    zones = actor.zones_for(WRITE)
    if zones is None:
        return true()
    of_it = col(BroadcastZone.broadcast_id) == col(Broadcast.id)
    beyond = exists().where(of_it, col(BroadcastZone.zone_id).not_in(zones))
    return and_(col(Broadcast.audience) != EVERYBODY, exists().where(of_it), ~beyond)


def _near(actor: Actor) -> ColumnElement[bool]:
    """What goes to everybody, or to a zone that the actor looks after."""
    zones = actor.zones_for(WRITE)
    if zones is None:
        return true()
    of_theirs = exists().where(
        col(BroadcastZone.broadcast_id) == col(Broadcast.id), col(BroadcastZone.zone_id).in_(zones)
    )
    return or_(col(Broadcast.audience) == EVERYBODY, of_theirs)
