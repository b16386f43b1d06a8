"""Who opens centers and who keeps them. Everybody may look at one: it is a public place."""

from typing import Any

from sqlalchemy import ColumnElement, exists, or_
from sqlmodel import col, select

from civic_centers.centers.tables import Center, CenterKeeper
from foundation import clock
from foundation.access import Actor, Permission
from foundation.database import Session
from foundation.errors import Missing

OPEN = Permission(
    "zone:center:open", ("maker", "administrator"), "Open civic centers in the zone, and keep every one of them"
)
KEEP = Permission(
    "member:center:keep", ("member", "maker", "administrator"), "Keep the civic centers one was made a keeper of"
)


def in_force(moment: Any = None) -> tuple[ColumnElement[bool], ...]:
    """The conditions that a row of CenterKeeper gives something now: an end is looked at, whatever any job did."""
    now = clock.now() if moment is None else moment
    return col(CenterKeeper.starts_at) <= now, or_(col(CenterKeeper.ends_at).is_(None), col(CenterKeeper.ends_at) > now)


def is_kept_by(actor: Actor, center_id: Any) -> ColumnElement[bool]:
    """The condition that the actor was made a keeper of the center of this id, also in a column."""
    return exists().where(
        col(CenterKeeper.center_id) == center_id, col(CenterKeeper.person_id) == actor.person_id, *in_force()
    )


def kept(actor: Actor) -> ColumnElement[bool]:
    """The condition on Center that the actor keeps it, or runs its zone."""
    here = col(Center.community_id) == actor.community_id
    if actor.is_on_behalf or not actor.may(KEEP):
        return here & col(Center.id).is_(None)
    zones = actor.zones_for(OPEN)
    if zones is None:
        return here
    return here & or_(col(Center.zone_id).in_(zones), is_kept_by(actor, col(Center.id)))


def may_keep(session: Session, actor: Actor, center_id: int) -> bool:
    """Whether the actor keeps a center: its keepers, makers of its zone, administrators. Never in another's place."""
    if not actor.may(KEEP) or actor.is_on_behalf:
        return False
    return session.scalar(select(col(Center.id)).where(col(Center.id) == center_id, kept(actor))) is not None


def must_keep(session: Session, actor: Actor, center_id: int) -> None:
    """Raises Missing for everybody else."""
    if not may_keep(session, actor, center_id):
        raise Missing()


def must_run(actor: Actor, center: Center) -> None:
    """Raises Missing unless the actor makes its zone or runs the community: they open, close and choose keepers."""
    if center.community_id != actor.community_id or actor.is_on_behalf or not actor.may(OPEN, center.zone_id):
        raise Missing()
