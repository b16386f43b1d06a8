"""Needs that so many miss that the keepers are told."""

from sqlalchemy import ColumnElement
from sqlmodel import col, func, select

from civic_centers.centers.policies import kept
from civic_centers.centers.tables import Center
from civic_centers.wall.tables import WallNeed, WallSupport
from foundation.access import Actor
from foundation.database import Session


def number_for_keepers(actor: Actor) -> ColumnElement[int] | None:
    """At how many centers that the actor keeps something open is missed by five families or more."""
    if actor.person_id is None or actor.is_on_behalf:
        return None
    return (
        select(func.count(func.distinct(col(WallNeed.center_id))))
        .select_from(WallNeed)
        .join(Center, col(Center.id) == col(WallNeed.center_id))
        .where(kept(actor), ripe())
        .scalar_subquery()
    )


def ripe_for(session: Session, actor: Actor) -> list[tuple[Center, int]]:
    """These centers, and how many such needs hang there."""
    statement = (
        select(Center, func.count(col(WallNeed.id)))
        .join(WallNeed, col(WallNeed.center_id) == col(Center.id))
        .where(kept(actor), ripe())
        .group_by(col(Center.id))
        .order_by(col(Center.name))
    )
    return [(center, number) for center, number in session.execute(statement)]


def ripe() -> ColumnElement[bool]:
    """The condition on WallNeed that five families miss it and nothing is being made of it: time to begin."""
    joined = (
        select(func.count())
        .where(col(WallSupport.need_id) == col(WallNeed.id), col(WallSupport.kind) == "me_too")
        .correlate(WallNeed)
        .scalar_subquery()
    )
    enough = joined + col(WallNeed.on_paper) >= RIPE - 1
    return (col(WallNeed.state) == "open") & (col(WallNeed.became_kind) == "") & enough


RIPE = 5
"""From so many families on something is begun."""
