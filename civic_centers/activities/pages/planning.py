"""Beginning an activity, saying what it is, publishing it, calling it off."""

from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlmodel import col

from civic_centers.activities import actions
from civic_centers.activities.forms import ActivityForm, WhyForm, filled_activity
from civic_centers.activities.pages.asking import must_ask
from civic_centers.activities.pages.blueprint import activities
from civic_centers.activities.pages.words import saying
from civic_centers.activities.queries.lists import to_come
from civic_centers.activities.queries.planning import sessions_where
from civic_centers.activities.queries.single import activity_to_run
from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.centers.policies import KEEP
from civic_centers.centers.queries import center_to_keep, organisations_to_host
from civic_centers.centers.tables import Center
from foundation.errors import DomainError, Missing, Stale
from foundation.once import first_time, made, number_made, remember
from foundation.web import Answer, actor, page, person_id, reading, redirect_to, requires, say, writing
from foundation.web.fields import choices
from foundation.web.pressing import pressed


@activities.get("/centers/<center_slug>/activities/new")
@requires(KEEP)
def ask_new(center_slug: str) -> Answer:
    return _page(_open(center_slug), None, _form(ActivityForm(formdata=None)))


@activities.post("/centers/<center_slug>/activities/new")
@requires(KEEP)
def make(center_slug: str) -> Answer:
    center = _open(center_slug)
    form = _form(ActivityForm())
    if not form.validate_on_submit():
        return _page(center, None, form, status=422)
    key = form.request_key.data or ""
    try:
        with writing() as session:
            if first_time(session, key, person_id(), content=form.typed()):
                activity_id = actions.make_activity(session, actor(), center.id or 0, form.said()).id or 0
                remember(session, key, person_id(), made("activity", activity_id))
            else:
                activity_id = number_made(session, key, person_id(), "activity")
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _page(center, None, form, status=error.status)
    say(_("Kept as a draft. Now say when it takes place."))
    return redirect_to(".ask_dates", activity_id=activity_id)


@activities.get("/activities/<int:activity_id>/edit")
@requires(KEEP)
def edit(activity_id: int) -> Answer:
    activity = to_change(activity_id)
    return _page(_center(activity), activity, _form(filled_activity(activity, formdata=None)))


@activities.post("/activities/<int:activity_id>/edit")
@requires(KEEP)
def keep(activity_id: int) -> Answer:
    activity = to_change(activity_id)
    form = _form(ActivityForm())
    if not form.validate_on_submit():
        return _page(_center(activity), activity, form, status=422)
    endings = _endings(activity, form)
    if must_ask(form, endings):
        return _page(_center(activity), activity, form, endings, status=422)
    try:
        with writing() as session:
            actions.change_activity(
                session, actor(), activity_id, form.said(), version=form.opened_with, reason=form.reason.data or ""
            )
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        if isinstance(error, Stale):
            form.version.data = str(to_change(activity_id).version)
        return _page(_center(activity), activity, form, endings, status=error.status)
    say(_("Saved: from now on it reads like this."))
    return redirect_to(".show", activity_id=activity_id)


@activities.post("/activities/<int:activity_id>/publish")
@requires(KEEP)
def publish(activity_id: int) -> Answer:
    return _act(activity_id, actions.publish_activity, _("Published: now everybody sees it."))


@activities.post("/activities/<int:activity_id>/end")
@requires(KEEP)
def end(activity_id: int) -> Answer:
    return _act(activity_id, actions.end_activity, _("It is over: its page stays."))


@activities.get("/activities/<int:activity_id>/cancel")
@requires(KEEP)
def ask_to_cancel(activity_id: int) -> Answer:
    return _cancel_page(to_change(activity_id), WhyForm(formdata=None))


@activities.post("/activities/<int:activity_id>/cancel")
@requires(KEEP)
def cancel(activity_id: int) -> Answer:
    activity = to_change(activity_id)
    form = WhyForm()
    was_public = activity.is_public
    if was_public and not form.validate_on_submit():
        return _cancel_page(activity, form, 422)
    try:
        with writing() as session:
            number = actions.cancel_activity(session, actor(), activity_id, reason=form.reason.data or "")
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _cancel_page(activity, form, error.status)
    if not was_public:
        say(_("The draft is thrown away."))
        return redirect_to(".listing", center_slug=_center(activity).slug)
    say(
        ngettext(
            "Called off with %(num)s date: who was to come is told.",
            "Called off with %(num)s dates: who was to come is told.",
            number,
        )
    )
    return redirect_to(".show", activity_id=activity_id)


def to_change(activity_id: int) -> Activity:
    """An activity that is not over, for who runs it. Raises Missing."""
    activity = activity_to_run(reading(), actor(), activity_id)
    if activity.state not in ("draft", "open"):
        raise Missing()
    return activity


def _act(activity_id: int, act: Any, done: str) -> Answer:
    pressed(lambda session: act(session, actor(), activity_id), done)
    return redirect_to(".show", activity_id=activity_id)


def _endings(activity: Activity, form: ActivityForm) -> list[str]:
    """What becomes of who is beyond the new places, in words."""
    follows = (*to_come(), col(ActivitySession.changed).is_(False))
    there = sessions_where(reading(), activity.id or 0, *follows)
    return [ending.words for ending in actions.what_shrinks(reading(), there, form.places.data)]


def _open(slug: str) -> Center:
    center = center_to_keep(reading(), actor(), slug)
    if center.closed_on is not None:
        raise Missing()
    return center


def _center(activity: Activity) -> Center:
    return reading().get_one(Center, activity.center_id)


def _form(form: ActivityForm) -> ActivityForm:
    hosts = organisations_to_host(reading(), actor())
    form.party_id.choices = choices([("", _("The center itself")), *((str(one.id), one.name) for one in hosts)])
    return form


def _page(
    center: Center, activity: Activity | None, form: ActivityForm, endings: list[str] | None = None, status: int = 200
) -> Answer:
    return page(
        "civic_centers/activities/edit.html",
        center=center,
        activity=activity,
        form=form,
        endings=endings or [],
        more_open=request.method == "POST" or (activity is not None and activity.kind == "training"),
        status=status,
    )


def _cancel_page(activity: Activity, form: WhyForm, status: int = 200) -> Answer:
    return page(
        "civic_centers/activities/cancel.html",
        activity=activity,
        form=form,
        number=len(sessions_where(reading(), activity.id or 0, *to_come())),
        status=status,
        **saying(),
    )
