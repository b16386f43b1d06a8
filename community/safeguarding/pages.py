"""The maker's page about one person: identity seen, references, and taking them back."""

from flask import Blueprint, request
from flask_babel import gettext as _

from community.safeguarding import actions
from community.safeguarding.forms import DOCUMENT_WORDS, IdentityForm, ReferenceForm, WithdrawForm
from community.safeguarding.policies import VERIFY, must_verify
from community.safeguarding.queries import record_of
from foundation import clock
from foundation.errors import Invalid
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, time_zone, writing

safeguarding = Blueprint("safeguarding", __name__, url_prefix="/c/<community>/people/<int:person_id>/verification")


@safeguarding.get("/")
@requires(VERIFY)
def show(person_id: int) -> Answer:
    return _page(person_id)


@safeguarding.post("/identity")
@requires(VERIFY)
def add_identity(person_id: int) -> Answer:
    form = IdentityForm(prefix="identity-")
    if not form.validate_on_submit():
        return _page(person_id, identity=form, status=422)
    try:
        with writing() as session:
            actions.record_identity(
                session,
                actor(),
                person_id,
                document=form.document.data,
                seen_on=form.seen_on.data,
                expires_on=form.expires_on.data,
            )
    except Invalid as error:
        form.refuse(error)
        return _page(person_id, identity=form, status=422)
    say(_("Recorded: you met this person."))
    return redirect_to(".show", person_id=person_id)


@safeguarding.post("/reference")
@requires(VERIFY)
def add_reference(person_id: int) -> Answer:
    form = ReferenceForm(prefix="reference-")
    if not form.validate_on_submit():
        return _page(person_id, reference=form, status=422)
    try:
        with writing() as session:
            actions.record_reference(
                session, actor(), person_id, given_by=form.given_by.data, given_on=form.given_on.data
            )
    except Invalid as error:
        form.refuse(error)
        return _page(person_id, reference=form, status=422)
    say(_("Reference recorded."))
    return redirect_to(".show", person_id=person_id)


@safeguarding.get("/<any(identity, reference):kind>/<int:line_id>/withdraw")
@requires(VERIFY)
def ask_to_withdraw(person_id: int, kind: str, line_id: int) -> Answer:
    return _withdraw_page(person_id, kind, line_id, WithdrawForm())


@safeguarding.post("/<any(identity, reference):kind>/<int:line_id>/withdraw")
@requires(VERIFY)
def withdraw(person_id: int, kind: str, line_id: int) -> Answer:
    form = WithdrawForm()
    if not form.validate_on_submit():
        return _withdraw_page(person_id, kind, line_id, form, status=422)
    take_back = actions.withdraw_identity if kind == "identity" else actions.withdraw_reference
    with writing() as session:
        take_back(session, actor(), person_id, line_id, reason=form.reason.data)
    say(_("Taken back. The line stays, with your reason."))
    return redirect_to(".show", person_id=person_id)


def _withdraw_page(person_id: int, kind: str, line_id: int, form: WithdrawForm, status: int = 200) -> Answer:
    record = record_of(reading(), actor(), person_id)
    must_verify(actor(), record.membership)
    return page(
        "community/safeguarding/withdraw.html", record=record, kind=kind, line_id=line_id, form=form, status=status
    )


def _page(
    person_id: int,
    *,
    identity: IdentityForm | None = None,
    reference: ReferenceForm | None = None,
    status: int = 200,
) -> Answer:
    record = record_of(reading(), actor(), person_id)
    must_verify(actor(), record.membership)
    today = clock.today(time_zone())
    empty = None if request.method == "POST" else {"seen_on": today, "given_on": today}
    return page(
        "community/safeguarding/show.html",
        record=record,
        documents=DOCUMENT_WORDS,
        identity=identity or IdentityForm(formdata=None, prefix="identity-", data=empty),
        reference=reference or ReferenceForm(formdata=None, prefix="reference-", data=empty),
        status=status,
    )
