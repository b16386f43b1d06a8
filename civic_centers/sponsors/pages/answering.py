"""One pledge: what makers answer and note, and what its organisation changes."""

from collections.abc import Callable
from typing import Any

from flask import request
from flask_babel import gettext as _

from civic_centers.labs.forms import amount_form
from civic_centers.sponsors import actions
from civic_centers.sponsors.forms import AcceptForm, DeliveryForm, ReasonForm, ThanksForm, VersionForm
from civic_centers.sponsors.pages.blueprint import sponsors
from civic_centers.sponsors.pages.words import saying
from civic_centers.sponsors.policies import DECIDE, OFFER
from civic_centers.sponsors.queries import (
    PledgeView,
    fitting_lines,
    line_to_note,
    pledges_for_makers,
    targets_of,
    view_of,
)
from exchanges.agreements.forms import whole_number
from foundation import clock
from foundation.database import Session
from foundation.errors import DomainError, Missing
from foundation.once import first_time
from foundation.web import Answer, actor, page, person_id, reading, redirect_to, requires, say, time_zone, writing
from foundation.web.asked import row_number
from foundation.web.forms import ActForm, BaseForm
from foundation.web.pressing import pressed


@sponsors.get("/sponsors/desk")
@requires(DECIDE)
def desk() -> Answer:
    """What is promised in the zones of a maker."""
    if actor().is_on_behalf:
        raise Missing()
    after = request.args.get("after", type=row_number)
    found, more = pledges_for_makers(reading(), actor(), after)
    return page(
        "civic_centers/sponsors/desk.html",
        found=found,
        targets=targets_of(reading(), [pledge for pledge, _name in found]),
        after=after,
        more=found[-1][0].id if more else None,
        **saying(),
    )


@sponsors.get("/sponsors/pledges/<int:pledge_id>")
@requires(OFFER)
def pledge(pledge_id: int) -> Answer:
    return _page(view_of(reading(), actor(), pledge_id))


@sponsors.post("/sponsors/pledges/<int:pledge_id>/accept")
@requires(DECIDE)
def accept(pledge_id: int) -> Answer:
    form = AcceptForm()
    line = whole_number(form.line.data) if "line" in request.form else None
    return _pressed(
        pledge_id,
        lambda session: actions.accept(session, actor(), pledge_id, form.opened_with, line),
        _("Accepted: they have been told."),
    )


@sponsors.get("/sponsors/pledges/<int:pledge_id>/decline")
@requires(DECIDE)
def ask_why_not(pledge_id: int) -> Answer:
    view = _of_maker(pledge_id)
    if view.pledge.state not in ("offered", "accepted"):
        return redirect_to(".pledge", pledge_id=pledge_id)
    return _reason_page(view, ReasonForm(formdata=None, version=str(view.pledge.version)))


@sponsors.post("/sponsors/pledges/<int:pledge_id>/decline")
@requires(DECIDE)
def decline(pledge_id: int) -> Answer:
    """Say no, or end what was accepted; the organisation reads why."""
    view, form = _of_maker(pledge_id), ReasonForm()
    if not form.validate_on_submit():
        return _reason_page(view, form, 422)
    act = actions.end if view.pledge.state == "accepted" else actions.decline
    try:
        with writing() as session:
            act(session, actor(), pledge_id, form.opened_with, form.reason.data or "")
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _reason_page(view, form, error.status)
    say(_("Noted: they have been told."))
    return redirect_to(".pledge", pledge_id=pledge_id)


@sponsors.post("/sponsors/pledges/<int:pledge_id>/withdraw")
@requires(OFFER)
def withdraw(pledge_id: int) -> Answer:
    form = VersionForm()
    return _pressed(
        pledge_id,
        lambda session: actions.withdraw(session, actor(), pledge_id, form.opened_with),
        _("Taken back: the makers have been told. What was given stays noted."),
    )


@sponsors.post("/sponsors/pledges/<int:pledge_id>/name")
@requires(OFFER)
def be_named(pledge_id: int) -> Answer:
    """Whether everybody reads who gives it. The button says which of the two: pressed twice, it is so once."""
    named = request.form.get("named") == "yes"
    done = _("From now on you are named for it.") if named else _("From now on you are not named for it.")
    return _pressed(pledge_id, lambda session: actions.be_named(session, actor(), pledge_id, named=named), done)


