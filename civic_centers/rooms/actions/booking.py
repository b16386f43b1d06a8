"""Booking a room, asking for it, answering, moving, giving it up. The database refuses what overlaps."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from civic_centers.centers.policies import may_keep
from civic_centers.centers.queries import center_visible_to, people_behind
from civic_centers.rooms import rules
from civic_centers.rooms.actions.telling import tell_booker, tell_keepers
from civic_centers.rooms.notices import ACCEPTED, ASKED, CANCELLED, DECLINED, GIVEN_UP, MOVED
from civic_centers.rooms.policies import ASK, is_own
from civic_centers.rooms.queries import booking_visible_to, room_to_keep, room_visible_to
from civic_centers.rooms.tables import OVERLAP, Booking, Room
from community.communities.queries import community_of
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Invalid, Missing

KIND = "booking"


@dataclass(frozen=True)
class Wish:
    """A room for a time. `party_id` is for whom, where it is not the party acted for."""

    room_id: int
    starts_at: datetime
    ends_at: datetime
    title: str
    people: int | None = None
    party_id: int | None = None


def book_room(
    session: Session,
    actor: Actor,
    room_id: int,
    starts_at: datetime,
    ends_at: datetime,
    title: str,
    *,
    people: int | None = None,
    session_id: int | None = None,
) -> int:
    """Book a room of a center that the actor keeps; the number of the booking.

    `session_id` is the session of an activity it is for. Who books several in one transaction calls `hold_rooms` first.
    Raises Missing, Invalid for a time that cannot be, Taken (by what) where the room has something else.
    """
    hold_rooms(session, [room_id])
    room = room_to_keep(session, actor, room_id)
    must_be_open_by_then(session, actor, room, ends_at)
    wish = Wish(room_id, starts_at, ends_at, title, people)
    booking = _booking(session, actor, room, wish, "held")
    booking.session_id = session_id
    keep_booking(session, booking, reader=actor)
    audit.record(session, actor, "booked", KIND, booking.id)
    return booking.id or 0


def request_room(session: Session, actor: Actor, wish: Wish) -> int:
    """Ask for a room: its keepers answer. The number of the request.

    Raises Missing for a room that is not asked for, Invalid, Taken where it has something else already.
    """
    room = room_visible_to(session, actor, wish.room_id)
    if not actor.may(ASK) or not room.on_request:
        raise Missing()
    must_be_open_by_then(session, actor, room, wish.ends_at)
    booking = _booking(session, actor, room, wish, "requested")
    _must_be_free(session, booking, reader=actor)
    session.add(booking)
    session.flush()
    audit.record(session, actor, "asked", KIND, booking.id)
    center = center_visible_to(session, actor, room.center_id)
    tell_keepers(session, actor, booking, room, ASKED, people_behind(session, center), key=f"{booking.id}")
    return booking.id or 0


def accept_request(session: Session, actor: Actor, booking_id: int) -> None:
    """A keeper gives the room to who asked for it; twice changes nothing. Raises Missing, NotNow, Taken."""
    booking, room = _to_answer(session, actor, booking_id)
    if booking.state == "held":
        return
    rules.check_time(booking.starts_at, booking.ends_at, clock.now())
    booking.state = rules.moved(booking.state, "hold")
    booking.busy_until = booking.ends_at + timedelta(minutes=room.changeover_minutes)
    _decide(booking, actor)
    keep_booking(session, booking, reader=actor)
    audit.record(session, actor, "accepted", KIND, booking_id)
    tell_booker(session, actor, booking, room, ACCEPTED, key=f"{booking_id}")


def decline_request(session: Session, actor: Actor, booking_id: int, *, reason: str) -> None:
    """A keeper says no and why. Raises Missing, NotNow, Invalid without a reason."""
    booking, room = _to_answer(session, actor, booking_id)
    booking.reason = rules.check_reason(reason)
    booking.state = rules.moved(booking.state, "decline")
    _decide(booking, actor)
    session.flush()
    audit.record(session, actor, "declined", KIND, booking_id)
    tell_booker(session, actor, booking, room, DECLINED, key=f"{booking_id}")


def cancel_booking(session: Session, actor: Actor, booking_id: int, *, reason: str) -> None:
    """Give a room up again: its keepers, or who booked it, each telling the other why.

    Raises Missing, NotNow for what is over or was answered meanwhile, Invalid without a reason.
    """
    booking, room = _held(session, actor, booking_id)
    said = rules.check_reason(reason)
    if booking.ends_at <= clock.now() or booking.session_id is not None:
        # The room of a date goes with the date, on its own page.
        raise rules.NotNow()
    booking.state = rules.moved(booking.state, "cancel")
    booking.reason = said
    _decide(booking, actor)
    session.flush()
    audit.record(session, actor, "cancelled", KIND, booking_id)
    if is_own(actor, booking):
        center = center_visible_to(session, actor, booking.center_id)
        tell_keepers(session, actor, booking, room, GIVEN_UP, people_behind(session, center), key=f"{booking_id}")
    else:
        tell_booker(session, actor, booking, room, CANCELLED, key=f"{booking_id}")


def free_room(session: Session, actor: Actor, booking_id: int) -> None:
    """Let a room go again that a feature held for a session of its own, without telling anybody: the feature does.

    Nothing happens when it is free already. Raises Missing for who does not keep the center.
    """
    booking, _room = _to_answer(session, actor, booking_id)
    if booking.state in ("cancelled", "declined"):
        return
    booking.state = rules.moved(booking.state, "cancel")
    _decide(booking, actor)
    session.flush()
    audit.record(session, actor, "cancelled", KIND, booking_id)


def move_booking(
    session: Session,
    actor: Actor,
    booking_id: int,
    starts_at: datetime,
    ends_at: datetime,
    *,
    room_id: int | None = None,
    tell: bool = True,
) -> None:
    """Take a booking to another time, or to another room of the center; who booked is told unless `tell` is False.

    Raises Missing for who does not keep the center, NotNow, Invalid, Taken.
    """
    before, _room = _to_answer(session, actor, booking_id, lock=False)
    target = room_id or before.room_id
    hold_rooms(session, [before.room_id, target])
    booking, _room = _to_answer(session, actor, booking_id)
    room = room_to_keep(session, actor, target)
    if booking.state not in ("held", "requested"):
        raise rules.NotNow()
    if room.center_id != booking.center_id:
        raise Invalid(N_("Choose a room of this center."), field="room_id")
    rules.check_time(starts_at, ends_at, clock.now())
    must_be_open_by_then(session, actor, room, ends_at)
    booking.room_id, booking.starts_at, booking.ends_at = target, starts_at, ends_at
    booking.busy_until = ends_at + timedelta(minutes=room.changeover_minutes)
    booking.version += 1
    keep_booking(session, booking, reader=actor)
    audit.record(session, actor, "moved", KIND, booking_id)
    if tell:
        tell_booker(session, actor, booking, room, MOVED, key=f"{booking_id}:{booking.version}")


def hold_rooms(session: Session, room_ids: Collection[int]) -> None:
    """Let nobody else book these rooms until the end of the transaction.

    Always in the order of their numbers: two that want the same rooms wait for each other and never crosswise.
    """
    ordered = sorted(set(room_ids))
    session.execute(
        select(col(Room.id)).where(col(Room.id).in_(ordered)).order_by(col(Room.id)).with_for_update(key_share=True)
    ).all()


def _booking(session: Session, actor: Actor, room: Room, wish: Wish, state: str) -> Booking:
    rules.check_time(wish.starts_at, wish.ends_at, clock.now())
    party_id = wish.party_id or actor.party_id
    if party_id is not None and party_id not in actor.party_ids:
        raise Missing()
    return Booking(
        community_id=room.community_id,
        center_id=room.center_id,
        room_id=room.id or 0,
        starts_at=wish.starts_at,
        ends_at=wish.ends_at,
        busy_until=wish.ends_at + timedelta(minutes=room.changeover_minutes),
        title=rules.check_title(wish.title),
        people=wish.people,
        state=state,
        party_id=party_id,
        person_id=actor.must_be_person(),
        recorded_by_id=actor.recorder_id,
    )


def keep_booking(session: Session, booking: Booking, *, reader: Actor) -> None:
    """Write a booking that holds its room. Raises Taken: looked at first, and refused by the database in any case."""
    if booking.state != "held":
        session.add(booking)
        session.flush()
        return
    with session.no_autoflush:
        _must_be_free(session, booking, reader=reader)
    try:
        with session.begin_nested():
            session.add(booking)
            session.flush()
    except IntegrityError as error:
        if OVERLAP not in str(error.orig):
            raise
        raise rules.Taken(booking.starts_at, booking.busy_until) from error


def _must_be_free(session: Session, booking: Booking, *, reader: Actor) -> None:
    there = (
        col(Booking.room_id) == booking.room_id,
        col(Booking.state) == "held",
        col(Booking.id) != (booking.id or 0),
        col(Booking.starts_at) < booking.busy_until,
        col(Booking.busy_until) > booking.starts_at,
    )
    other = session.exec(select(Booking).where(*there).order_by(col(Booking.starts_at)).limit(1)).first()
    if other is None:
        return
    readable = is_own(reader, other) or may_keep(session, reader, other.center_id)
    raise rules.Taken(other.starts_at, other.busy_until, other.title if readable else "")


def must_be_open_by_then(session: Session, actor: Actor, room: Room, ends_at: datetime) -> None:
    """Raises Invalid for what ends after the last day of a center that closes for good."""
    center = center_visible_to(session, actor, room.center_id)
    last_day = clock.last_day(ends_at, community_of(session, room.community_id).time_zone)
    if center.closed_on is not None and last_day > center.closed_on:
        raise Invalid(N_("By then the center is closed for good."), field="day")


def _held(session: Session, actor: Actor, booking_id: int) -> tuple[Booking, Room]:
    """A booking the actor may read, locked after its room. Raises Missing."""
    view = booking_visible_to(session, actor, booking_id)
    hold_rooms(session, [view.booking.room_id])
    statement = select(Booking).where(col(Booking.id) == booking_id).with_for_update()
    booking = session.exec(statement.execution_options(populate_existing=True)).one()
    return booking, view.room


def _to_answer(session: Session, actor: Actor, booking_id: int, *, lock: bool = True) -> tuple[Booking, Room]:
    """The same for the keepers of its center. Raises Missing for everybody else."""
    view = booking_visible_to(session, actor, booking_id)
    if not view.keeps:
        raise Missing()
    return _held(session, actor, booking_id) if lock else (view.booking, view.room)


def _decide(booking: Booking, actor: Actor) -> None:
    booking.decided_at, booking.decided_by_id = clock.now(), actor.recorder_id
    booking.version += 1
