"""Who pledges, who decides, and who sees what."""

from typing import Any

from sqlalchemy import ColumnElement, false, or_, true
from sqlmodel import col

from civic_centers.sponsors.rules import STANDING, OwnOrganisation
from civic_centers.sponsors.tables import Pledge
from community.moderation.policies import own_ids
from foundation.access import Actor, Permission
from foundation.errors import Missing

OFFER = Permission(
    "member:pledge:offer",
    ("member",),
    "Pledge and offer vouchers for the organisations one acts for, and redeem theirs",
)
DECIDE = Permission(
    "zone:pledge:decide",
    ("maker",),
    "Accept, record and thank what organisations give in the zone, and write it down for them",
)


def of_zones(actor: Actor, zone_id: Any) -> ColumnElement[bool]:
    """The condition that the actor decides in the zone of a column; what has none is every maker's."""
    if actor.is_on_behalf or not actor.may(DECIDE):
        return false()
    zones = actor.zones_for(DECIDE)
    if zones is None:
        return true()
    of_theirs: ColumnElement[bool] = or_(zone_id.is_(None), zone_id.in_(zones))
    return of_theirs


def decided_by(actor: Actor) -> ColumnElement[bool]:
    """The condition on Pledge that the actor looks after it as a maker: not what an organisation of theirs gives."""
    here = col(Pledge.community_id) == actor.community_id
    return here & of_zones(actor, col(Pledge.zone_id)) & col(Pledge.party_id).not_in(sorted(own_ids(actor)))


def shown() -> tuple[Any, ...]:
    """The conditions that a pledge is read by everybody: accepted, with the organisation's yes, not out of sight."""
    return col(Pledge.state).in_(STANDING), col(Pledge.is_public), col(Pledge.hidden_at).is_(None)


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """The condition on Pledge that the actor may look at all of it: the organisation, and makers of the zone."""
    here = col(Pledge.community_id) == actor.community_id
    own = col(Pledge.party_id).in_(sorted(own_ids(actor)))
    return here & or_(own, of_zones(actor, col(Pledge.zone_id)))


def must_decide(actor: Actor, zone_id: int | None, party_id: int, community_id: int) -> None:
    """Raises Missing for who makes not that zone, OwnOrganisation for a maker who acts for who gives."""
    if community_id != actor.community_id or actor.is_on_behalf or not actor.may(DECIDE, zone_id):
        raise Missing()
    if party_id in own_ids(actor) or party_id in actor.recorder_party_ids:
        raise OwnOrganisation()


def must_act(actor: Actor, party_id: int, community_id: int) -> None:
    """Raises Missing unless the actor acts for the organisation."""
    if community_id != actor.community_id or party_id not in own_ids(actor):
        raise Missing()
