"""The dates of an activity: laid out, once or in a rhythm, and how a rhythm ends."""

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext

from civic_centers.activities import actions
from civic_centers.activities.forms import (
    WAYS,
    WEEKLY,
    DatesForm,
    EndRhythmForm,
)
from civic_centers.activities.pages.asking import foreseen_words, must_ask, without_words
from civic_centers.activities.pages.blueprint import activities
from civic_centers.activities.pages.planning import to_change
from civic_centers.activities.pages.rooming import room_of, with_rooms
from civic_centers.activities.pages.words import saying
from civic_centers.activities.queries.foreseeing import Foreseen, foresee, seen_before
from civic_centers.activities.queries.single import rhythms_of
from civic_centers.activities.rules import check_beat, check_span
from civic_centers.activities.tables import Activity, ActivityRhythm
from civic_centers.centers.policies import KEEP
from civic_centers.centers.tables import Center
from exchanges.posts.pages.words import weekday_name
from foundation import clock
from foundation.errors import DomainError, Missing
from foundation.once import first_time
from foundation.web import Answer, actor, page, person_id, reading, redirect_to, requires, say, time_zone, writing
from foundation.web.fields import choices


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


def _foresee(activity: Activity, form: DatesForm) -> Foreseen:
    """What speaks against the dates that were typed. Raises Invalid for those that cannot be."""
    center = reading().get_one(Center, activity.center_id)
    room = room_of(form.room_id.data)
    if form.how.data != WEEKLY:
        spans = form.spans()
        for span in spans:
            check_span(span.starts_at, span.ends_at, clock.now())
        return seen_before(reading(), center, room, spans)
    beat = form.beat()
    check_beat(beat, clock.today(time_zone()))
    return foresee(reading(), center, room, beat)


def _rhythm(activity_id: int, rhythm_id: int) -> ActivityRhythm:
    to_change(activity_id)
    for rhythm in rhythms_of(reading(), activity_id):
        if rhythm.id == rhythm_id:
            return rhythm
    raise Missing()


def _dates_page(activity: Activity, form: DatesForm, lines: list[str] | None = None, status: int = 200) -> Answer:
    if form.how.data not in WAYS:
        return page("civic_centers/activities/how_often.html", activity=activity, status=status)
    with_rooms(form, activity)
    form.weekdays.choices = choices((number, weekday_name(number)) for number in range(1, 8))
    return page("civic_centers/activities/dates.html", activity=activity, form=form, lines=lines or [], status=status)


def _end_rhythm_page(activity: Activity, rhythm: ActivityRhythm, form: EndRhythmForm, status: int = 200) -> Answer:
    return page(
        "civic_centers/activities/rhythm_end.html",
        activity=activity,
        rhythm=rhythm,
        form=form,
        status=status,
        **saying(),
    )
