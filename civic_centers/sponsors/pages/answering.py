"""One pledge: what makers answer and note, and what its organisation changes."""

from collections.abc import Callable

from flask import request
from flask_babel import gettext as _

from civic_centers.sponsors import actions
from civic_centers.sponsors.forms import DeliveryForm, ReasonForm, ThanksForm, VersionForm
from civic_centers.sponsors.pages.blueprint import sponsors
from civic_centers.sponsors.pages.words import saying
from civic_centers.sponsors.policies import DECIDE, OFFER
from civic_centers.sponsors.queries import PledgeView, pledges_for_makers, targets_of, view_of
from foundation import clock
from foundation.database import Session
from foundation.errors import DomainError, Missing
from foundation.once import first_time
from foundation.web import Answer, actor, page, person_id, reading, redirect_to, requires, say, time_zone, writing
from foundation.web.forms import ActForm, BaseForm
from foundation.web.pressing import pressed


@sponsors.get("/sponsors/desk")
@requires(DECIDE)
def desk() -> Answer:
    """What is promised in the zones of a maker."""
    if actor().is_on_behalf:
        raise Missing()
    found = pledges_for_makers(reading(), actor())
    targets = targets_of(reading(), [pledge for pledge, _name in found])
    return page("civic_centers/sponsors/desk.html", found=found, targets=targets, **saying())


@sponsors.get("/sponsors/pledges/<int:pledge_id>")
@requires(OFFER)
def pledge(pledge_id: int) -> Answer:
    return _page(view_of(reading(), actor(), pledge_id))


@sponsors.post("/sponsors/pledges/<int:pledge_id>/accept")
@requires(DECIDE)
def accept(pledge_id: int) -> Answer:
    form = VersionForm()
    return _pressed(
        pledge_id,
        lambda session: actions.accept(session, actor(), pledge_id, form.opened_with),
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
    view, form = _of_maker(pledge_id), DeliveryForm()
    if not form.validate_on_submit():
        return _page(view, delivery=form, status=422)
    day, cents, is_last = form.day.data, form.cents.data, bool(form.is_last.data)
    key, quota_way = form.request_key.data or "", form.quota_way.data or ""
    try:
        with writing() as session:
            if first_time(session, key, person_id(), content=repr((pledge_id, day, cents, is_last, quota_way))):
                actions.deliver(session, actor(), pledge_id, day, cents, is_last=is_last, quota_way=quota_way)
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


def _page(
    view: PledgeView, *, delivery: DeliveryForm | None = None, thanks: BaseForm | None = None, status: int = 200
) -> Answer:
    today = clock.today(time_zone())
    return page(
        "civic_centers/sponsors/pledge.html",
        view=view,
        pledge=view.pledge,
        today=today,
        delivery=delivery or DeliveryForm(formdata=None, day=today),
        thanks=thanks or ThanksForm(formdata=None, thanks=view.pledge.thanks),
        act=ActForm(formdata=None),
        status=status,
        **saying(),
    )


def _reason_page(view: PledgeView, form: ReasonForm, status: int = 200) -> Answer:
    return page("civic_centers/sponsors/reason.html", view=view, pledge=view.pledge, form=form, status=status)
