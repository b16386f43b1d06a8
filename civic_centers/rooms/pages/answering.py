"""One booking: its keepers answer, and both sides may call it off."""

from collections.abc import Callable

from flask_babel import gettext as _

from civic_centers.rooms import actions
from civic_centers.rooms.forms import ReasonForm
from civic_centers.rooms.pages.blueprint import rooms
from civic_centers.rooms.pages.words import STATE_WORDS
from civic_centers.rooms.policies import ASK
from civic_centers.rooms.queries import BookingView, booking_visible_to
from foundation.errors import Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires
from foundation.web.pressing import pressed, sent


@rooms.get("/bookings/<int:booking_id>")
@requires(ASK)
def show_booking(booking_id: int) -> Answer:
    return page(
        "civic_centers/rooms/booking.html",
        view=booking_visible_to(reading(), actor(), booking_id),
        state_words=STATE_WORDS,
    )


@rooms.post("/bookings/<int:booking_id>/accept")
@requires(ASK)
def accept(booking_id: int) -> Answer:
    pressed(
        lambda session: actions.accept_request(session, actor(), booking_id),
        _("The room is theirs, and they have been told."),
    )
    return redirect_to(".show_booking", booking_id=booking_id)


@rooms.get("/bookings/<int:booking_id>/decline")
@requires(ASK)
def ask_to_decline(booking_id: int) -> Answer:
    return _reason_page(_to_decline(booking_id), ReasonForm(formdata=None), "decline")


@rooms.post("/bookings/<int:booking_id>/decline")
@requires(ASK)
def decline(booking_id: int) -> Answer:
    if not booking_visible_to(reading(), actor(), booking_id).keeps:
        raise Missing()
    return _said(booking_id, "decline", actions.decline_request, _("Said: they have been told, with your words."))


@rooms.get("/bookings/<int:booking_id>/cancel")
@requires(ASK)
def ask_to_cancel(booking_id: int) -> Answer:
    return _reason_page(_to_cancel(booking_id), ReasonForm(formdata=None), "cancel")


@rooms.post("/bookings/<int:booking_id>/cancel")
@requires(ASK)
def cancel(booking_id: int) -> Answer:
    _to_cancel(booking_id)
    return _said(booking_id, "cancel", actions.cancel_booking, _("Called off: the room is free again."))


def _to_decline(booking_id: int) -> BookingView:
    view = booking_visible_to(reading(), actor(), booking_id)
    if not view.keeps or view.booking.state != "requested":
        raise Missing()
    return view


def _to_cancel(booking_id: int) -> BookingView:
    view = booking_visible_to(reading(), actor(), booking_id)
    if view.is_over or view.booking.state not in ("requested", "held") or view.booking.session_id is not None:
        raise Missing()
    return view


def _said(booking_id: int, verb: str, act: Callable[..., None], done: str) -> Answer:
    form = ReasonForm()
    again = sent(
        form,
        lambda session: act(session, actor(), booking_id, reason=form.reason.data or ""),
        lambda status: _reason_page(booking_visible_to(reading(), actor(), booking_id), form, verb, status),
        done,
    )
    return again or redirect_to(".show_booking", booking_id=booking_id)


def _reason_page(view: BookingView, form: ReasonForm, verb: str, status: int = 200) -> Answer:
    return page("civic_centers/rooms/reason.html", view=view, form=form, verb=verb, status=status)
