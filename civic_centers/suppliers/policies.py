"""Who keeps suppliers and their products: makers of the zone, and the purchasers they named. Everybody reads prices.

Solidarity purchasing shares this: whoever keeps the purchasing of a zone keeps its suppliers and its orders.
"""

from typing import Any

from sqlalchemy import ColumnElement, exists, false, or_, true
from sqlmodel import col, select

from civic_centers.suppliers.tables import Purchaser
from community.zones.tables import Zone
from foundation import clock
from foundation.access import Actor, Permission
from foundation.database import Session
from foundation.errors import Missing

RUN = Permission(
    "zone:purchasing:run",
    ("maker", "administrator"),
    "Keep the suppliers and the shared orders of the zone, and name the people in charge of purchasing",
)
KEEP = Permission(
    "member:purchasing:keep",
    ("member", "maker", "administrator"),
    "Keep the suppliers and the shared orders of a zone one was put in charge of",
)
SEE = Permission(
    "member:purchasing:see", ("member", "maker", "administrator"), "See the suppliers, their products and prices"
)


def in_force(moment: Any = None) -> tuple[ColumnElement[bool], ...]:
    """The conditions that a row of Purchaser gives something now: an end is looked at, whatever any job did."""
    now = clock.now() if moment is None else moment
    return col(Purchaser.starts_at) <= now, or_(col(Purchaser.ends_at).is_(None), col(Purchaser.ends_at) > now)


def keeps_zone(actor: Actor, zone_id: Any) -> ColumnElement[bool]:
    """The condition that the actor keeps the purchasing of the zone of this id, also in a column.

    It says nothing about the community: who asks has put `community_id` beside it. Never in another's place.
    """
    if actor.is_on_behalf or not actor.may(KEEP):
        return false()
    zones = actor.zones_for(RUN)
    if zones is None:
        return true()
    named = exists().where(
        col(Purchaser.zone_id) == zone_id,
        col(Purchaser.person_id) == actor.person_id,
        col(Purchaser.community_id) == actor.community_id,
        *in_force(),
    )
    if isinstance(zone_id, int):
        return true() if zone_id in zones else named
    return or_(zone_id.in_(zones), named)


def may_keep_in(session: Session, actor: Actor, zone_id: int) -> bool:
    """Whether the actor keeps the purchasing of a zone of their community."""
    here = select(col(Zone.id)).where(
        col(Zone.id) == zone_id, col(Zone.community_id) == actor.community_id, keeps_zone(actor, col(Zone.id))
    )
    return session.scalar(here) is not None


def must_keep_in(session: Session, actor: Actor, zone_id: int) -> None:
    """Raises Missing for everybody who does not keep the purchasing of the zone."""
    if not may_keep_in(session, actor, zone_id):
        raise Missing()


def zones_kept(session: Session, actor: Actor) -> list[int]:
    """The zones, still in use, whose purchasing the actor keeps, in the order in which they are shown."""
    found = (
        select(col(Zone.id))
        .where(
            col(Zone.community_id) == actor.community_id,
            col(Zone.retired_at).is_(None),
            keeps_zone(actor, col(Zone.id)),
        )
        .order_by(col(Zone.position), col(Zone.id))
    )
    return [number for number in session.scalars(found) if number is not None]


def must_run(actor: Actor, zone_id: int) -> None:
    """Raises Missing unless the actor makes the zone or runs the community: they name purchasers, and end that."""
    if actor.is_on_behalf or not actor.may(RUN, zone_id):
        raise Missing()
