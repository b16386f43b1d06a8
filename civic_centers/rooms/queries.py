"""Rooms, when they are taken, and the bookings somebody may read."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import col, func, select
from sqlmodel.sql.expression import Select

from civic_centers.centers.policies import kept, may_keep
from civic_centers.centers.queries import center_visible_to, is_open
from civic_centers.centers.rules import Warned
from civic_centers.centers.tables import Center
from civic_centers.rooms.policies import is_own, is_read_by
from civic_centers.rooms.tables import Booking, Room
from community.members.tables import Person
from community.parties.tables import Party
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing

PAGE = 60


@dataclass(frozen=True)
class Busy:
    """A time at which a room is taken. `booking` is None for who may not read what it is for."""

    starts_at: datetime
    ends_at: datetime
    busy_until: datetime
    booking: Booking | None


@dataclass(frozen=True)
class Clash:
    """A time at which a room has something else already, and what."""

    starts_at: datetime
    title: str


@dataclass(frozen=True)
class BookingView:
    """One booking as its people and the keepers see it."""

    booking: Booking
    room: Room
    center: Center
    who: str
    recorder: str
    keeps: bool
    is_own: bool

    @property
    def is_over(self) -> bool:
        return self.booking.ends_at <= clock.now()


def room_visible_to(session: Session, actor: Actor, room_id: int) -> Room:
    """A room that is in use: everybody may look at it. Raises Missing."""
    room = session.get(Room, room_id)
    if room is None or room.community_id != actor.community_id or room.retired_at is not None:
        raise Missing()
    return room


def room_to_keep(session: Session, actor: Actor, room_id: int) -> Room:
    """The same for the keepers of its center. Raises Missing for everybody else."""
    room = room_visible_to(session, actor, room_id)
    if not may_keep(session, actor, room.center_id):
        raise Missing()
    return room


def rooms_of(session: Session, center_id: int) -> list[Room]:
    """The rooms of a center that are in use, by name."""
    there = (col(Room.center_id) == center_id, col(Room.retired_at).is_(None))
    return list(session.exec(select(Room).where(*there).order_by(col(Room.name), col(Room.id))))


def taken(session: Session, actor: Actor, room_id: int, since: datetime, until: datetime) -> list[Busy]:
    """When a room is taken between two moments, in order; what for only to who may read it."""
    there = (
        col(Booking.room_id) == room_id,
        col(Booking.state) == "held",
        col(Booking.starts_at) < until,
        col(Booking.busy_until) > since,
    )
    statement = select(Booking, is_read_by(actor)).where(*there).order_by(col(Booking.starts_at))
    return [
        Busy(booking.starts_at, booking.ends_at, booking.busy_until, booking if readable else None)
        for booking, readable in session.execute(statement)
    ]


def days_with_bookings(session: Session, room_id: int, days: Sequence[date], time_zone: str) -> set[date]:
    """Those of some days on which a room has something."""
    since, until = clock.start_of_day(days[0], time_zone), clock.start_of_day(days[-1] + timedelta(days=1), time_zone)
    there = (col(Booking.room_id) == room_id, col(Booking.state) == "held")
    moments = select(col(Booking.starts_at), col(Booking.ends_at)).where(
        *there, col(Booking.starts_at) < until, col(Booking.ends_at) > since
    )
    found: set[date] = set()
    for starts_at, ends_at in session.execute(moments):
        first, last = clock.local(starts_at, time_zone).date(), clock.last_day(ends_at, time_zone)
        found |= {day for day in days if first <= day <= last}
    return found


def free_rooms(
    session: Session, center_id: int, starts_at: datetime, ends_at: datetime, *, but: int | None = None
) -> list[Room]:
    """The rooms of a center that nothing else has between two moments, changing over included; `but` one booking."""
    rooms = rooms_of(session, center_id)
    held = select(col(Booking.room_id), col(Booking.starts_at)).where(
        col(Booking.center_id) == center_id,
        col(Booking.state) == "held",
        col(Booking.busy_until) > starts_at,
        col(Booking.starts_at) < ends_at + timedelta(hours=8),  # the longest there may be to change over
        col(Booking.id) != (but or 0),
    )
    begins: dict[int, list[datetime]] = defaultdict(list)
    for room_id, begun in session.execute(held):
        begins[room_id].append(begun)
    return [
        room
        for room in rooms
        if all(begun >= ends_at + timedelta(minutes=room.changeover_minutes) for begun in begins[room.id or 0])
    ]


def clashes(
    session: Session, room: Room, times: Sequence[tuple[datetime, datetime]], but: Collection[int] = ()
) -> list[Clash]:
    """At which of these times (in order) a room has something already; `but` these bookings."""
    if not times:
        return []
    changeover = timedelta(minutes=room.changeover_minutes)
    there = (
        col(Booking.room_id) == room.id,
        col(Booking.state) == "held",
        col(Booking.starts_at) < max(ends_at for _starts_at, ends_at in times) + changeover,
        col(Booking.busy_until) > min(starts_at for starts_at, _ends_at in times),
    )
    held = [one for one in session.exec(select(Booking).where(*there)) if one.id not in but]
    return [
        Clash(starts_at, other.title)
        for starts_at, ends_at in times
        for other in held
        if other.starts_at < ends_at + changeover and starts_at < other.busy_until
    ]


def warnings_for(
    session: Session, room: Room, starts_at: datetime, ends_at: datetime, *, people: int | None, step_free: bool = False
) -> list[Warned]:
    """What one should know before booking: closed, a holiday, outside the hours, too few places, steps on the way."""
    found = is_open(session, room.center_id, starts_at, ends_at)
    if people is not None and room.places is not None and people > room.places:
        params = {"places": room.places, "people": people}
        found.append(Warned("places", N_("There is room for %(places)s people, and you expect %(people)s."), params))
    if step_free and not room.step_free:
        found.append(Warned("steps", N_("This room is not step-free.")))
    return found


def booking_visible_to(session: Session, actor: Actor, booking_id: int) -> BookingView:
    """One booking with all that is said of it, for its own people and the keepers. Raises Missing."""
    statement = (
        select(Booking, Room, Center)
        .join(Room, col(Room.id) == col(Booking.room_id))
        .join(Center, col(Center.id) == col(Booking.center_id))
        .where(col(Booking.id) == booking_id, is_read_by(actor))
    )
    row = session.execute(statement).one_or_none()
    if row is None:
        raise Missing()
    booking, room, center = row
    names = _names(session, [booking])
    return BookingView(
        booking,
        room,
        center,
        names[booking.id or 0],
        _recorder(session, booking),
        may_keep(session, actor, booking.center_id),
        is_own(actor, booking),
    )


def asked_for(session: Session, actor: Actor) -> list[tuple[Booking, Room, Center]]:
    """What waits for an answer at the centers that the actor keeps, and has not begun; the next first."""
    waits = (col(Booking.state) == "requested", col(Booking.ends_at) > clock.now(), kept(actor))
    statement = _with_places().where(*waits).order_by(col(Booking.starts_at), col(Booking.id)).limit(PAGE)
    return [(booking, room, center) for booking, room, center in session.execute(statement)]


def number_asked(actor: Actor) -> ColumnElement[int] | None:
    """How many that are, as an expression."""
    if actor.person_id is None or actor.is_on_behalf:
        return None
    waits = (col(Booking.state) == "requested", col(Booking.ends_at) > clock.now(), kept(actor))
    return (
        select(func.count())
        .select_from(Booking)
        .join(Center, col(Center.id) == col(Booking.center_id))
        .where(*waits)
        .scalar_subquery()
    )


def own_bookings(session: Session, actor: Actor) -> list[tuple[Booking, Room, Center]]:
    """What the actor or a party of theirs booked or asked for and is not over, the next first."""
    theirs = (col(Booking.person_id) == actor.must_be_person()) | col(Booking.party_id).in_(actor.party_ids)
    mine = (col(Booking.community_id) == actor.community_id, theirs, col(Booking.ends_at) > clock.now())
    statement = _with_places().where(*mine).order_by(col(Booking.starts_at), col(Booking.id)).limit(PAGE)
    return [(booking, room, center) for booking, room, center in session.execute(statement)]


def to_come(session: Session, center_id: int, since: datetime, *, room_id: int | None = None) -> list[Booking]:
    """What is booked or asked for at a center, or in one of its rooms, from a moment on."""
    there = (
        col(Booking.center_id) == center_id,
        col(Booking.state).in_(("held", "requested")),
        col(Booking.ends_at) > since,
    )
    statement = select(Booking).where(*there).order_by(col(Booking.starts_at), col(Booking.id))
    return list(session.exec(statement if room_id is None else statement.where(col(Booking.room_id) == room_id)))


def names_of(session: Session, bookings: Collection[Booking]) -> dict[int, str]:
    """For whom each booking is: the party's name, or the person's."""
    return _names(session, bookings)


def center_of(session: Session, actor: Actor, room: Room) -> Center:
    """The center of a room. Raises Missing."""
    return center_visible_to(session, actor, room.center_id)


def _with_places() -> Select[Booking, Room, Center]:
    return (
        select(Booking, Room, Center)
        .join(Room, col(Room.id) == col(Booking.room_id))
        .join(Center, col(Center.id) == col(Booking.center_id))
    )


def _names(session: Session, bookings: Collection[Booking]) -> dict[int, str]:
    parties = {booking.party_id for booking in bookings if booking.party_id is not None}
    people = {booking.person_id for booking in bookings if booking.person_id is not None}
    named = {party.id: party.name for party in session.exec(select(Party).where(col(Party.id).in_(parties)))}
    called = {person.id: person.name for person in session.exec(select(Person).where(col(Person.id).in_(people)))}
    return {booking.id or 0: named.get(booking.party_id) or called.get(booking.person_id) or "" for booking in bookings}


def _recorder(session: Session, booking: Booking) -> str:
    if booking.recorded_by_id in (None, booking.person_id):
        return ""
    recorder = session.get(Person, booking.recorded_by_id)
    return recorder.name if recorder is not None else ""
