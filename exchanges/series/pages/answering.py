"""The doors to the verbs of a series: yes, no, leave one out, end, who comes."""

from collections.abc import Callable
from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext as _

from exchanges.agreements.forms import AcceptForm, AdultForm, DeclineForm, StepForm, adult_choices
from exchanges.agreements.pages.seconds import offer_seconds
from exchanges.agreements.pages.stepping import Reason, reason_page, stepped, who_page
from exchanges.series import actions
from exchanges.series.forms import EndForm, SkipForm
from exchanges.series.pages.blueprint import day_of, series
from exchanges.series.pages.showing import series_page
from exchanges.series.policies import TAKE_PART
from exchanges.series.queries.meetings import meeting_on
from exchanges.series.queries.single import SeriesView, view_of
from exchanges.series.rules import STANDING
from foundation import clock
from foundation.database import Session
from foundation.errors import Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires, time_zone


def take_step(
    series_id: int,
    form: StepForm,
    deed: Callable[[Session], object],
    done: str,
    again: Callable[[], Answer] | None = None,
) -> Answer:
    """Do one step and go back to the series; a stale form is shown what changed, a refused one comes back."""
    return stepped(
        form,
        deed,
        done,
        shown=lambda: redirect_to(".show", series_id=series_id),
        stale=lambda: series_page(series_id, status=409, changed=True),
        again=again,
    )


@series.post("/series/<int:series_id>/accept")
@requires(TAKE_PART)
def accept(series_id: int) -> Answer:
    form = AcceptForm()
    view = view_of(reading(), actor(), series_id)
    form.adult.choices = adult_choices(view.people[view.mine])
    offer_seconds(form, view.everybody, about=view.series)

    def again() -> Answer:
        return series_page(series_id, status=422, accept_form=form)

    if not form.validate_on_submit():
        return again()
    changing = view.series.state == "changing"
    return take_step(
        series_id,
        form,
        lambda session: actions.accept(
            session,
            actor(),
            series_id,
            form.seen,
            adult_id=form.adult.data,
            second_id=form.second.data,
            words=form.words.data or "",
        ),
        _("Changed. The other side has been told.") if changing else _("Agreed! Here are your next meetings."),
        again,
    )


@series.post("/series/<int:series_id>/withdraw")
@requires(TAKE_PART)
def withdraw(series_id: int) -> Answer:
    form = StepForm()
    form.validate_on_submit()
    return take_step(
        series_id,
        form,
        lambda session: actions.withdraw(session, actor(), series_id, form.seen),
        _("Taken back. Nobody has to do anything."),
    )


@series.get("/series/<int:series_id>/decline")
@requires(TAKE_PART)
def ask_reason(series_id: int) -> Answer:
    view = view_of(reading(), actor(), series_id)
    if "decline" not in view.verbs:
        return redirect_to(".show", series_id=series_id)
    return _decline_page(view, DeclineForm(version=str(view.series.version)))


@series.post("/series/<int:series_id>/decline")
@requires(TAKE_PART)
def decline(series_id: int) -> Answer:
    form = DeclineForm()

    def again() -> Answer:
        return _decline_page(view_of(reading(), actor(), series_id), form, status=422)

    if not form.validate_on_submit():
        return again()
    return take_step(
        series_id,
        form,
        lambda session: actions.decline(session, actor(), series_id, form.seen, reason=form.reason.data or ""),
        _("Said. Thank you for answering."),
        again,
    )


@series.get("/series/<int:series_id>/skip/<day>")
@requires(TAKE_PART)
def ask_to_skip(series_id: int, day: str) -> Answer:
    view, of_day = view_of(reading(), actor(), series_id), _day(day)
    if view.series.state not in STANDING:
        return redirect_to(".show", series_id=series_id)
    meeting = meeting_on(reading(), series_id, of_day)
    return _skip_page(view, of_day, SkipForm(version=str(meeting.version if meeting else 0)))


