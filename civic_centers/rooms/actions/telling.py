"""Telling keepers who asks for a room, and who booked what became of it. What it is for stands on the page alone."""

from collections.abc import Collection

from civic_centers.centers.tables import Center
from civic_centers.rooms.tables import Booking, Room
from community.notifications.actions import notify
from community.notifications.rules import Notice
from community.parties.queries import acts_for, people_of
from foundation.access import Actor
from foundation.database import Session


def tell_keepers(
    session: Session,
    actor: Actor | None,
    booking: Booking,
    room: Room,
    notice: Notice,
    people: Collection[int],
    *,
    key: str,
) -> None:
    """Tell those who keep the center, but for who did it."""
    for person_id in people:
        if actor is None or person_id not in (actor.person_id, actor.recorder_id):
            _tell(session, person_id, booking, room, notice, key=key)


def tell_booker(
    session: Session, actor: Actor | None, booking: Booking, room: Room, notice: Notice, *, key: str
) -> None:
    """Tell who booked; where they no longer act for the party, who does now."""
    person_id, party_id = booking.person_id, booking.party_id
    people = [person_id] if person_id is not None else []
    if party_id is not None and (person_id is None or not acts_for(session, person_id, party_id)):
        people = [person.id or 0 for person in people_of(session, party_id)]
    tell_keepers(session, actor, booking, room, notice, people, key=key)


def _tell(session: Session, person_id: int, booking: Booking, room: Room, notice: Notice, *, key: str) -> None:
    center = session.get_one(Center, booking.center_id)
    said = {"center": center.name, "room": room.name, "starts_at": booking.starts_at}
    notify(
        session,
        person_id=person_id,
        community_id=booking.community_id,
        notice=notice,
        params=notice.taking(said),
        endpoint="rooms.show_booking",
        values={"booking_id": booking.id},
        key=key,
    )
