"""The list of a date, for who keeps its center: who is here, who went home with whom, and on paper."""

from collections.abc import Callable
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext

from civic_centers.centers.policies import KEEP
from civic_centers.enrolling import actions
from civic_centers.enrolling.forms import FetchForm
from civic_centers.enrolling.pages.blueprint import enrolling
from civic_centers.enrolling.pages.words import saying
from civic_centers.enrolling.queries.fetching import ALONE
from civic_centers.enrolling.queries.listing import list_of, to_fetch
from community.dependants.queries import KIND as DEPENDANT
from foundation import audit
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, writing
from foundation.web.fields import choices
from foundation.web.formats import explain
from foundation.web.state import database


@enrolling.get("/sessions/<int:session_id>/list")
@requires(KEEP)
def listing(session_id: int) -> Answer:
    return page("civic_centers/enrolling/list.html", list=list_of(reading(), actor(), session_id), **saying())


@enrolling.get("/sessions/<int:session_id>/list/sheet")
@requires(KEEP)
def sheet(session_id: int) -> Answer:
    """To be printed: who is expected, with room for ticks and for who is not on the list."""
    return page("civic_centers/enrolling/sheet.html", list=list_of(reading(), actor(), session_id), **saying())


@enrolling.post("/sessions/<int:session_id>/list/came")
@requires(KEEP)
def came(session_id: int) -> Answer:
    return _tick(session_id, lambda session, one: actions.note_came(session, actor(), session_id, [one]))


@enrolling.post("/sessions/<int:session_id>/list/not-come")
@requires(KEEP)
def not_come(session_id: int) -> Answer:
    return _tick(session_id, lambda session, one: actions.note_not_come(session, actor(), session_id, one))


@enrolling.post("/sessions/<int:session_id>/list/home")
@requires(KEEP)
def went_home(session_id: int) -> Answer:
    return _tick(session_id, lambda session, one: actions.note_left(session, actor(), session_id, one))


@enrolling.post("/sessions/<int:session_id>/list/close")
@requires(KEEP)
def close_list(session_id: int) -> Answer:
    try:
        with writing() as session:
            number = actions.close_list(session, actor(), session_id)
    except Missing:
        raise
    except DomainError as error:
        say(explain(error), "urgent")
        return redirect_to(".listing", session_id=session_id)
    say(
        ngettext("%(num)s person noted as not here.", "%(num)s people noted as not here.", number)
        if number
        else _("Everybody was here, or had said that they would not be.")
    )
    return redirect_to(".listing", session_id=session_id)


@enrolling.post("/sessions/<int:session_id>/list/qualify")
@requires(KEEP)
def qualify(session_id: int) -> Answer:
    chosen = [int(one) for one in request.form.getlist("who") if one.isdecimal() and len(one) < 19]
    try:
        with writing() as session:
            number = actions.give_qualification(session, actor(), session_id, chosen)
    except Missing:
        raise
    except DomainError as error:
        say(explain(error), "urgent")
        return redirect_to(".listing", session_id=session_id)
    say(ngettext("Given to %(num)s person.", "Given to %(num)s people.", number))
    return redirect_to(".listing", session_id=session_id)


@enrolling.get("/sessions/<int:session_id>/list/<int:enrolment_id>/fetch")
@requires(KEEP)
def ask_fetch(session_id: int, enrolment_id: int) -> Answer:
    """Who may fetch a child. That it was read is written down, and the family sees it."""
    found = to_fetch(reading(), actor(), session_id, enrolment_id)
    audit.looked(database(), actor(), DEPENDANT, found.row.dependant_id or 0)
    return _fetch_page(session_id, enrolment_id, FetchForm(formdata=None))


@enrolling.post("/sessions/<int:session_id>/list/<int:enrolment_id>/fetch")
@requires(KEEP)
def fetch(session_id: int, enrolment_id: int) -> Answer:
    to_fetch(reading(), actor(), session_id, enrolment_id)
    form = FetchForm()
    if not form.validate_on_submit():
        return _fetch_page(session_id, enrolment_id, form, status=422)
    try:
        with writing() as session:
            actions.note_left(session, actor(), session_id, enrolment_id, form.name.data or "")
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _fetch_page(session_id, enrolment_id, form, status=error.status)
    say(_("Written down: they went home."))
    return redirect_to(".listing", session_id=session_id)


def _tick(session_id: int, act: Callable[[Any, int], object]) -> Answer:
    one = request.form.get("who", "")
    try:
        with writing() as session:
            act(session, int(one) if one.isdecimal() and len(one) < 19 else 0)
    except Missing:
        raise
    except DomainError as error:
        say(explain(error), "urgent")
    return redirect_to(".listing", session_id=session_id, anchor=f"p{one}" if one.isdecimal() else None)


def _fetch_page(session_id: int, enrolment_id: int, form: FetchForm, status: int = 200) -> Answer:
    found = to_fetch(reading(), actor(), session_id, enrolment_id)
    form.name.choices = choices(
        (name, _("They go home by themselves") if name == ALONE else name) for name in found.allowed
    )
    return page("civic_centers/enrolling/fetch.html", found=found, form=form, status=status)
