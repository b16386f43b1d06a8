"""The page "When we can": an ordinary week, kept by the adults of a household."""

from typing import Any

from flask import Blueprint, Flask
from flask_babel import gettext as _

from community.availability import actions
from community.availability.forms import WeekForm, hours_form, hours_said, named
from community.availability.pages import words
from community.availability.queries import own_week
from community.availability.rules import PARTS, WEEKDAYS
from community.parties.policies import WRITE
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, writing
from foundation.web.forms import ActForm, BaseForm

availability = Blueprint("availability", __name__, url_prefix="/c/<community>/me/when-we-can")


@availability.get("")
@requires(WRITE)
def show() -> Answer:
    return _week_page(WeekForm.showing(own_week(reading(), actor())))


@availability.post("")
@requires(WRITE)
def keep() -> Answer:
    form = WeekForm()
    if not form.validate_on_submit():
        return _week_page(form, status=422)
    with writing() as session:
        week = actions.set_week(session, actor(), form.cells)
    say(_("Kept: %(when)s.", when=words.week_words(week)) if week else _("Kept: nothing is said any more."))
    return redirect_to(".show")


@availability.post("/clear")
@requires(WRITE)
def clear() -> Answer:
    ActForm().validate_on_submit()
    with writing() as session:
        actions.clear_week(session, actor())
    say(_("Taken away: nobody sees when you can any more."))
    return redirect_to(".show")


@availability.get("/hours")
@requires(WRITE)
def ask_hours() -> Answer:
    week = own_week(reading(), actor())
    return _hours_page(hours_form(week)) if week else redirect_to(".show")


@availability.post("/hours")
@requires(WRITE)
def keep_hours() -> Answer:
    week = own_week(reading(), actor())
    form = hours_form(week)
    if not form.validate_on_submit():
        return _hours_page(form, status=422)
    try:
        with writing() as session:
            kept = actions.set_hours(session, actor(), hours_said(form, week))
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _hours_page(form, status=422)
    say(_("Kept: %(when)s.", when=words.week_words(kept)))
    return redirect_to(".show")


def _week_page(form: WeekForm, status: int = 200) -> Answer:
    return page(
        "community/availability/week.html", status=status, form=form, week=own_week(reading(), actor()), **rendering()
    )


def _hours_page(form: BaseForm, status: int = 200) -> Answer:
    return page(
        "community/availability/hours.html", status=status, form=form, week=own_week(reading(), actor()), **rendering()
    )


def rendering() -> dict[str, Any]:
    """What the templates say a week with."""
    return {"words": words, "parts": PARTS, "weekdays": WEEKDAYS, "named": named}


def set_up(app: Flask) -> None:
    """Give the templates their filters."""
    app.jinja_env.filters["week_words"] = words.week_words
