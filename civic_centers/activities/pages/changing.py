"""One date of an activity: changed, called off, taken up again."""

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlmodel import col

from civic_centers.activities import actions
from civic_centers.activities.forms import (
    CallOffForm,
    SessionForm,
    filled_session,
)
from civic_centers.activities.pages.asking import foreseen_words, left_alone_words, must_ask, without_words
from civic_centers.activities.pages.blueprint import activities
from civic_centers.activities.pages.planning import to_change
from civic_centers.activities.pages.rooming import room_of, with_rooms
from civic_centers.activities.pages.words import saying
from civic_centers.activities.queries.foreseeing import Span, seen_before
from civic_centers.activities.queries.lists import to_come
from civic_centers.activities.queries.planning import Change, dates_of, plans_for, sessions_where
from civic_centers.activities.queries.single import session_of
from civic_centers.activities.rules import check_span
from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.centers.policies import KEEP
from civic_centers.centers.tables import Center
from foundation import clock
from foundation.errors import DomainError, Missing, Stale
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, time_zone, writing
from foundation.web.pressing import pressed


@activities.get("/activities/<int:activity_id>/sessions/<int:session_id>/edit")
@requires(KEEP)
def edit_session(activity_id: int, session_id: int) -> Answer:
    activity, one = _date_to_change(activity_id, session_id)
    return _session_page(activity, one, filled_session(one, formdata=None))


@activities.post("/activities/<int:activity_id>/sessions/<int:session_id>/edit")
@requires(KEEP)
def keep_session(activity_id: int, session_id: int) -> Answer:
    activity, one = _date_to_change(activity_id, session_id)
    form = SessionForm()
    lines: list[str] = []
    if not form.validate_on_submit():
        return _session_page(activity, one, form, status=422)
    scope = form.scope.data or "one"
    try:
        change = form.said(one)
        lines = _speaks_against(activity, one, change, scope)
        if must_ask(form, lines):
            return _session_page(activity, one, form, lines, status=422)
        with writing() as session:
            if scope == "one":
                actions.change_session(session, actor(), activity_id, session_id, change, version=form.opened_with)
                done = _("Saved: this date is like that now.")
            else:
                moved = actions.change_dates(
                    session, actor(), activity_id, session_id, change, scope, version=form.opened_with
                )
                done = ngettext("%(num)s date is changed.", "%(num)s dates are changed.", moved.number)
                done = f"{done} {without_words(moved.without)}".strip()
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        if isinstance(error, Stale):
            activity, one = _date_to_change(activity_id, session_id)
            form.version.data = str(one.version)
        return _session_page(activity, one, form, lines, status=error.status)
    say(done)
    return redirect_to(".show_session", activity_id=activity_id, session_id=session_id)


@activities.get("/activities/<int:activity_id>/sessions/<int:session_id>/cancel")
@requires(KEEP)
def ask_to_cancel_session(activity_id: int, session_id: int) -> Answer:
    activity, one = _date_to_change(activity_id, session_id)
    return _call_off_page(activity, one, CallOffForm(formdata=None))


@activities.post("/activities/<int:activity_id>/sessions/<int:session_id>/cancel")
@requires(KEEP)
def cancel_session(activity_id: int, session_id: int) -> Answer:
    activity, one = _date_to_change(activity_id, session_id)
    form = CallOffForm()
    if not form.validate_on_submit():
        return _call_off_page(activity, one, form, 422)
    reason, scope = form.reason.data or "", form.scope.data or "one"
    try:
        with writing() as session:
            actions.cancel_session(session, actor(), activity_id, session_id, reason=reason, scope=scope)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _call_off_page(activity, one, form, error.status)
    say(_("Called off: who was to come is told, with your words."))
    return redirect_to(".show_session", activity_id=activity_id, session_id=session_id)


@activities.post("/activities/<int:activity_id>/sessions/<int:session_id>/restore")
@requires(KEEP)
def restore_session(activity_id: int, session_id: int) -> Answer:
    to_change(activity_id)
    session_of(reading(), actor(), activity_id, session_id)
    pressed(
        lambda session: actions.restore_session(session, actor(), activity_id, session_id),
        _("It takes place after all. Who was enrolled is enrolled again, and told."),
    )
    return redirect_to(".show_session", activity_id=activity_id, session_id=session_id)


def _speaks_against(activity: Activity, one: ActivitySession, change: Change, scope: str) -> list[str]:
    """What one should know before a change. Raises NotNow."""
    shrinks = [] if scope != "one" else actions.what_shrinks(reading(), [one], change.places)
    endings = [ending.words for ending in shrinks]
    if scope == "one":
        if (one.starts_at, one.ends_at) == (change.starts_at, change.ends_at):
            return endings
        if one.starts_at > clock.now():  # of one that has begun another sentence is said
            check_span(change.starts_at, change.ends_at, clock.now())
        plans, left_alone = [Span(one.day, change.starts_at, change.ends_at)], 0
        own = [one.booking_id]
    else:
        affected = dates_of(reading(), one, scope)
        found = plans_for(affected, one, change, time_zone())
        plans = [Span(plan.day, plan.starts_at, plan.ends_at) for plan in found]
        own, left_alone = [plan.one.booking_id for plan in found], len(affected) - len(found)
    room = room_of(change.room_id) if scope != "one" else None  # taken for one alone is refused, and not asked
    center = reading().get_one(Center, activity.center_id)
    foreseen = seen_before(reading(), center, room, plans, but=[number for number in own if number is not None])
    return [*endings, *left_alone_words(left_alone), *foreseen_words(foreseen, moves=True)]


def _date_to_change(activity_id: int, session_id: int) -> tuple[Activity, ActivitySession]:
    """A date that is to come, of an activity that is not over. Raises Missing."""
    activity = to_change(activity_id)
    one, _activity = session_of(reading(), actor(), activity_id, session_id)
    if one.state != "planned" or one.ends_at <= clock.now():
        raise Missing()
    return activity, one


def _session_page(
    activity: Activity, one: ActivitySession, form: SessionForm, lines: list[str] | None = None, status: int = 200
) -> Answer:
    with_rooms(form, activity)
    others = len(sessions_where(reading(), activity.id or 0, *to_come(), col(ActivitySession.id) != one.id))
    return page(
        "civic_centers/activities/session_edit.html",
        activity=activity,
        one=one,
        form=form,
        lines=lines or [],
        others=others,
        shrinks=bool(actions.what_shrinks(reading(), [one], form.places.data)) if lines else False,
        status=status,
        **saying(),
    )


def _call_off_page(activity: Activity, one: ActivitySession, form: CallOffForm, status: int = 200) -> Answer:
    return page(
        "civic_centers/activities/session_cancel.html", activity=activity, one=one, form=form, status=status, **saying()
    )