@series.post("/series/<int:series_id>/skip/<day>")
@requires(TAKE_PART)
def skip(series_id: int, day: str) -> Answer:
    form, of_day = SkipForm(), _day(day)

    def again() -> Answer:
        return _skip_page(view_of(reading(), actor(), series_id), of_day, form, status=422)

    if not form.validate_on_submit():
        return again()
    return take_step(
        series_id,
        form,
        lambda session: actions.skip(session, actor(), series_id, of_day, form.seen, reason=form.reason.data or ""),
        _("Left out. The other side has been told."),
        again,
    )


@series.get("/series/<int:series_id>/end")
@requires(TAKE_PART)
def ask_to_end(series_id: int) -> Answer:
    view = view_of(reading(), actor(), series_id)
    if "end" not in view.verbs:
        return redirect_to(".show", series_id=series_id)
    tomorrow = clock.today(time_zone()) + timedelta(days=1)
    return _end_page(view, EndForm(version=str(view.series.version), from_day=tomorrow))


@series.post("/series/<int:series_id>/end")
@requires(TAKE_PART)
def end(series_id: int) -> Answer:
    form = EndForm()

    def again() -> Answer:
        return _end_page(view_of(reading(), actor(), series_id), form, status=422)

    if not form.validate_on_submit():
        return again()
    return take_step(
        series_id,
        form,
        lambda session: actions.end(
            session, actor(), series_id, form.seen, form.from_day.data, reason=form.reason.data or ""
        ),
        _("It ends. The other side has been told, and the hours set aside are free again."),
        again,
    )


@series.get("/series/<int:series_id>/who")
@requires(TAKE_PART)
def ask_adult(series_id: int) -> Answer:
    view = view_of(reading(), actor(), series_id)
    if not view.i_give or "replace" not in view.verbs:
        return redirect_to(".show", series_id=series_id)
    today = clock.today(time_zone())
    terms = view.terms_on(today)
    form = AdultForm(version=str(view.series.version), adult=terms.adult_id, second=terms.second_id)
    return _adult_page(view, form)


@series.post("/series/<int:series_id>/who")
@requires(TAKE_PART)
def replace_adult(series_id: int) -> Answer:
    form = AdultForm()
    view = view_of(reading(), actor(), series_id)
    form.adult.choices = adult_choices(view.people[view.series.giver_id])

    def again() -> Answer:
        return _adult_page(view_of(reading(), actor(), series_id), form, status=422)

    if not form.validate_on_submit():
        return again()
    return take_step(
        series_id,
        form,
        lambda session: actions.replace_adult(
            session, actor(), series_id, form.seen, form.adult.data or 0, second_id=form.second.data
        ),
        _("Changed. The other side has been told who comes."),
        again,
    )


def _day(text: str) -> date:
    day = day_of(text)
    if day is None:
        raise Missing()
    return day


def _decline_page(view: SeriesView, form: DeclineForm, status: int = 200) -> Answer:
    if view.series.state == "changing":
        words, lead = _("Leave it as it is"), _("Everything goes on as you had agreed.")
    else:
        words, lead = _("Not this time"), _("A word is kind, but not needed.")
    number = view.series.id
    return reason_page(
        Reason(words, lead, words, "quiet"),
        form,
        about=view.series.title,
        back_url=url_for(".show", series_id=number),
        url=url_for(".decline", series_id=number),
        hint=_("%(name)s will read it.", name=view.name_of(view.other.id or 0)),
        status=status,
    )


def _skip_page(view: SeriesView, day: date, form: SkipForm, status: int = 200) -> Answer:
    return page("exchanges/series/skip.html", status=status, view=view, form=form, day=day)


def _end_page(view: SeriesView, form: EndForm, status: int = 200) -> Answer:
    return page("exchanges/series/end.html", status=status, view=view, form=form)


def _adult_page(view: SeriesView, form: AdultForm, status: int = 200) -> Answer:
    form.adult.choices = adult_choices(view.people[view.series.giver_id])
    offer_seconds(form, view.everybody, about=view.series)
    number = view.series.id
    return who_page(
        form,
        about=view.series.title,
        back_url=url_for(".show", series_id=number),
        url=url_for(".replace_adult", series_id=number),
        care=view.care,
        weekly=True,
        status=status,
    )
