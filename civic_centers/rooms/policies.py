"""Who asks for rooms, and who reads what they are booked for."""

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select

from civic_centers.centers.policies import kept
from civic_centers.centers.tables import Center
from civic_centers.rooms.tables import Booking
from foundation.access import Actor, Permission

ASK = Permission("member:room:ask", ("member",), "Ask for a room of a civic center")


def is_read_by(actor: Actor) -> ColumnElement[bool]:
    """The condition on Booking that the actor may read all of it: their own, and those of centers they keep."""
    here = col(Booking.community_id) == actor.community_id
    of_kept = col(Booking.center_id).in_(select(col(Center.id)).where(kept(actor)))
    if actor.person_id is None or not actor.may(ASK):
        return here & of_kept
    own = or_(col(Booking.person_id) == actor.person_id, col(Booking.party_id).in_(actor.party_ids))
    return here & or_(own, of_kept)


def is_own(actor: Actor, booking: Booking) -> bool:
    """Whether it was made by the actor, or for a party they act for."""
    if actor.person_id is None or not actor.may(ASK):
        return False
    return booking.person_id == actor.person_id or booking.party_id in actor.party_ids
