"""Who rests, who sees that, and who looks after the quiet ones."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from community.members.tables import Membership
from community.resting.tables import Rest
from foundation.access import Actor, Permission
from foundation.errors import Missing

REST = Permission("member:rest:take", ("member",), "Rest for a while, come back, answer when asked how one is")
QUIET = Permission(
    "zone:quiet:read", ("maker", "administrator"), "See who was asked how they are and who rests, in the zone"
)


def is_resting(community: Any, person: Any) -> ColumnElement[bool]:
    """The condition that a person, given by id or in a column, rests in a community."""
    return exists().where(
        col(Rest.person_id) == person, col(Rest.community_id) == community, col(Rest.ended_at).is_(None)
    )


def must_look_after(actor: Actor, membership: Membership | None) -> Membership:
    """The membership of somebody quiet, for the makers of their zone. Raises Missing for anybody else."""
    if (
        membership is None
        or membership.community_id != actor.community_id
        or membership.state != "approved"
        or not actor.may(QUIET, membership.zone_id)
    ):
        raise Missing()
    return membership
