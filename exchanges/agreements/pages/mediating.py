"""Disputes before the makers."""

from flask_babel import gettext as _

from exchanges.agreements import actions
from exchanges.agreements.forms import ResolveForm
from exchanges.agreements.pages.blueprint import agreements, once
from exchanges.agreements.pages.showing import agreement_page
from exchanges.agreements.policies import RESOLVE
from exchanges.agreements.queries import disputes, parties_by_id
from exchanges.agreements.rules import NotNow
from foundation.errors import DomainError, Missing
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say


@agreements.get("/disputes")
@requires(RESOLVE)
def list_disputes() -> Answer:
    found = disputes(reading(), actor())
    parties = parties_by_id(reading(), found)
    return page("exchanges/agreements/disputes.html", found=found, parties=parties)


@agreements.post("/agreements/<int:agreement_id>/resolve")
@requires(RESOLVE)
def resolve(agreement_id: int) -> Answer:
    form = ResolveForm()
    if form.outcome.data != "adjusted":
        form.minutes.data, form.minutes.other_chosen = None, False
    if not form.validate_on_submit():
        return agreement_page(agreement_id, status=422, resolve_form=form)
    try:
        once(
            form,
            lambda session: actions.resolve(
                session,
                actor(),
                agreement_id,
                form.seen,
                form.outcome.data or "",
                form.reason.data or "",
                minutes=form.minutes.data,
            ),
        )
    except NotNow:
        say(_("Another maker was faster: this one is no longer open, or it has changed."), "info")
        return redirect_to(".list_disputes")
    except DomainError as error:
        if isinstance(error, Missing):
            raise
        form.refuse(error)
        return agreement_page(agreement_id, status=422, resolve_form=form)
    say(_("Decided. Both read your reason."))
    return redirect_to(".list_disputes")
