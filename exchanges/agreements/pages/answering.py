"""The doors to the verbs of an agreement: yes, no, done, confirmed, it was different."""

from collections.abc import Callable
from dataclasses import replace

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from exchanges.agreements import actions
from exchanges.agreements.forms import (
    AcceptForm,
    AdultForm,
    DeclineForm,
    DeliverForm,
    ReasonForm,
    StepForm,
    adult_choices,
)
from exchanges.agreements.pages.blueprint import agreements
from exchanges.agreements.pages.seconds import offer_seconds
from exchanges.agreements.pages.showing import agreement_page, stale_page
from exchanges.agreements.pages.stepping import Reason, reason_page, stepped, who_page
from exchanges.agreements.policies import TAKE_PART
from exchanges.agreements.queries import AgreementView, view_of
from foundation.database import Session
from foundation.errors import Missing
from foundation.web import Answer, actor, reading, redirect_to, requires

REASONS = {
    "decline": Reason(_l("Not this time"), _l("A word is kind, but not needed."), _l("Not this time"), "quiet"),
    "dispute": Reason(
        _l("It was different"),
        _l("Say how it was: the other side reads it, and a maker of the zone helps if you do not agree."),
        _l("Send"),
        "primary",
    ),
    "cancel": Reason(
        _l("Call it off"),
        _l("It happens to everybody. The hours set aside are free again at once."),
        _l("Call it off"),
        "danger",
    ),
    "miss": Reason(
        _l("It did not take place"),
        _l("Nobody is blamed: no hours move. Two words help the other to understand."),
        _l("It did not take place"),
        "danger",
    ),
}
"""The verbs that ask for a reason."""


def take_step(
    agreement_id: int,
    form: StepForm,
    deed: Callable[[Session], object],
    done: str,
    again: Callable[[], Answer] | None = None,
) -> Answer:
    """Do one step and go back to the agreement; a stale form is shown what changed, a refused one comes back."""
    return stepped(
        form,
        deed,
        done,
        shown=lambda: redirect_to(".show", agreement_id=agreement_id),
        stale=lambda: stale_page(agreement_id, form.seen),
        again=again,
    )


@agreements.post("/agreements/<int:agreement_id>/accept")
@requires(TAKE_PART)
def accept(agreement_id: int) -> Answer:
    form = AcceptForm()
    view = _view(agreement_id)
    form.adult.choices = adult_choices(view.people[view.mine or 0])
    offer_seconds(form, view.everybody, about=view.agreement)

    def again() -> Answer:
        return agreement_page(agreement_id, status=422, accept_form=form)

    if not form.validate_on_submit():
        return again()
    return take_step(
        agreement_id,
        form,
        lambda session: actions.accept(
            session,
            actor(),
            agreement_id,
            form.seen,
            adult_id=form.adult.data,
            second_id=form.second.data,
            words=form.words.data or "",
        ),
        _("Agreed! Now you can reach each other: you find how on this page."),
        again,
    )


@agreements.post("/agreements/<int:agreement_id>/withdraw")
@requires(TAKE_PART)
def withdraw(agreement_id: int) -> Answer:
    form = StepForm()
    form.validate_on_submit()
    return take_step(
        agreement_id,
        form,
        lambda session: actions.withdraw(session, actor(), agreement_id, form.seen),
        _("Taken back. Nobody has to do anything."),
    )


@agreements.post("/agreements/<int:agreement_id>/deliver")
@requires(TAKE_PART)
def deliver(agreement_id: int) -> Answer:
    form = DeliverForm()

    def again() -> Answer:
        return agreement_page(agreement_id, status=422, deliver_form=form)

    if not form.validate_on_submit():
        return again()
    return take_step(
        agreement_id,
        form,
        lambda session: actions.deliver(
            session, actor(), agreement_id, form.seen, form.minutes.data, expense_cents=form.expense.said
        ),
        _("Written down. Now the other side confirms."),
        again,
    )


@agreements.post("/agreements/<int:agreement_id>/confirm")
@requires(TAKE_PART)
def confirm(agreement_id: int) -> Answer:
    form = StepForm()
    form.validate_on_submit()
    return take_step(
        agreement_id,
        form,
        lambda session: actions.confirm(session, actor(), agreement_id, form.seen),
        _("Confirmed. Thank you!"),
    )


