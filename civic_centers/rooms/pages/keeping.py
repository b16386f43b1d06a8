"""The rooms of a center, changed by its keepers."""

from flask_babel import gettext as _
from flask_babel import ngettext

from civic_centers.centers.policies import KEEP
from civic_centers.centers.queries import center_to_keep, center_visible_to
from civic_centers.centers.tables import Center
from civic_centers.rooms import actions
from civic_centers.rooms.forms import ReasonForm, RoomForm
from civic_centers.rooms.pages.blueprint import rooms
from civic_centers.rooms.queries import names_of, room_to_keep, to_come
from civic_centers.rooms.tables import Room
from foundation import clock
from foundation.errors import Invalid, Missing, Stale
from foundation.once import first_time
from foundation.web import Answer, actor, page, person_id, reading, redirect_to, requires, say, writing


@rooms.get("/centers/<center_slug>/rooms/new")
@requires(KEEP)
def ask_room(center_slug: str) -> Answer:
    return _room_page(_open_center(center_slug), None, RoomForm(formdata=None))


@rooms.post("/centers/<center_slug>/rooms/new")
@requires(KEEP)
def add_room(center_slug: str) -> Answer:
    center = _open_center(center_slug)
    form = RoomForm()
    if not form.validate_on_submit():
        return _room_page(center, None, form, 422)
    try:
        with writing() as session:
            if first_time(session, form.request_key.data or "", person_id(), content=form.typed()):
                actions.add_room(session, actor(), center.id or 0, form.said())
    except Invalid as error:
        form.refuse(error)
        return _room_page(center, None, form, 422)
    say(_("The room is there."))
    return redirect_to("centers.show", center_slug=center_slug)


@rooms.get("/rooms/<int:room_id>/edit")
@requires(KEEP)
def edit(room_id: int) -> Answer:
    room = room_to_keep(reading(), actor(), room_id)
    return _room_page(
        _center(room), room, RoomForm(formdata=None, data={**room.model_dump(), "version": str(room.version)})
    )


@rooms.post("/rooms/<int:room_id>/edit")
@requires(KEEP)
def keep(room_id: int) -> Answer:
    room = room_to_keep(reading(), actor(), room_id)
    form = RoomForm()
    if not form.validate_on_submit():
        return _room_page(_center(room), room, form, 422)
    try:
        with writing() as session:
            actions.change_room(session, actor(), room_id, form.said(), version=form.opened_with)
    except (Invalid, Stale) as error:
        form.refuse(error)
        if isinstance(error, Stale):
            form.version.data = str(room_to_keep(reading(), actor(), room_id).version)
        return _room_page(_center(room), room, form, error.status)
    say(_("Saved: from now on it reads like this."))
    return redirect_to(".show", room_id=room_id)


@rooms.get("/rooms/<int:room_id>/retire")
@requires(KEEP)
def ask_to_retire(room_id: int) -> Answer:
    return _retire_page(room_to_keep(reading(), actor(), room_id), ReasonForm(formdata=None))


@rooms.post("/rooms/<int:room_id>/retire")
@requires(KEEP)
def retire(room_id: int) -> Answer:
    room = room_to_keep(reading(), actor(), room_id)
    form = ReasonForm()
    if not form.validate_on_submit():
        return _retire_page(room, form, 422)
    with writing() as session:
        number = actions.retire_room(session, actor(), room_id, reason=form.reason.data or "")
    words = ngettext("%(num)s booking was cancelled.", "%(num)s bookings were cancelled.", number) if number else ""
    done = _("The room is out of use.")
    say(f"{done} {words}".strip())
    return redirect_to("centers.show", center_slug=_center(room).slug)


def _open_center(slug: str) -> Center:
    center = center_to_keep(reading(), actor(), slug)
    if center.closed_on is not None:
        raise Missing()
    return center


def _center(room: Room) -> Center:
    return center_visible_to(reading(), actor(), room.center_id)


def _room_page(center: Center, room: Room | None, form: RoomForm, status: int = 200) -> Answer:
    return page("civic_centers/rooms/edit.html", center=center, room=room, form=form, status=status)


def _retire_page(room: Room, form: ReasonForm, status: int = 200) -> Answer:
    coming = to_come(reading(), room.center_id, clock.now(), room_id=room.id)
    return page(
        "civic_centers/rooms/retire.html",
        room=room,
        center=_center(room),
        form=form,
        coming=coming,
        names=names_of(reading(), coming),
        status=status,
    )
