"""Who reads the record of deeds: makers what concerns their zones, everybody what concerns themselves."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, exists, false, true
from sqlalchemy.orm import aliased
from sqlmodel import col

from community.members.tables import Membership
from community.parties.tables import Party
from foundation.access import Actor, Permission
from foundation.personal import Whose

READ = Permission(
    "zone:deed:read", ("maker", "administrator"), "Search the record of what was done, within the zones looked after"
)

Reader = TypeVar("Reader", Actor, Whose)


def through(
    row_id: Any, condition: Callable[[Reader, Any], ColumnElement[bool]], column: Any, *joined: ColumnElement[bool]
) -> Callable[[Reader, Any], ColumnElement[bool]]:
    """A condition on a person or a party, asked of a thing that names them in a column.

    `through(Card.id, of_person, Card.person_id)`: the card with this id belongs to a person of whom the actor reads.
    `joined` ties further tables, where the column stands in another than the id.
    """

    def of_thing(reader: Reader, object_id: Any) -> ColumnElement[bool]:
        return exists().where(col(row_id) == object_id, *joined, condition(reader, col(column)))

    return of_thing


def in_zones(actor: Actor, zone_id: Any) -> ColumnElement[bool]:
    """The condition that a zone, in a column, is one whose record the actor reads."""
    zones = actor.zones_for(READ)
    if zones is None:
        return true()
    of_theirs: ColumnElement[bool] = zone_id.in_(zones) if zones else false()
    return of_theirs


def of_party(actor: Actor, party_id: Any) -> ColumnElement[bool]:
    """The condition that a party of the community lives in a zone whose record the actor reads."""
    # Under a name of its own, for what is asked may itself be a column of the same table; so below.
    one = aliased(Party)
    here = (col(one.id) == party_id, col(one.community_id) == actor.community_id)
    return exists().where(*here, in_zones(actor, col(one.zone_id)))


def of_person(actor: Actor, person_id: Any) -> ColumnElement[bool]:
    """The same of a person, by the zone they belong to the community in."""
    one = aliased(Membership)
    here = (col(one.person_id) == person_id, col(one.community_id) == actor.community_id)
    return exists().where(*here, in_zones(actor, col(one.zone_id)))


def of_another(actor: Actor, person_id: Any) -> ColumnElement[bool]:
    """The same, and never of oneself: for what others answered or decided about a person."""
    others: ColumnElement[bool] = person_id != actor.person_id
    return of_person(actor, person_id) & others


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
