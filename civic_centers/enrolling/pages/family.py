"""For families: enrolling, one's places, offers, "I can't come", and who comes instead."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from civic_centers.activities.pages.words import saying as of_activities
from civic_centers.activities.queries.single import session_visible_to
from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.enrolling import actions
from civic_centers.enrolling.forms import EnrolForm, SwapForm
from civic_centers.enrolling.pages.blueprint import enrolling
from civic_centers.enrolling.pages.words import WHY_NOT, answer_words, saying
from civic_centers.enrolling.policies import ENROL, must_enrol
from civic_centers.enrolling.queries.counting import enrolled_in
from civic_centers.enrolling.queries.fitting import Candidate, adult_of, candidates, what_is_absent
from civic_centers.enrolling.queries.own import (
    next_dates,
    own_at,
    own_dates,
    own_qualifications,
    own_request,
    own_row,
    place_in_line,
    without_anybody,
)
from civic_centers.enrolling.rules import LIVE
from foundation import clock
from foundation.errors import DomainError, Missing
from foundation.once import first_time
from foundation.web import Answer, actor, page, person_id, reading, redirect_to, requires, say, time_zone, writing
from foundation.web.fields import choices
from foundation.web.formats import day_time
from foundation.web.pressing import pressed


@enrolling.get("/sessions/<int:session_id>/enrol")
@requires(ENROL)
def ask(session_id: int) -> Answer:
    one, activity = _open(session_id)
    if one.state != "planned":  # an old page led here: that of the date says why it does not take place
        return _back(activity, session_id)
    form = EnrolForm(formdata=None, data={"dates": [session_id], "together": True})
    people = candidates(reading(), actor(), must_enrol(actor()))
    absent = what_is_absent(reading(), activity, people)
    there = _there(one)
    fitting = [each.key for each in people if each.key not in absent and each.key not in there]
    form.who.data = fitting if len(fitting) == 1 else []
    return _enrol_page(one, activity, form)


@enrolling.post("/sessions/<int:session_id>/enrol")
@requires(ENROL)
def enrol(session_id: int) -> Answer:
    one, activity = _open(session_id)
    form = EnrolForm()
    chosen = {number for number in form.dates.data or [] if number}
    dates = {session_id} if activity.enrol_for == "all" or not chosen else chosen
    who = set(form.who.data or [])
    waits = dates == {session_id} and not one.has_room and len(who) == 1 and all(map(adult_of, who))
    try:
        # One adult at a full date is looked at while they are written down; others before: nobody waits for that.
        ready = None if waits else actions.look_first(reading(), actor(), dates, who)
        answers = _enrolled(form, dates, who, ready)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _enrol_page(one, activity, form, status=error.status)
    if answers is None:
        return _back(activity, session_id)
    names = {each.key: each.name for each in candidates(reading(), actor(), must_enrol(actor()), only=who)}
    say(answer_words(answers, names), "done" if all(each.held for each in answers) else "sole")
    return _back(activity, session_id)


def _enrolled(
    form: EnrolForm, dates: set[int], who: set[str], ready: actions.Ready | None
) -> list[actions.Answer] | None:
    """What became of them; None where the form was sent before."""
    with writing() as session:
        if ready is None:
            [date], [key] = dates, who
            try:
                waits = actions.wait(session, actor(), date, key)
            except actions.Already:  # they are there: so they see on its page
                return None
            if waits is not None:
                return [waits]
        key, content = form.request_key.data or "", form.typed()
        if not first_time(session, key, person_id(), url_for(".mine"), content=content):
            return None
        return actions.enrol(session, actor(), dates, who, together=bool(form.together.data), ready=ready)


@enrolling.get("/enrolments")
@requires(ENROL)
def mine() -> Answer:
    """Where one's household comes and waits; what is over; what one has from trainings."""
    coming = own_dates(reading(), actor())
    lines = {
        number: place_in_line(reading(), asked)
        for each in coming[:20]
        for number, asked in each.requests.items()
        if asked.state == "waiting"
    }
    return page(
        "civic_centers/enrolling/mine.html",
        coming=coming,
        past=own_dates(reading(), actor(), past=True)[:20],
        lines=lines,
        nobody=without_anybody(reading(), actor(), coming),
        qualifications=own_qualifications(reading(), actor()),
        today=clock.today(time_zone()),
        **saying(),
    )


@enrolling.post("/enrolments/<int:request_id>/accept")
@requires(ENROL)
def accept(request_id: int) -> Answer:
    return _done(lambda session: actions.accept_offer(session, actor(), request_id), _("The place is yours."))


