"""What a maker does: look at the places that need them, decide one, write down what was said on the phone."""

from collections.abc import Callable

from flask_babel import gettext as _

from exchanges.agreements.forms import ResolveForm, StepForm
from exchanges.agreements.pages.blueprint import once
from exchanges.agreements.rules import NotNow
from exchanges.groups import actions
from exchanges.groups.forms import ByPhoneForm
from exchanges.groups.pages.blueprint import groups
from exchanges.groups.pages.showing import group_page
from exchanges.groups.policies import ANSWER, RESOLVE
from exchanges.groups.queries.lists import waiting_for_makers
from foundation.database import Session
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say


@groups.get("/groups/waiting")
@requires(RESOLVE)
def list_waiting() -> Answer:
    return page("exchanges/groups/waiting.html", found=waiting_for_makers(reading(), actor()))


@groups.post("/groups/<int:group_id>/places/<int:place_id>/resolve")
@requires(RESOLVE)
def resolve(group_id: int, place_id: int) -> Answer:
    form = ResolveForm(prefix=f"p{place_id}")
    if form.outcome.data != "adjusted":
        form.minutes.data, form.minutes.other_chosen = None, False

    def again() -> Answer:
        return group_page(group_id, status=422, **{f"decide_{place_id}": form})

    if not form.validate_on_submit():
        return again()
    return _decide(
        form,
        lambda session: actions.resolve(
            session,
            actor(),
            group_id,
            place_id,
            form.seen,
            form.outcome.data or "",
            form.reason.data or "",
            minutes=form.minutes.data,
        ),
        _("Decided. Both read why."),
        again,
    )


@groups.post("/groups/<int:group_id>/places/<int:place_id>/phone")
@requires(ANSWER)
def answer_by_phone(group_id: int, place_id: int) -> Answer:
    form = ByPhoneForm(prefix=f"p{place_id}")

    def again() -> Answer:
        return group_page(group_id, status=422, **{f"decide_{place_id}": form})

    if not form.validate_on_submit():
        return again()
    return _decide(
        form,
        lambda session: actions.answer_by_phone(
            session,
            actor(),
            group_id,
            place_id,
            form.seen,
            yes=form.answer.data == "yes",
            words=form.reason.data or "",
        ),
        _("Written down as they said."),
        again,
    )


def _decide(form: StepForm, deed: Callable[[Session], object], done: str, again: Callable[[], Answer]) -> Answer:
    """Do it and go back to the list: a maker sees a group only as long as one of its places needs them."""
    try:
        once(form, deed)
    except NotNow:
        say(_("In the meantime they have answered, or something changed. Look again."), "info")
        return redirect_to(".list_waiting")
    except DomainError as error:
        if isinstance(error, Missing):
            raise
        form.refuse(error)
        return again()
    say(done)
    return redirect_to(".list_waiting")
