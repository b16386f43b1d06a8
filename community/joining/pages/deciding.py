"""The makers' queue: who asks to join, and what is decided."""

from flask_babel import gettext as _

from community.joining import actions
from community.joining.forms import FOR_WHOM, DeclineForm
from community.joining.pages import joining
from community.joining.policies import DECIDE
from community.joining.queries import application_for, queue
from foundation.errors import Stale
from foundation.feature import registry
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, writing


@joining.get("/applications")
@requires(DECIDE)
def applications() -> Answer:
    return page("community/joining/queue.html", applicants=queue(reading(), actor()), for_whom=FOR_WHOM)


@joining.get("/applications/<int:membership_id>")
@requires(DECIDE)
def application(membership_id: int) -> Answer:
    return _application_page(membership_id, DeclineForm())


@joining.post("/applications/<int:membership_id>/approve")
@requires(DECIDE)
def approve(membership_id: int) -> Answer:
    try:
        with writing() as session:
            actions.approve(session, actor(), membership_id)
    except Stale:
        if not _decided_so_before(membership_id, "approved"):
            raise
    say(_("Welcomed. They have been told, and their balance is open."))
    return redirect_to(".applications")


@joining.post("/applications/<int:membership_id>/decline")
@requires(DECIDE)
def decline(membership_id: int) -> Answer:
    form = DeclineForm()
    if not form.validate_on_submit():
        return _application_page(membership_id, form, status=422)
    try:
        with writing() as session:
            actions.decline(session, actor(), membership_id, reason=form.reason.data)
    except Stale:
        if not _decided_so_before(membership_id, "declined"):
            raise
    say(_("Declined. They read your words, and can ask again."))
    return redirect_to(".applications")


def _decided_so_before(membership_id: int, state: str) -> bool:
    """Whether who presses a button twice, or on a page gone stale, had decided the same."""
    membership = application_for(reading(), actor(), membership_id).applicant.membership
    return membership.state == state and membership.decided_by_id == actor().recorder_id


def _application_page(membership_id: int, form: DeclineForm, status: int = 200) -> Answer:
    dossier = application_for(reading(), actor(), membership_id)
    membership = dossier.applicant.membership
    return page(
        "community/joining/application.html",
        dossier=dossier,
        more=[row for hook in registry.hooks("application_rows") for row in hook(reading(), membership)],
        for_whom=FOR_WHOM,
        form=form,
        status=status,
    )