@sponsors.post("/sponsors/pledges/<int:pledge_id>/deliver")
@requires(DECIDE)
def deliver(pledge_id: int) -> Answer:
    """Note a part that was given, once for each form."""
    view = _of_maker(pledge_id)
    form = _delivery_form(view)
    if not form.validate_on_submit():
        return _page(view, delivery=form, status=422)
    day, cents, is_last = form.day.data, form.cents.data, bool(form.is_last.data)
    key, quota_way = form.request_key.data or "", form.quota_way.data or "" if "quota_way" in form else ""
    received = form.received.data if "received" in form else None
    said = repr((pledge_id, day, cents, is_last, quota_way, received))
    try:
        with writing() as session:
            if first_time(session, key, person_id(), content=said):
                actions.deliver(
                    session, actor(), pledge_id, day, cents, is_last=is_last, quota_way=quota_way, received=received
                )
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _page(view, delivery=form, status=error.status)
    say(_("Noted."))
    return redirect_to(".pledge", pledge_id=pledge_id)


@sponsors.post("/sponsors/pledges/<int:pledge_id>/deliveries/<int:delivery_id>/correct")
@requires(DECIDE)
def correct(pledge_id: int, delivery_id: int) -> Answer:
    return _pressed(
        pledge_id,
        lambda session: actions.correct(session, actor(), pledge_id, delivery_id),
        _("Taken back by a line of its own."),
    )


@sponsors.post("/sponsors/pledges/<int:pledge_id>/thank")
@requires(DECIDE)
def thank(pledge_id: int) -> Answer:
    view, form = _of_maker(pledge_id), ThanksForm()
    if not form.validate_on_submit():
        return _page(view, thanks=form, status=422)
    try:
        with writing() as session:
            actions.thank(session, actor(), pledge_id, form.thanks.data or "")
    except Missing:
        raise
    except DomainError as error:
        form.refuse(error)
        return _page(view, thanks=form, status=error.status)
    say(_("Thanked."))
    return redirect_to(".pledge", pledge_id=pledge_id)


def _pressed(pledge_id: int, act: Callable[[Session], object], done: str) -> Answer:
    """One button: done, or said why not, on the page of the pledge as it stands now."""
    view_of(reading(), actor(), pledge_id)
    pressed(act, done)
    return redirect_to(".pledge", pledge_id=pledge_id)


def _of_maker(pledge_id: int) -> PledgeView:
    """A pledge that the actor decides on. Raises Missing for everybody else."""
    view = view_of(reading(), actor(), pledge_id)
    if not view.decides:
        raise Missing()
    return view


def _delivery_form(view: PledgeView, **options: Any) -> Any:
    """The form for a part that was given; of a thing a lab asks for it asks how much, of money for the fund whether it
    is for the quota."""
    line = line_to_note(reading(), view.pledge)
    if line is None or line.kind == "euro":
        form: Any = DeliveryForm(**options)
    else:
        form = amount_form(DeliveryForm, line.kind, name="received", **options)
    if (view.pledge.kind, view.pledge.target) != ("money", "fund"):
        del form.quota_way
    return form


def _accept_form(view: PledgeView) -> AcceptForm | None:
    """The form for a yes that may say which of the things a lab asks for it is; None where there is nothing to say."""
    pledge = view.pledge
    if not view.decides or pledge.state != "offered" or pledge.lab_id is None:
        return None
    lines = fitting_lines(reading(), pledge.lab_id, pledge.kind)
    if not lines:
        return None
    form = AcceptForm(formdata=None, version=str(pledge.version), line=str(pledge.lab_resource_id or 0))
    form.offer_lines(lines)
    return form


def _page(
    view: PledgeView, *, delivery: DeliveryForm | None = None, thanks: BaseForm | None = None, status: int = 200
) -> Answer:
    today = clock.today(time_zone())
    return page(
        "civic_centers/sponsors/pledge.html",
        view=view,
        pledge=view.pledge,
        today=today,
        delivery=delivery or _delivery_form(view, formdata=None, day=today),
        accept=_accept_form(view),
        thanks=thanks or ThanksForm(formdata=None, thanks=view.pledge.thanks),
        act=ActForm(formdata=None),
        status=status,
        **saying(),
    )


def _reason_page(view: PledgeView, form: ReasonForm, status: int = 200) -> Answer:
    return page("civic_centers/sponsors/reason.html", view=view, pledge=view.pledge, form=form, status=status)
