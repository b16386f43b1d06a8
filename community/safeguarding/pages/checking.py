"""The maker's page about one person: what was seen, and taking it back."""

from collections.abc import Callable
from typing import Any

from flask import request
from flask_babel import gettext as _

from community.safeguarding import actions
from community.safeguarding.forms import (
    DOCUMENT_WORDS,
    AgeForm,
    CertificateForm,
    CheckForm,
    IdentityForm,
    ReferenceForm,
    TrainingForm,
    WithdrawForm,
)
from community.safeguarding.pages.blueprint import safeguarding
from community.safeguarding.pages.words import KIND_WORDS, lacks_in_words
from community.safeguarding.policies import VERIFY, must_verify
from community.safeguarding.queries import asks_for_age, asks_for_certificates, record_of, trainings_of
from community.safeguarding.tables import CareCheck
from foundation import clock
from foundation.errors import Invalid, Missing
from foundation.feature import registry
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say, time_zone, writing
from foundation.web.fields import choices

FORMS: dict[str, type[CheckForm]] = {
    "identity": IdentityForm,
    "reference": ReferenceForm,
    "training": TrainingForm,
    "age": AgeForm,
    "certificate": CertificateForm,
}
RECORDED: dict[str, Callable[..., CareCheck]] = {
    "identity": actions.record_identity,
    "reference": actions.record_reference,
    "training": actions.record_training,
    "age": actions.record_age,
    "certificate": actions.record_certificate,
}
"""What each form is for: its fields are called as the action calls them."""

ADDRESS = "/people/<int:person_id>/verification"


@safeguarding.get(f"{ADDRESS}/")
@requires(VERIFY)
def show(person_id: int) -> Answer:
    return _page(person_id)


@safeguarding.post(f"{ADDRESS}/<any({', '.join(FORMS)}):kind>")
@requires(VERIFY)
def add(person_id: int, kind: str) -> Answer:
    form = _form(kind)
    if not form.validate_on_submit():
        return _page(person_id, {kind: form}, status=422)
    try:
        with writing() as session:
            RECORDED[kind](session, actor(), person_id, **form.said)
    except Invalid as error:
        form.refuse(error)
        return _page(person_id, {kind: form}, status=422)
    say(_("Reference recorded.") if kind == "reference" else _("Recorded: you met this person."))
    return redirect_to(".show", person_id=person_id)


@safeguarding.get(f"{ADDRESS}/<int:line_id>/withdraw")
@requires(VERIFY)
def ask_to_withdraw(person_id: int, line_id: int) -> Answer:
    return _withdraw_page(person_id, line_id, WithdrawForm())


@safeguarding.post(f"{ADDRESS}/<int:line_id>/withdraw")
@requires(VERIFY)
def withdraw(person_id: int, line_id: int) -> Answer:
    form = WithdrawForm()
    if not form.validate_on_submit():
        return _withdraw_page(person_id, line_id, form, status=422)
    with writing() as session:
        actions.withdraw_check(session, actor(), person_id, line_id, reason=form.reason.data)
    say(_("Taken back. The line stays, with your reason."))
    return redirect_to(".show", person_id=person_id)


def _withdraw_page(person_id: int, line_id: int, form: WithdrawForm, status: int = 200) -> Answer:
    record = record_of(reading(), actor(), person_id)
    must_verify(actor(), record.membership)
    line = next((line for line in record.lines if line.id == line_id), None)
    if line is None:
        raise Missing()
    return page("community/safeguarding/withdraw.html", record=record, line=line, form=form, status=status)


def _form(kind: str, **filled: Any) -> CheckForm:
    form = FORMS[kind](prefix=f"{kind}-", **filled)
    if isinstance(form, TrainingForm):
        form.training.choices = choices((name, name) for name in trainings_of(reading(), community().id))
    return form


def _page(person_id: int, filled: dict[str, CheckForm] | None = None, status: int = 200) -> Answer:
    record = record_of(reading(), actor(), person_id)
    must_verify(actor(), record.membership)
    today = clock.today(time_zone())
    empty = None if request.method == "POST" else {"seen_on": today, "given_on": today}
    forms = {kind: _form(kind, formdata=None, data=empty) for kind in FORMS} | (filled or {})
    asked = {
        "identity": True,
        "reference": True,
        "training": bool(trainings_of(reading(), community().id)),
        "age": asks_for_age(reading(), community().id),
        "certificate": asks_for_certificates(reading(), community().id),
    }
    return page(
        "community/safeguarding/show.html",
        record=record,
        documents=DOCUMENT_WORDS,
        kinds=[kind for kind in FORMS if asked[kind] or record.of_kind(kind)],
        asked=asked,
        kind_words=KIND_WORDS,
        lacks_in_words=lacks_in_words,
        today=today,
        of_kind=forms,
        sections=[hook(reading(), actor(), person_id) for hook in registry.hooks("verification_sections")],
        status=status,
    )
