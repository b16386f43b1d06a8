"""Booking a room or asking for it, and taking a booking to another time: what speaks against it is shown first."""

import hashlib
from collections.abc import Sequence
from typing import Any

from flask import request
from flask_babel import gettext as _

from civic_centers.centers.pages.words import saying
from civic_centers.centers.policies import may_keep
from civic_centers.centers.queries import center_visible_to
from civic_centers.centers.rules import Warned
from civic_centers.rooms import actions
from civic_centers.rooms.actions import Wish
from civic_centers.rooms.forms import BookForm, MoveForm, filled_time
from civic_centers.rooms.pages.blueprint import rooms
from civic_centers.rooms.pages.showing import asked_day
from civic_centers.rooms.policies import ASK
from civic_centers.rooms.queries import (
    BookingView,
    booking_visible_to,
    free_rooms,
    room_to_keep,
    room_visible_to,
    rooms_of,
    warnings_for,
)
from civic_centers.rooms.rules import Taken, check_time
from civic_centers.rooms.tables import Room
from foundation import clock
from foundation.errors import DomainError, Invalid, Missing
from foundation.once import first_time, made, number_made, remember
from foundation.web import Answer, actor, page, person_id, reading, redirect_to, requires, say, writing
from foundation.web.fields import choices


@rooms.get("/rooms/<int:room_id>/book")
@requires(ASK)
def ask_to_book(room_id: int) -> Answer:
    return _book_page(_bookable(room_id), BookForm(formdata=None, day=asked_day()))


@rooms.post("/rooms/<int:room_id>/book")
@requires(ASK)
def book(room_id: int) -> Answer:
    room = _bookable(room_id)
    form = BookForm()
    if not form.validate_on_submit():
        return _book_page(room, form, status=422)
    try:
        starts_at, ends_at = form.moments()
        check_time(starts_at, ends_at, clock.now())
        wish = Wish(room_id, starts_at, ends_at, form.title.data or "", form.people.data)
        warned = warnings_for(
            reading(), room, starts_at, ends_at, people=form.people.data, step_free=bool(form.needs_step_free.data)
        )
        if _must_ask(form, warned):
            return _book_page(room, form, warned=warned, status=422)
        booking_id = _booked(room, wish, form.request_key.data or "")
    except Missing:
        raise
    except DomainError as error:
        return _book_page(room, form, error=error, status=error.status)
    keeps = may_keep(reading(), actor(), room.center_id)
    say(_("The room is yours.") if keeps else _("Asked: the people of the center answer, and we tell you."))
    return redirect_to(".show_booking", booking_id=booking_id)


@rooms.get("/bookings/<int:booking_id>/move")
@requires(ASK)
def ask_to_move(booking_id: int) -> Answer:
    view = _movable(booking_id)
    data = {**filled_time(view.booking.starts_at, view.booking.ends_at), "room_id": view.room.id}
    return _move_page(view, MoveForm(formdata=None, data=data))


@rooms.post("/bookings/<int:booking_id>/move")
@requires(ASK)
def move(booking_id: int) -> Answer:
    view = _movable(booking_id)
    form = MoveForm()
    if not form.validate_on_submit():
        return _move_page(view, form, status=422)
    try:
        starts_at, ends_at = form.moments((view.booking.starts_at, view.booking.ends_at))
        check_time(starts_at, ends_at, clock.now())
        room = room_to_keep(reading(), actor(), form.room_id.data or 0)
        warned = warnings_for(reading(), room, starts_at, ends_at, people=view.booking.people)
        if _must_ask(form, warned):
            return _move_page(view, form, warned=warned, status=422)
        with writing() as session:
            actions.move_booking(session, actor(), booking_id, starts_at, ends_at, room_id=room.id)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _move_page(view, form, status=error.status)
    say(_("Moved: who booked it has been told."))
    return redirect_to(".show_booking", booking_id=booking_id)


def _booked(room: Room, wish: Wish, key: str) -> int:
    """The number of the booking, or of the request of who does not keep the center; the same form sent twice is one."""
    keeps = may_keep(reading(), actor(), room.center_id)
    with writing() as session:
        if not first_time(session, key, person_id(), content=repr(wish)):
            return number_made(session, key, person_id(), "booking")
        if keeps:
            booking_id = actions.book_room(
                session, actor(), wish.room_id, wish.starts_at, wish.ends_at, wish.title, people=wish.people
            )
        else:
            booking_id = actions.request_room(session, actor(), wish)
        remember(session, key, person_id(), made("booking", booking_id))
    return booking_id


def _bookable(room_id: int) -> Room:
    """A room the actor may book or ask for. Raises Missing."""
    room = room_visible_to(reading(), actor(), room_id)
    center = center_visible_to(reading(), actor(), room.center_id)
    if center.closed_on is not None or not (room.on_request or may_keep(reading(), actor(), room.center_id)):
        raise Missing()
    return room


def _movable(booking_id: int) -> BookingView:
    view = booking_visible_to(reading(), actor(), booking_id)
    if not view.keeps or view.booking.state not in ("held", "requested") or view.booking.session_id is not None:
        raise Missing()
    return view


def _mark(warned: Sequence[Warned]) -> str:
    """What was warned of, in a few letters: other warnings are shown anew."""
    said = repr([(one.kind, sorted((name, str(value)) for name, value in one.params.items())) for one in warned])
    return hashlib.sha256(said.encode()).hexdigest()[:16] if warned else ""


def _must_ask(form: Any, warned: Sequence[Warned]) -> bool:
    """Whether what speaks against it was not shown yet; the form then carries that it was."""
    mark = _mark(warned)
    seen = request.form.get("sure", "") == mark
    form.sure.data = mark
    return bool(warned) and not seen


def _book_page(
    room: Room, form: BookForm, *, warned: Sequence[Warned] = (), error: DomainError | None = None, status: int = 200
) -> Answer:
    others: list[Room] = []
    if error is not None:
        form.refuse(error)
        if isinstance(error, Taken):
            others = _free_instead(room, form)
    return page(
        "civic_centers/rooms/book.html",
        room=room,
        center=center_visible_to(reading(), actor(), room.center_id),
        form=form,
        warned=warned,
        others=others,
        keeps=may_keep(reading(), actor(), room.center_id),
        status=status,
        **saying(),
    )


def _free_instead(room: Room, form: BookForm) -> list[Room]:
    """The other rooms that are free then."""
    try:
        starts_at, ends_at = form.moments()
    except Invalid:
        return []
    free = free_rooms(reading(), room.center_id, starts_at, ends_at)
    keeps = may_keep(reading(), actor(), room.center_id)
    return [one for one in free if one.id != room.id and (keeps or one.on_request)]


def _move_page(view: BookingView, form: MoveForm, *, warned: Sequence[Warned] = (), status: int = 200) -> Answer:
    here = rooms_of(reading(), view.center.id or 0)
    form.room_id.choices = choices((str(one.id), one.name) for one in here)
    return page("civic_centers/rooms/move.html", view=view, form=form, warned=warned, status=status, **saying())
