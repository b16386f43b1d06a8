"""The doors to each one's own steps: I come too, I cannot come, I confirm, it was different."""

from collections.abc import Callable

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from exchanges.agreements.forms import ReasonForm, StepForm
from exchanges.agreements.pages.stepping import Reason, reason_page, stepped
from exchanges.groups import actions
from exchanges.groups.forms import JoinForm
from exchanges.groups.pages.blueprint import groups
from exchanges.groups.pages.showing import fill_join, group_page
from exchanges.groups.policies import TAKE_PART
from exchanges.groups.queries.single import GroupView, view_of
from exchanges.groups.rules import GROUP, PLACE, Side, may
from foundation.database import Session
from foundation.errors import Missing
from foundation.web import Answer, actor, reading, redirect_to, requires

REASONS = {
    "dispute": Reason(
        _l("It was different"),
        _l("Say how it was: your host reads it, and a maker of the zone helps if you do not agree."),
        _l("Send"),
        "primary",
    ),
    "cancel": Reason(
        _l("Call it off"),
        _l("It happens to everybody. What everyone had set aside is free again at once."),
        _l("Call it off"),
        "danger",
    ),
    "miss": Reason(
        _l("It did not take place"),
        _l("Nobody is blamed: no hours move. Two words help the others to understand."),
        _l("It did not take place"),
        "danger",
    ),
}
"""The verbs that ask for a reason."""


def take_step(
    group_id: int,
    form: StepForm,
    deed: Callable[[Session], object],
    done: str,
    again: Callable[[], Answer] | None = None,
) -> Answer:
    """Do one step and go back to the group; a stale form is shown how things stand, a refused one comes back."""
    return stepped(
        form,
        deed,
        done,
        shown=lambda: redirect_to(".show", group_id=group_id),
        stale=lambda: group_page(group_id, status=409, changed=True),
        again=again,
    )


@groups.post("/groups/<int:group_id>/join")
@requires(TAKE_PART)
def join(group_id: int) -> Answer:
    view_of(reading(), actor(), group_id)
    form = fill_join(JoinForm())

    def again() -> Answer:
        return group_page(group_id, status=422, join_form=form)

    if not form.validate_on_submit():
        return again()
    return take_step(
        group_id,
        form,
        lambda session: actions.join(
            session, actor(), group_id, form.seen, person_id=form.person.data, minutes=form.minutes.data
        ),
        _("You have a place! Now you find where it is on this page."),
        again,
    )


@groups.post("/groups/<int:group_id>/leave")
@requires(TAKE_PART)
def leave(group_id: int) -> Answer:
    form = StepForm()
    form.validate_on_submit()
    return take_step(
        group_id,
        form,
        lambda session: actions.leave(session, actor(), group_id, form.seen),
        _("Said. Your hours are free again."),
    )


@groups.post("/groups/<int:group_id>/confirm")
@requires(TAKE_PART)
def confirm(group_id: int) -> Answer:
    form = StepForm()
    form.validate_on_submit()
    return take_step(
        group_id,
        form,
        lambda session: actions.confirm(session, actor(), group_id, form.seen),
        _("Confirmed. Thank you!"),
    )


@groups.get("/groups/<int:group_id>/<any(dispute, cancel, miss):verb>")
@requires(TAKE_PART)
def ask_reason(group_id: int, verb: str) -> Answer:
    view = _inside(group_id)
    if not _may(view, verb):
        return redirect_to(".show", group_id=group_id)
    version = view.mine.version if verb == "dispute" and view.mine else view.group.version
    return _reason_page(view, verb, ReasonForm(version=str(version)))


@groups.post("/groups/<int:group_id>/<any(dispute, cancel, miss):verb>")
@requires(TAKE_PART)
def give_reason(group_id: int, verb: str) -> Answer:
    form = ReasonForm()

    def again() -> Answer:
        return _reason_page(_inside(group_id), verb, form, status=422)

    if not form.validate_on_submit():
        return again()
    done = {
        "dispute": _("Sent. Nothing moves until it is cleared up."),
        "cancel": _("Called off. All have been told."),
        "miss": _("Written down. No hours move."),
    }
    verbs = {"dispute": actions.dispute, "cancel": actions.cancel, "miss": actions.miss}
    return take_step(
        group_id,
        form,
        lambda session: verbs[verb](session, actor(), group_id, form.seen, form.reason.data or ""),
        done[verb],
        again,
    )


def _inside(group_id: int) -> GroupView:
    view = view_of(reading(), actor(), group_id)
    if not view.inside:
        raise Missing()
    return view


def _may(view: GroupView, verb: str) -> bool:
    if verb == "dispute":
        return view.mine is not None and may(PLACE, view.mine.state, verb, Side.ATTENDEE)
    return view.i_host and may(GROUP, view.group.state, verb, Side.HOST)


def _reason_page(view: GroupView, verb: str, form: ReasonForm, status: int = 200) -> Answer:
    number = view.group.id
    return reason_page(
        REASONS[verb],
        form,
        about=view.group.title,
        back_url=url_for(".show", group_id=number),
        url=url_for(".give_reason", group_id=number, verb=verb),
        status=status,
    )
