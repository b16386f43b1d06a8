"""Who reads the record of deeds: makers what concerns their zones, everybody what concerns themselves."""

from typing import Any

from sqlalchemy import ColumnElement, exists, false, true
from sqlmodel import col

from community.members.tables import Membership
from community.parties.tables import Party
from foundation.access import Actor, Permission
from foundation.personal import Whose

READ = Permission(
    "zone:deed:read", ("maker", "administrator"), "Search the record of what was done, within the zones looked after"
)


def in_zones(actor: Actor, zone_id: Any) -> ColumnElement[bool]:
    """The condition that a zone, in a column, is one whose record the actor reads."""
    zones = actor.zones_for(READ)
    if zones is None:
        return true()
    of_theirs: ColumnElement[bool] = zone_id.in_(zones) if zones else false()
    return of_theirs


def of_party(actor: Actor, party_id: Any) -> ColumnElement[bool]:
    """The condition that a party of the community lives in a zone whose record the actor reads."""
    here = (col(Party.id) == party_id, col(Party.community_id) == actor.community_id)
    return exists().where(*here, in_zones(actor, col(Party.zone_id)))


def of_person(actor: Actor, person_id: Any) -> ColumnElement[bool]:
    """The same of a person, by the zone they belong to the community in."""
    here = (col(Membership.person_id) == person_id, col(Membership.community_id) == actor.community_id)
    return exists().where(*here, in_zones(actor, col(Membership.zone_id)))


def is_myself(whose: Whose, person_id: Any) -> ColumnElement[bool]:
    """The condition that a person, in a column, is the one who reads about themselves."""
    same: ColumnElement[bool] = person_id == whose.person_id
    return same


def is_own_party(whose: Whose, party_id: Any) -> ColumnElement[bool]:
    """The condition that a party, in a column, is one they act for."""
    own: ColumnElement[bool] = party_id.in_(whose.party_ids)
    return own


def of_community(actor: Actor, _object_id: Any) -> ColumnElement[bool]:
    """The condition that the actor reads the record of the whole community."""
    return true() if actor.zones_for(READ) is None else false()
