"""One series, writing to each other beside it, and several of its meetings with one button."""

from collections.abc import Callable
from typing import Any

from flask import request
from flask_babel import gettext as _

from community.conversations.pages import TalkView, talk_in
from exchanges.agreements.forms import AcceptForm, DeclineForm, adult_choices
from exchanges.agreements.pages.blueprint import once
from exchanges.agreements.pages.seconds import offer_seconds
from exchanges.agreements.pages.sections import sections_for
from exchanges.series import actions
from exchanges.series.actions.writing import standing_beside
from exchanges.series.forms import TogetherForm, said_in
from exchanges.series.pages.blueprint import day_of, series
from exchanges.series.pages.story import SeriesStory, stations_of, story_of
from exchanges.series.policies import SEE, TAKE_PART
from exchanges.series.queries.mine import my_series
from exchanges.series.queries.single import SeriesView, view_of
from foundation.database import Session
from foundation.errors import DomainError
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, time_zone
from foundation.web.forms import BaseForm

SHOW = "exchanges/series/show.html"
MOST_CHOICES = 12 * 60
ENDED_SHOWN = 20


@series.get("/series")
@requires(SEE)
def mine() -> Answer:
    return page(
        "exchanges/series/mine.html",
        going_on=my_series(reading(), actor()),
        over=my_series(reading(), actor(), over=True, limit=ENDED_SHOWN),
    )


@series.get("/series/<int:series_id>")
@requires(SEE)
def show(series_id: int) -> Answer:
    return series_page(series_id)


@series.post("/series/<int:series_id>/deliver")
@requires(TAKE_PART)
def deliver(series_id: int) -> Answer:
    said = said_in(request.form, chosen_by="done")
    return _together(
        series_id,
        "deliver_form",
        lambda session: actions.deliver_together(session, actor(), series_id, said),
        _("Written down. Now the other side confirms."),
    )


@series.post("/series/<int:series_id>/confirm")
@requires(TAKE_PART)
def confirm(series_id: int) -> Answer:
    said = said_in(request.form, chosen_by="version")
    return _together(
        series_id,
        "confirm_form",
        lambda session: actions.confirm_together(session, actor(), series_id, said),
        _("Confirmed. Thank you!"),
    )


def series_page(
    series_id: int, *, status: int = 200, changed: bool = False, part: str = "", **forms: BaseForm
) -> Answer:
    """The page of a series. `changed`: a form was opened before something changed, and nothing was done.

    `forms` are those that came back with something to put right, by the name they have in the template.
    """
    view = view_of(reading(), actor(), series_id)
    earlier = day_of(request.args.get("until", "")) if request.method == "GET" else None
    story = story_of(reading(), view, time_zone(), earlier=earlier)
    return page(
        SHOW,
        part=part,
        status=status,
        story=story,
        stations=stations_of(story),
        changed=changed,
        talk=_talk_of(view),
        minutes_choices=_minutes_choices(story),
        sections=sections_for(reading(), actor(), view.series.thread_id),
        **{**_fresh_forms(story), **forms},
    )


def _talk_of(view: SeriesView) -> TalkView:
    standing = standing_beside(reading(), actor(), view.series, view.mine)
    return talk_in(view.series.thread_id, standing=standing, people=view.people)


def _together(series_id: int, name: str, deed: Callable[[Session], object], done: str) -> Answer:
    form = TogetherForm()
    if not form.validate_on_submit():
        return series_page(series_id, status=422, **{name: form})
    try:
        once(form, deed)
    except DomainError as error:
        if error.status == 404:
            raise
        form.refuse(error)
        return series_page(series_id, status=error.status, **{name: form})
    say(done)
    return redirect_to(".show", series_id=series_id)


def _minutes_choices(story: SeriesStory) -> list[int]:
    """How long a meeting may have taken: every quarter of an hour, and what was agreed. Other times on its own page."""
    agreed = {one.minutes for one in story.meetings.to_write_down if one.minutes}
    return sorted({*range(15, MOST_CHOICES + 1, 15), *agreed})


def _fresh_forms(story: SeriesStory) -> dict[str, BaseForm]:
    view = story.view
    forms: dict[str, Any] = {
        "deliver_form": TogetherForm(formdata=None),
        "confirm_form": TogetherForm(formdata=None),
    }
    if view.my_turn:
        adult = story.terms.adult_id or actor().person_id
        accept = AcceptForm(formdata=None, version=str(view.series.version), adult=adult)
        accept.adult.choices = adult_choices(view.people[view.mine])
        accept.second.data = story.terms.second_id
        offer_seconds(accept, view.everybody, about=view.series)
        forms["accept_form"] = accept
        forms["decline_form"] = DeclineForm(formdata=None, version=str(view.series.version))
    return forms
