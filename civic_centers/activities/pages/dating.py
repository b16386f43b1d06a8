"""The dates of an activity: laid out, changed, called off."""

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlmodel import col

from civic_centers.activities import actions
from civic_centers.activities.forms import (
    WAYS,
    WEEKLY,
    CallOffForm,
    DatesForm,
    EndRhythmForm,
    SessionForm,
    filled_session,
)
from civic_centers.activities.pages.asking import foreseen_words, left_alone_words, must_ask, without_words
from civic_centers.activities.pages.blueprint import activities
from civic_centers.activities.pages.planning import to_change
from civic_centers.activities.pages.words import saying
from civic_centers.activities.queries.foreseeing import Foreseen, Span, foresee, seen_before
from civic_centers.activities.queries.lists import to_come
from civic_centers.activities.queries.planning import Change, dates_of, plans_for, sessions_where
from civic_centers.activities.queries.single import rhythms_of, session_of
from civic_centers.activities.rules import check_beat, check_span
from civic_centers.activities.tables import Activity, ActivityRhythm, ActivitySession
from civic_centers.centers.policies import KEEP
from civic_centers.centers.tables import Center
from civic_centers.rooms.queries import rooms_of
from civic_centers.rooms.tables import Room
from exchanges.posts.pages.words import weekday_name
from foundation import clock
from foundation.errors import DomainError, Missing, Stale
from foundation.once import first_time
from foundation.web import Answer, actor, page, person_id, reading, redirect_to, requires, say, time_zone, writing
from foundation.web.fields import choices
from foundation.web.formats import explain


@activities.get("/activities/<int:activity_id>/dates")
@requires(KEEP)
def ask_dates(activity_id: int) -> Answer:
    """How often comes first; then only what belongs to it is asked."""
    activity = to_change(activity_id)
    how = request.args.get("how", "")
    return _dates_page(activity, DatesForm(formdata=None, room_id=activity.room_id, how=how))


@activities.post("/activities/<int:activity_id>/dates")
@requires(KEEP)
def add_dates(activity_id: int) -> Answer:
    activity = to_change(activity_id)
    form = DatesForm()
    if not form.validate_on_submit():
        return _dates_page(activity, form, status=422)
    try:
        lines = foreseen_words(_foresee(activity, form))
        if must_ask(form, lines):
            return _dates_page(activity, form, lines, status=422)
        with writing() as session:
            laid = None
            if first_time(session, form.request_key.data or "", person_id(), content=form.typed()):
                room_id, clashing = form.room_id.data, form.clashing.data or actions.WITHOUT
                if form.how.data != WEEKLY:
                    spans = form.spans()
                    laid = actions.add_dates(session, actor(), activity_id, spans, room_id, clashing=clashing)
                else:
                    beat = form.beat()
                    laid = actions.add_rhythm(session, actor(), activity_id, beat, room_id, clashing=clashing)
            number = len(laid.made) if laid is not None else 0
            lacking = without_words(laid.without) if laid is not None else ""
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _dates_page(activity, form, status=error.status)
    if number:
        done = ngettext("%(num)s date is written down.", "%(num)s dates are written down.", number)
        say(f"{done} {lacking}".strip())
    return redirect_to(".show", activity_id=activity_id)


@activities.get("/activities/<int:activity_id>/rhythms/<int:rhythm_id>/end")
@requires(KEEP)
def ask_to_end_rhythm(activity_id: int, rhythm_id: int) -> Answer:
    rhythm = _rhythm(activity_id, rhythm_id)
    form = EndRhythmForm(formdata=None, last_on=clock.today(time_zone()))
    return _end_rhythm_page(to_change(activity_id), rhythm, form)


@activities.post("/activities/<int:activity_id>/rhythms/<int:rhythm_id>/end")
@requires(KEEP)
def end_rhythm(activity_id: int, rhythm_id: int) -> Answer:
    rhythm = _rhythm(activity_id, rhythm_id)
    form = EndRhythmForm()
    if not form.validate_on_submit() or form.last_on.data is None:
        return _end_rhythm_page(to_change(activity_id), rhythm, form, 422)
    try:
        with writing() as session:
            number = actions.end_rhythm(
                session, actor(), activity_id, rhythm_id, form.last_on.data, reason=form.reason.data or ""
            )
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _end_rhythm_page(to_change(activity_id), rhythm, form, error.status)
    words = ngettext("%(num)s date is called off.", "%(num)s dates are called off.", number) if number else ""
    done = _("It repeats up to that day, and no longer.")
    say(f"{done} {words}".strip())
    return redirect_to(".show", activity_id=activity_id)


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
    try:
        with writing() as session:
            actions.restore_session(session, actor(), activity_id, session_id)
    except Missing:
        raise
    except DomainError as error:
        say(explain(error), "urgent")
        return redirect_to(".show_session", activity_id=activity_id, session_id=session_id)
    say(_("It takes place after all. Who was enrolled is enrolled again, and told."))
    return redirect_to(".show_session", activity_id=activity_id, session_id=session_id)


def _foresee(activity: Activity, form: DatesForm) -> Foreseen:
    """What speaks against the dates that were typed. Raises Invalid for those that cannot be."""
    center = reading().get_one(Center, activity.center_id)
    room = _room(form.room_id.data)
    if form.how.data != WEEKLY:
        spans = form.spans()
        for span in spans:
            check_span(span.starts_at, span.ends_at, clock.now())
        return seen_before(reading(), center, room, spans)
    beat = form.beat()
    check_beat(beat, clock.today(time_zone()))
    return foresee(reading(), center, room, beat)


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
    room = _room(change.room_id) if scope != "one" else None  # taken for one alone is refused, and not asked
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


def _rhythm(activity_id: int, rhythm_id: int) -> ActivityRhythm:
    to_change(activity_id)
    for rhythm in rhythms_of(reading(), activity_id):
        if rhythm.id == rhythm_id:
            return rhythm
    raise Missing()


def _room(room_id: int | None) -> Room | None:
    return reading().get(Room, room_id) if room_id is not None else None


def _with_rooms(form: DatesForm | SessionForm, activity: Activity) -> None:
    found = rooms_of(reading(), activity.center_id)
    form.room_id.choices = choices(
        [("", _("No room: outside, or elsewhere")), *((str(one.id), one.name) for one in found)]
    )


def _dates_page(activity: Activity, form: DatesForm, lines: list[str] | None = None, status: int = 200) -> Answer:
    if form.how.data not in WAYS:
        return page("civic_centers/activities/how_often.html", activity=activity, status=status)
    _with_rooms(form, activity)
    form.weekdays.choices = choices((number, weekday_name(number)) for number in range(1, 8))
    return page("civic_centers/activities/dates.html", activity=activity, form=form, lines=lines or [], status=status)


def _session_page(
    activity: Activity, one: ActivitySession, form: SessionForm, lines: list[str] | None = None, status: int = 200
) -> Answer:
    _with_rooms(form, activity)
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


def _end_rhythm_page(activity: Activity, rhythm: ActivityRhythm, form: EndRhythmForm, status: int = 200) -> Answer:
    return page(
        "civic_centers/activities/rhythm_end.html",
        activity=activity,
        rhythm=rhythm,
        form=form,
        status=status,
        **saying(),
    )
