"""Proposing to meet every week, another way, and a change from here on."""

from datetime import date, time, timedelta
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import request, url_for
from flask_babel import gettext as _

from community.availability.forms import clock_face
from community.availability.rules import Start
from community.parties.tables import Party
from exchanges.agreements.forms import HOURS, adult_choices
from exchanges.agreements.pages.beginning import (
    begun,
    leave_out_what_is_not_asked,
    offer_people_for,
    offer_subjects,
    party_to_ask,
    said_in,
)
from exchanges.agreements.pages.seconds import offer_seconds
from exchanges.ledger.queries.accounts import account_of
from exchanges.matching.queries import common_starts, wanted_of
from exchanges.matching.rules import Wanted
from exchanges.posts.queries import PostView, post_visible_to
from exchanges.series import actions
from exchanges.series.forms import WeeklyAskForm, WeeklyForm, as_typed
from exchanges.series.pages.answering import take_step
from exchanges.series.pages.blueprint import series
from exchanges.series.pages.words import weekday_name
from exchanges.series.policies import TAKE_PART
from exchanges.series.queries.lists import open_proposal
from exchanges.series.queries.single import SeriesView, view_of
from exchanges.series.rules import is_clock
from exchanges.series.tables import Series
from foundation import clock
from foundation.database import Session
from foundation.web import (
    Answer,
    actor,
    page,
    reading,
    redirect_to,
    requires,
    time_zone,
)
from foundation.web.fields import choices

WeeklyT = TypeVar("WeeklyT", bound=WeeklyForm)


@series.get("/posts/<int:post_id>/answer/weekly")
@requires(TAKE_PART)
def ask_terms(post_id: int) -> Answer:
    found = post_visible_to(reading(), actor(), post_id)
    standing = open_proposal(reading(), post_id, actor().must_be_party())
    if standing is not None:
        return redirect_to(".show", series_id=standing)
    return _propose_page(found, WeeklyForm(**{**_from_post(found), **_touched()}))


@series.post("/posts/<int:post_id>/answer/weekly")
@requires(TAKE_PART)
def propose(post_id: int) -> Answer:
    found = post_visible_to(reading(), actor(), post_id)
    form = _filled(WeeklyForm())
    i_give = found.post.kind == "need"

    def deed(session: Session) -> int:
        return actions.propose(
            session,
            actor(),
            post_id,
            form.weekly_terms(i_give=i_give),
            words=form.words.data or "",
            request_key=form.request_key.data or "",
        )

    return begun(form, Series, deed, shown=_shown, again=lambda: _propose_page(found, form, status=422))


@series.get("/members/<int:party_id>/ask/weekly")
@requires(TAKE_PART)
def ask_somebody(party_id: int) -> Answer:
    return _ask_page(party_to_ask(party_id), WeeklyAskForm(how=HOURS, place="", first_day=_tomorrow(), **_touched()))


@series.post("/members/<int:party_id>/ask/weekly")
@requires(TAKE_PART)
def ask(party_id: int) -> Answer:
    other = party_to_ask(party_id)
    form = _filled(WeeklyAskForm())

    def deed(session: Session) -> int:
        return actions.ask(
            session,
            actor(),
            party_id,
            form.title.data or "",
            form.category.data or 0,
            form.weekly_terms(i_give=False),
            words=form.words.data or "",
            request_key=form.request_key.data or "",
        )

    return begun(form, Series, deed, shown=_shown, again=lambda: _ask_page(other, form, status=422))


@series.get("/series/<int:series_id>/<any(counter, change):way>")
@requires(TAKE_PART)
def ask_other_terms(series_id: int, way: str) -> Answer:
    view = view_of(reading(), actor(), series_id)
    if _verb(way) not in view.verbs:
        return redirect_to(".show", series_id=series_id)
    today = clock.today(time_zone())
    terms = view.proposed or view.terms_on(today)
    start = as_typed(terms, i_give=view.i_give)
    start["first_day"] = max(terms.first_day, _tomorrow())
    return _terms_page(view, way, WeeklyForm(version=str(view.series.version), **start))