@agreements.get("/agreements/<int:agreement_id>/<any(decline, dispute, cancel, miss):verb>")
@requires(TAKE_PART)
def ask_reason(agreement_id: int, verb: str) -> Answer:
    view = _view(agreement_id)
    if verb not in view.verbs:
        return redirect_to(".show", agreement_id=agreement_id)
    return _reason_page(view, verb, _reason_form(verb, version=str(view.agreement.version)))


@agreements.post("/agreements/<int:agreement_id>/<any(decline, dispute, cancel, miss):verb>")
@requires(TAKE_PART)
def give_reason(agreement_id: int, verb: str) -> Answer:
    form = _reason_form(verb)

    def again() -> Answer:
        return _reason_page(_view(agreement_id), verb, form, status=422)

    def deed(session: Session) -> None:
        reason = form.reason.data or ""
        if verb == "decline":
            actions.decline(session, actor(), agreement_id, form.seen, reason=reason)
        else:
            {"dispute": actions.dispute, "cancel": actions.cancel, "miss": actions.miss}[verb](
                session, actor(), agreement_id, form.seen, reason
            )

    if not form.validate_on_submit():
        return again()
    done = {
        "decline": _("Said. Thank you for answering."),
        "dispute": _("Sent. Nothing moves until you agree, or a maker decides."),
        "cancel": _("Called off. The other side has been told."),
        "miss": _("Written down. No hours move."),
    }
    return take_step(agreement_id, form, deed, done[verb], again)


@agreements.get("/agreements/<int:agreement_id>/who")
@requires(TAKE_PART)
def ask_adult(agreement_id: int) -> Answer:
    view = _view(agreement_id)
    if "replace" not in view.verbs:
        return redirect_to(".show", agreement_id=agreement_id)
    now = view.agreement
    form = AdultForm(version=str(now.version), adult=now.adult_id, second=now.second_id)
    return _adult_page(view, form)


@agreements.post("/agreements/<int:agreement_id>/who")
@requires(TAKE_PART)
def replace_adult(agreement_id: int) -> Answer:
    form = AdultForm()
    view = _view(agreement_id)
    form.adult.choices = adult_choices(view.people[view.mine or 0])

    def again() -> Answer:
        return _adult_page(_view(agreement_id), form, status=422)

    if not form.validate_on_submit():
        return again()
    return take_step(
        agreement_id,
        form,
        lambda session: actions.replace_adult(
            session, actor(), agreement_id, form.seen, form.adult.data or 0, second_id=form.second.data
        ),
        _("Changed. The other side has been told who comes."),
        again,
    )


def _view(agreement_id: int) -> AgreementView:
    """The agreement, for one of its two parties only."""
    view = view_of(reading(), actor(), agreement_id)
    if view.mine is None:
        raise Missing()
    return view


def _reason_form(verb: str, **values: str) -> StepForm:
    return DeclineForm(**values) if verb == "decline" else ReasonForm(**values)


def _reason_page(view: AgreementView, verb: str, form: StepForm, status: int = 200) -> Answer:
    reason, number = REASONS[verb], view.agreement.id
    if verb == "dispute" and view.apart:
        lead = _l("Say how it was: a maker of the zone reads it, listens to each of you, and decides.")
        reason = replace(reason, lead=lead)
    read_by = (
        _("They do not read it; a maker of the zone does, if it comes to that.")
        if view.apart
        else _("%(name)s will read it.", name=view.name_of(view.other.id or 0))
    )
    return reason_page(
        reason,
        form,
        about=view.agreement.title,
        back_url=url_for(".show", agreement_id=number),
        url=url_for(".give_reason", agreement_id=number, verb=verb),
        hint=read_by,
        quick_exit=True,
        status=status,
    )


def _adult_page(view: AgreementView, form: AdultForm, status: int = 200) -> Answer:
    form.adult.choices = adult_choices(view.people[view.agreement.giver_id])
    offer_seconds(form, view.everybody, about=view.agreement)
    number = view.agreement.id
    return who_page(
        form,
        about=view.agreement.title,
        back_url=url_for(".show", agreement_id=number),
        url=url_for(".replace_adult", agreement_id=number),
        care=view.care,
        status=status,
    )
