"""The rooms of a center: added, described, taken out of use."""

from dataclasses import dataclass

from civic_centers.centers.actions.running import held
from civic_centers.centers.rules import Overtaken
from civic_centers.rooms.actions.ending import cancel_those
from civic_centers.rooms.queries import room_to_keep, to_come
from civic_centers.rooms.rules import check_reason
from civic_centers.rooms.tables import Room
from community.zones.rules import checked_name
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_

KIND = "room"


@dataclass(frozen=True)
class AboutRoom:
    """What is said of a room; `changeover_minutes` hold for what is booked from now on."""

    name: str
    places: int | None = None
    equipment: str = ""
    step_free: bool = False
    changeover_minutes: int = 0
    on_request: bool = True


def add_room(session: Session, actor: Actor, center_id: int, about: AboutRoom) -> Room:
    """A new room of a center. Raises Missing for who does not keep it, Invalid at the field."""
    center = held(session, actor, center_id)
    room = Room(community_id=center.community_id, center_id=center_id, name="")
    _describe(room, about)
    session.add(room)
    session.flush()
    audit.record(session, actor, "added", KIND, room.id)
    return room


def change_room(session: Session, actor: Actor, room_id: int, about: AboutRoom, *, version: int | None = None) -> Room:
    """Say what it is now; `version` is what was looked at. Raises Missing, Invalid at the field, Overtaken."""
    room = room_to_keep(session, actor, room_id)
    held(session, actor, room.center_id)
    session.refresh(room)  # the center is held: nobody else changes its rooms now
    if version is not None and room.version != version:
        raise Overtaken(N_("This room was changed meanwhile, here or on another phone."))
    _describe(room, about)
    room.version += 1
    session.add(room)
    audit.record(session, actor, "changed", KIND, room_id)
    return room


def retire_room(session: Session, actor: Actor, room_id: int, *, reason: str) -> int:
    """Take a room out of use; what is booked or asked for there is cancelled, and its people are told how come.

    Says how many these were. Raises Missing, Invalid without a reason.
    """
    room = room_to_keep(session, actor, room_id)
    held(session, actor, room.center_id)
    coming = to_come(session, room.center_id, clock.now(), room_id=room_id)
    said = check_reason(reason)
    cancel_those(session, actor, coming, said)
    room.retired_at = clock.now()
    session.add(room)
    audit.record(session, actor, "retired", KIND, room_id)
    return len(coming)


def _describe(room: Room, about: AboutRoom) -> None:
    room.name = checked_name(about.name)
    room.places, room.equipment, room.step_free = about.places, about.equipment, about.step_free
    room.changeover_minutes, room.on_request = about.changeover_minutes, about.on_request
