"""Who enrols, and who keeps the list: the keepers of the center."""

from sqlalchemy import ColumnElement, and_
from sqlmodel import col

from civic_centers.enrolling.tables import Enrolment, EnrolRequest
from foundation.access import Actor, Permission
from foundation.errors import Missing

ENROL = Permission("member:enrolment:ask", ("member",), "Enrol oneself and one's household in activities")


def is_ours(actor: Actor, table: type[Enrolment] | type[EnrolRequest]) -> ColumnElement[bool]:
    """The condition that it is of a household or organisation of the actor."""
    return and_(col(table.community_id) == actor.community_id, col(table.party_id).in_(actor.party_ids))


def must_enrol(actor: Actor) -> int:
    """The party acted for. Raises Missing for who enrols nobody."""
    if not actor.may(ENROL):
        raise Missing()
    return actor.must_be_party()