@enrolling.post("/enrolments/<int:request_id>/leave")
@requires(ENROL)
def leave(request_id: int) -> Answer:
    own_request(reading(), actor(), request_id)
    return _done(
        lambda session: actions.leave(session, actor(), request_id),
        _("Said. Thank you: somebody else will be glad of it."),
    )


@enrolling.post("/sessions/<int:session_id>/cannot-come")
@requires(ENROL)
def cannot_come(session_id: int) -> Answer:
    """One tap: somebody of the household, or all of it."""
    chosen = [int(one) for one in request.form.getlist("who") if one.isdecimal() and len(one) < 19]
    return _done(
        lambda session: actions.cannot_come(session, actor(), session_id, chosen),
        _("Thank you for saying so: who waits has the place now. If it was a slip, come back while there is room."),
    )


@enrolling.post("/places/<int:enrolment_id>/come")
@requires(ENROL)
def come_after_all(enrolment_id: int) -> Answer:
    return _done(lambda session: actions.come_after_all(session, actor(), enrolment_id), _("Good: see you there."))


@enrolling.get("/places/<int:enrolment_id>/swap")
@requires(ENROL)
def ask_swap(enrolment_id: int) -> Answer:
    return _swap_page(enrolment_id, SwapForm(formdata=None))


@enrolling.post("/places/<int:enrolment_id>/swap")
@requires(ENROL)
def swap(enrolment_id: int) -> Answer:
    own_row(reading(), actor(), enrolment_id)
    form = SwapForm()
    if not form.validate_on_submit():
        return _swap_page(enrolment_id, form, status=422)
    try:
        with writing() as session:
            actions.swap(session, actor(), enrolment_id, form.who.data or "")
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _swap_page(enrolment_id, form, status=error.status)
    say(_("Done: the other comes."))
    return redirect_to(".mine")


def _done(act: Callable[[Any], object], words: str) -> Answer:
    """Do one thing with a place, and go back to one's own."""
    pressed(act, words)
    return redirect_to(".mine")


def _open(session_id: int) -> tuple[ActivitySession, Activity]:
    """A date of an activity that people may enrol in; others are Missing here, and their page says why."""
    one, activity = session_visible_to(reading(), actor(), session_id)
    if activity.state != "open":
        raise Missing()
    return one, activity


def _back(activity: Activity, session_id: int) -> Answer:
    return redirect_to("activities.show_session", activity_id=activity.id, session_id=session_id)


def _there(one: ActivitySession) -> set[str]:
    """Who of the household stands on the list already."""
    own = own_at(reading(), actor(), one.id or 0)
    rows = [each.row for each in own.standing(*LIVE)] if own is not None else []
    return {f"p{row.person_id}" if row.person_id is not None else f"d{row.dependant_id}" for row in rows}


def _choices(people: Sequence[Candidate]) -> Any:
    return choices((each.key, each.name) for each in people)


def _enrol_page(one: ActivitySession, activity: Activity, form: EnrolForm, status: int = 200) -> Answer:
    people = candidates(reading(), actor(), must_enrol(actor()))
    absent, there = what_is_absent(reading(), activity, people), _there(one)
    fitting = [each for each in people if each.key not in absent and each.key not in there]
    form.who.choices = _choices(fitting)
    dates = [one] if activity.enrol_for == "all" else next_dates(reading(), activity.id or 0)
    if one.starts_at > clock.now() and one not in dates:  # the date one came for may be further off than the nearest
        dates = [*dates, one]
    form.dates.choices = choices((str(each.id), day_time(each.starts_at)) for each in dates)
    return page(
        "civic_centers/enrolling/enrol.html",
        one=one,
        activity=activity,
        form=form,
        dates=dates,
        counts=enrolled_in(reading(), [one.id or 0])[one.id or 0],
        absent=[(each, absent[each.key], WHY_NOT[absent[each.key]]) for each in people if each.key in absent],
        there=[each.name for each in people if each.key in there],
        number=len(fitting),
        has_begun=one.starts_at <= clock.now(),
        status=status,
        **{**of_activities(), **saying()},
    )


def _swap_page(enrolment_id: int, form: SwapForm, status: int = 200) -> Answer:
    row, one, activity = own_row(reading(), actor(), enrolment_id)
    own = own_at(reading(), actor(), one.id or 0)
    if row.state != "held" or own is None or own.begun:
        raise Missing()
    people = candidates(reading(), actor(), row.party_id or 0)
    absent, there = what_is_absent(reading(), activity, people), _there(one)
    form.who.choices = _choices([each for each in people if each.key not in absent and each.key not in there])
    name = next(each.name for each in own.people if each.row.id == enrolment_id)
    return page(
        "civic_centers/enrolling/swap.html",
        row=row,
        one=one,
        activity=activity,
        form=form,
        name=name,
        status=status,
    )
