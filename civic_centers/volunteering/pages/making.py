"""Slots made, changed and called off by the keepers of a center."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from civic_centers.activities.pages.words import when_words
from civic_centers.activities.queries.lists import sessions_of
from civic_centers.activities.queries.single import activity_to_run
from civic_centers.activities.tables import Activity
from civic_centers.centers.policies import KEEP
from civic_centers.centers.queries import center_to_keep, center_visible_to, organisations_to_host
from civic_centers.centers.tables import Center
from civic_centers.rooms.forms import ReasonForm
from civic_centers.volunteering import actions
from civic_centers.volunteering.actions.making import Moment, weekly
from civic_centers.volunteering.forms import DatesForm, DayForm, SlotForm, WantedForm, roles_form
from civic_centers.volunteering.pages.blueprint import volunteering
from civic_centers.volunteering.pages.words import saying
from civic_centers.volunteering.queries.single import SlotView, view_of
from exchanges.agreements.forms import whole_number
from foundation import clock
from foundation.errors import DomainError, Missing
from foundation.once import first_time
from foundation.web import Answer, actor, page, person_id, reading, redirect_to, requires, say, time_zone, writing
from foundation.web.fields import choices


@volunteering.get("/centers/<center_slug>/volunteering/new")
@requires(KEEP)
def ask_new(center_slug: str) -> Answer:
    center = _open(center_slug)
    return _new_page(center, roles_form(DayForm, formdata=None, data={"party_id": center.party_id}))


@volunteering.post("/centers/<center_slug>/volunteering/new")
@requires(KEEP)
def make(center_slug: str) -> Answer:
    center = _open(center_slug)
    form = roles_form(DayForm)
    if not form.validate_on_submit():
        return _new_page(center, form, 422)
    number = 0
    try:
        first = Moment(*form.moments())
        moments = weekly(first, form.weeks.data or 1, time_zone())
        with writing() as session:
            if first_time(session, form.request_key.data or "", person_id(), content=form.typed()):
                number = len(actions.make_slots(session, actor(), center.id or 0, form.said(), moments))
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _new_page(center, form, error.status)
    _say_made(number)
    return redirect_to(".listing", center_slug=center_slug)


@volunteering.get("/activities/<int:activity_id>/volunteering/new")
@requires(KEEP)
def ask_for_dates(activity_id: int) -> Answer:
    activity = activity_to_run(reading(), actor(), activity_id)
    center = center_visible_to(reading(), actor(), activity.center_id)
    data = {"party_id": activity.party_id or center.party_id}
    return _dates_page(activity, roles_form(DatesForm, formdata=None, data=data))


@volunteering.post("/activities/<int:activity_id>/volunteering/new")
@requires(KEEP)
def make_for_dates(activity_id: int) -> Answer:
    activity = activity_to_run(reading(), actor(), activity_id)
    form = roles_form(DatesForm)
    if not form.validate_on_submit():
        return _dates_page(activity, form, 422)
    chosen = None if form.which.data == "all" else [number for number in form.dates.data or [] if number]
    number = 0
    try:
        with writing() as session:
            if first_time(session, form.request_key.data or "", person_id(), content=form.typed()):
                number = actions.make_for_sessions(session, actor(), activity_id, form.said(), chosen)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _dates_page(activity, form, error.status)
    _say_made(number)
    return redirect_to(".listing", center_slug=center_visible_to(reading(), actor(), activity.center_id).slug)


@volunteering.get("/volunteering/slots/<int:slot_id>/edit")
@requires(KEEP)
def edit(slot_id: int) -> Answer:
    view = _run(slot_id)
    data = {**view.slot.model_dump(), "exchange": "yes" if view.slot.exchange else "no"}
    return _edit_page(view, SlotForm(formdata=None, data=data))


@volunteering.post("/volunteering/slots/<int:slot_id>/edit")
@requires(KEEP)
def keep(slot_id: int) -> Answer:
    view = _run(slot_id)
    form = SlotForm()
    if not form.validate_on_submit():
        return _edit_page(view, form, 422)
    try:
        with writing() as session:
            version = whole_number(form.version.data) or 0
            actions.change_slot(session, actor(), slot_id, form.said(), version=version)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _edit_page(view, form, error.status)
    say(_("Saved: from now on it reads like this."))
    return redirect_to(".show", slot_id=slot_id)


@volunteering.get("/volunteering/slots/<int:slot_id>/cancel")
@requires(KEEP)
def ask_to_cancel(slot_id: int) -> Answer:
    return _cancel_page(_run(slot_id), ReasonForm(formdata=None))


@volunteering.post("/volunteering/slots/<int:slot_id>/cancel")
@requires(KEEP)
def cancel(slot_id: int) -> Answer:
    view = _run(slot_id)
    form = ReasonForm()
    if not form.validate_on_submit():
        return _cancel_page(view, form, 422)
    try:
        with writing() as session:
            actions.cancel_slot(session, actor(), slot_id, reason=form.reason.data or "")
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _cancel_page(view, form, error.status)
    say(_("Called off: who was on it has been told."))
    return redirect_to(".listing", center_slug=view.center.slug)


@volunteering.post("/volunteering/slots/<int:slot_id>/stop")
@requires(KEEP)
def stop(slot_id: int) -> Answer:
    """No more of this role at dates that are added later."""
    _run(slot_id)
    with writing() as session:
        actions.stop_series(session, actor(), slot_id)
    say(_("Done: dates that are added later have none of it. Those that stand stay."))
    return redirect_to(".show", slot_id=slot_id)


def _say_made(number: int) -> None:
    words = ngettext("%(num)s shift made: people can sign up.", "%(num)s shifts made: people can sign up.", number)
    say(words if number else _("Made already."))


def _open(slug: str) -> Center:
    center = center_to_keep(reading(), actor(), slug)
    if center.closed_on is not None:
        raise Missing()
    return center


def _run(slot_id: int) -> SlotView:
    view = view_of(reading(), actor(), slot_id)
    if not view.runs or view.slot.state != "open" or view.slot.ends_at <= clock.now():
        raise Missing()
    return view


def _parties(form: WantedForm) -> None:
    hosts = organisations_to_host(reading(), actor())
    form.party_id.choices = choices([("", _("Choose")), *((str(one.id), one.name) for one in hosts)])


def _new_page(center: Center, form: Any, status: int = 200) -> Answer:
    _parties(form)
    return page("civic_centers/volunteering/new.html", center=center, form=form, status=status)


def _dates_page(activity: Activity, form: Any, status: int = 200) -> Answer:
    _parties(form)
    coming = [dated.one for dated in sessions_of(reading(), activity.id or 0) if dated.one.state == "planned"]
    form.dates.choices = choices((one.id, when_words(one.starts_at, one.ends_at)) for one in coming)
    return page("civic_centers/volunteering/dates.html", activity=activity, form=form, coming=coming, status=status)


def _edit_page(view: SlotView, form: SlotForm, status: int = 200) -> Answer:
    _parties(form)
    return page("civic_centers/volunteering/edit.html", view=view, slot=view.slot, form=form, status=status, **saying())


def _cancel_page(view: SlotView, form: ReasonForm, status: int = 200) -> Answer:
    return page(
        "civic_centers/volunteering/cancel.html", view=view, slot=view.slot, form=form, status=status, **saying()
    )
