"""What families bring along from the books that were kept before these, for who keeps the purchasing of their zone."""

from flask import request
from flask_babel import gettext as _

from civic_centers.reckoning import actions
from civic_centers.reckoning.forms import OpeningForm, ReasonForm, content
from civic_centers.reckoning.pages.blueprint import reckoning
from civic_centers.reckoning.queries.openings import (
    MOST_SHOWN,
    Opening,
    families_called,
    family_to_open,
    opening_of,
    openings_kept,
    openings_of,
)
from civic_centers.reckoning.queries.till import cycles_kept
from civic_centers.suppliers.policies import KEEP
from foundation.errors import DomainError, Missing
from foundation.once import first_time
from foundation.web import Answer, actor, page, person_id, reading, redirect_to, requires, say, writing
from foundation.web.forms import UNPRINTABLE

LONGEST = 100


@reckoning.get("/till/before")
@requires(KEEP)
def before() -> Answer:
    typed = UNPRINTABLE.sub("", request.args.get("q", "")).strip()[:LONGEST]
    return page(
        "civic_centers/reckoning/before.html",
        typed=typed,
        families=families_called(reading(), actor(), typed),
        openings=openings_kept(reading(), actor(), typed),
        most=MOST_SHOWN,
    )


@reckoning.get("/till/before/<int:family_id>")
@requires(KEEP)
def ask_opening(family_id: int) -> Answer:
    return _page(family_id, OpeningForm(formdata=None))


@reckoning.post("/till/before/<int:family_id>")
@requires(KEEP)
def open_with(family_id: int) -> Answer:
    family_to_open(reading(), actor(), family_id)
    form = OpeningForm()
    if not form.validate_on_submit():
        return _page(family_id, form, 422)
    key = form.request_key.data or ""
    what = (family_id, form.side.data or "", form.cents.data or 0, form.as_of.data, form.words.data or "")
    try:
        with writing() as session:
            if first_time(session, key, person_id(), content=content(form)):
                actions.open_with(session, actor(), *what, key=key)
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _page(family_id, form, error.status)
    say(_("Written down: the family has been told."))
    return redirect_to(".before")


@reckoning.get("/till/before/<int:family_id>/<int:opening_id>")
@requires(KEEP)
def ask_to_take_opening_back(family_id: int, opening_id: int) -> Answer:
    return _back_page(family_id, opening_id, ReasonForm(formdata=None))


@reckoning.post("/till/before/<int:family_id>/<int:opening_id>")
@requires(KEEP)
def take_opening_back(family_id: int, opening_id: int) -> Answer:
    _opening(family_id, opening_id)
    form = ReasonForm()
    if not form.validate_on_submit():
        return _back_page(family_id, opening_id, form, 422)
    try:
        with writing() as session:
            if first_time(session, form.request_key.data or "", person_id(), content=content(form)):
                actions.take_opening_back(session, actor(), family_id, opening_id, form.reason.data or "")
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _back_page(family_id, opening_id, form, error.status)
    say(_("Taken back by a counter-entry. The family has been told."))
    return redirect_to(".ask_opening", family_id=family_id)


def _opening(family_id: int, opening_id: int) -> Opening:
    """One that stands, of a family that the actor may open. Raises Missing."""
    family_to_open(reading(), actor(), family_id)
    found = next((one for one in openings_of(reading(), family_id) if one.id == opening_id), None)
    if found is None:
        raise Missing()
    return found


def _page(family_id: int, form: OpeningForm, status: int = 200) -> Answer:
    party = family_to_open(reading(), actor(), family_id)
    kept = cycles_kept(reading(), actor(), limit=1)
    return page(
        "civic_centers/reckoning/opening.html",
        party=party,
        openings=openings_of(reading(), family_id),
        has_own=opening_of(reading(), family_id) is not None,
        till_id=kept[0].id if kept else None,
        form=form,
        status=status,
    )


def _back_page(family_id: int, opening_id: int, form: ReasonForm, status: int = 200) -> Answer:
    found = _opening(family_id, opening_id)
    return page("civic_centers/reckoning/opening_back.html", opening=found, form=form, status=status)