@series.post("/series/<int:series_id>/<any(counter, change):way>")
@requires(TAKE_PART)
def send_other_terms(series_id: int, way: str) -> Answer:
    view = view_of(reading(), actor(), series_id)
    form = _filled(WeeklyForm())

    def again() -> Answer:
        return _terms_page(view, way, form, status=422)

    if not form.validate_on_submit():
        return again()
    verb = actions.counter if way == "counter" else actions.suggest
    return take_step(
        series_id,
        form,
        lambda session: verb(
            session,
            actor(),
            series_id,
            form.seen,
            form.weekly_terms(i_give=view.i_give),
            words=form.words.data or "",
        ),
        _("Sent. Now it is the other side's turn."),
        again,
    )


def _verb(way: str) -> str:
    return "counter" if way == "counter" else "suggest"


def _shown(series_id: int) -> Answer:
    return redirect_to(".show", series_id=series_id)


def _filled(form: WeeklyT) -> WeeklyT:
    """What came with a form, its days among those of the week; a gift asks for no minutes."""
    form.weekdays.choices = choices(_weekdays())
    leave_out_what_is_not_asked(form)
    return form


def _from_post(found: PostView) -> dict[str, Any]:
    """What a post says about its week, its length and its place."""
    post = found.post
    hour, _colon, minute = post.weekly_at.partition(":")
    return {
        "weekdays": post.weekdays,
        "at": time(int(hour), int(minute)) if minute else None,
        "every_weeks": "1",
        "first_day": _tomorrow(),
        **said_in(post),
    }


def _touched() -> dict[str, Any]:
    """The day and hour of a link "both of you can": `on=4&at=16:00`."""
    on, at = request.args.get("on", ""), request.args.get("at", "")
    if on not in {str(number) for number, _name in _weekdays()} or not is_clock(at):
        return {}
    hour, minute = at.split(":")
    return {"weekdays": [int(on)], "at": time(int(hour), int(minute))}


def _both_can(party_id: int, wanted: Wanted, address: str) -> list[dict[str, str]]:
    """The days and hours that suit both, as links that write them into the form."""
    found = common_starts(reading(), actor(), party_id, wanted)
    return [
        {
            "words": f"{weekday_name(one.weekday)}, {clock_face(one.minute)}",
            "url": f"{address}?{urlencode({'on': one.weekday, 'at': clock_face(one.minute)})}",
            "chosen": "yes" if _is_touched(one) else "",
        }
        for one in found
    ]


def _is_touched(start: Start) -> bool:
    return request.args.get("on") == str(start.weekday) and request.args.get("at") == clock_face(start.minute)


def _tomorrow() -> date:
    return clock.today(time_zone()) + timedelta(days=1)


def _weekdays() -> list[tuple[int, str]]:
    return [(number, weekday_name(number, "abbreviated")) for number in range(1, 8)]


def _propose_page(found: PostView, form: WeeklyForm, status: int = 200) -> Answer:
    offer_people_for(found, form)
    i_give = found.post.kind == "need"
    form.weekdays.choices = choices(_weekdays())
    return page(
        "exchanges/series/propose.html",
        status=status,
        found=found,
        form=form,
        i_give=i_give,
        account=None if i_give else account_of(reading(), actor().must_be_party()),
        both_can=_both_can(found.post.party_id, wanted_of(found.post), url_for(".ask_terms", post_id=found.post.id)),
    )


def _ask_page(other: Party, form: WeeklyAskForm, status: int = 200) -> Answer:
    offer_subjects(other, form)
    form.weekdays.choices = choices(_weekdays())
    account = account_of(reading(), actor().must_be_party())
    both_can = _both_can(other.id or 0, Wanted(), url_for(".ask_somebody", party_id=other.id))
    return page("exchanges/series/ask.html", status=status, other=other, form=form, account=account, both_can=both_can)


def _terms_page(view: SeriesView, way: str, form: WeeklyForm, status: int = 200) -> Answer:
    form.adult.choices = adult_choices(view.people[view.mine])
    offer_seconds(form, view.everybody, about=view.series)
    form.weekdays.choices = choices(_weekdays())
    return page(
        "exchanges/series/terms.html",
        status=status,
        view=view,
        form=form,
        way=way,
        changing=way == "change" or view.series.state == "changing",
    )
