"""What is kept and why; everything about oneself in one file; who answers for it."""

from typing import Any

from flask import Response, send_file
from flask_babel import gettext as _
from flask_babel import ngettext

from community.members.queries import belongs, must_belong
from community.privacy import actions
from community.privacy.forms import ControllerForm, changeable, days_said, keeping_form
from community.privacy.jobs import folder
from community.privacy.pages import privacy
from community.privacy.policies import SAY_WHO
from community.privacy.queries import (
    Told,
    controller_of,
    export_of,
    exports_of,
    is_given_up,
    report_of_retention,
    told,
    told_of,
)
from community.privacy.rules import number_of
from community.privacy.tables import PersonalExport
from foundation import clock
from foundation.errors import Invalid, Missing
from foundation.personal import BASES, BOUND
from foundation.web import (
    Answer,
    actor,
    community,
    page,
    public,
    reading,
    redirect_to,
    requires,
    say,
    signed_in,
    writing,
)
from foundation.web.forms import BaseForm


@privacy.get("/c/<community>/privacy")
@public
def show() -> Answer:
    return page(
        "community/privacy/show.html",
        controller=controller_of(reading(), community().id),
        told=told(reading(), community().id),
        bases=BASES,
        span=_span,
        may_take_along=belongs(reading(), actor()),
    )


@privacy.get("/c/<community>/privacy/mine")
@signed_in
def mine() -> Answer:
    """Also for who is paused or excluded: nobody's data is kept from them."""
    must_belong(reading(), actor())
    found = exports_of(reading(), actor())
    now = clock.now()
    working = [one for one in found if one.state == "asked" and not is_given_up(one, now)]
    ready = [one for one in found if one.state == "ready" and one.expires_at is not None and one.expires_at > now]
    failed = bool(found) and (found[0].state == "failed" or is_given_up(found[0], now))
    return page(
        "community/privacy/mine.html",
        part="community/privacy/_mine.html",
        working=working[0] if working else None,
        ready=ready,
        failed=failed,
    )


@privacy.post("/c/<community>/privacy/mine")
@signed_in
def ask() -> Answer:
    with writing() as session:
        actions.ask_for_export(session, actor())
    return redirect_to(".mine")


@privacy.get("/c/<community>/privacy/mine/<int:export_id>")
@signed_in
def fetch(export_id: int) -> Response:
    """The file, to its person alone, never kept by anything on the way."""
    export = export_of(reading(), actor(), export_id)
    path = folder() / export.file_name
    if export.state != "ready" or not path.exists():
        raise Missing()
    answer = send_file(path, mimetype="application/zip", as_attachment=True, download_name=_name(export))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@privacy.post("/c/<community>/privacy/mine/<int:export_id>/remove")
@signed_in
def remove(export_id: int) -> Answer:
    with writing() as session:
        export = export_of(session, actor(), export_id)
        actions.let_go(session, actor(), export)
    (folder() / export.file_name).unlink(missing_ok=True)
    say(_("The file is gone."))
    return redirect_to(".mine")


@privacy.get("/c/<community>/running/retention")
@requires(SAY_WHO)
def retention() -> Answer:
    """What was let go, how many and when."""
    kept, last = report_of_retention(reading(), actor())
    return page("community/privacy/retention.html", kept=kept, last=last, span=_span)


@privacy.get("/c/<community>/running/privacy")
@requires(SAY_WHO)
def edit() -> Answer:
    known = controller_of(reading(), community().id)
    return page("community/privacy/edit.html", form=ControllerForm(**_known(known) if known else {}), known=known)


@privacy.post("/c/<community>/running/privacy")
@requires(SAY_WHO)
def keep() -> Answer:
    form = ControllerForm()
    if not form.validate_on_submit():
        known = controller_of(reading(), community().id)
        return page("community/privacy/edit.html", form=form, known=known, status=422)
    words = {"it": form.words_it.data or "", "en": form.words_en.data or ""}
    with writing() as session:
        actions.say_who_answers(
            session,
            actor(),
            name=form.name.data or "",
            address=form.address.data or "",
            email=form.email.data or "",
            officer=form.officer.data or "",
            words={code: said for code, said in words.items() if said},
        )
    say(_("The page of privacy says so from now on."))
    return redirect_to(".show")


@privacy.get("/c/<community>/running/privacy/kinds")
@requires(SAY_WHO)
def listing() -> Answer:
    """Every kind with its ground and its time, each to be changed."""
    return page("community/privacy/kinds.html", told=told(reading(), community().id), bases=BASES, span=_span)


@privacy.get("/c/<community>/running/privacy/kinds/<personal_kind>")
@requires(SAY_WHO)
def edit_kind(personal_kind: str) -> Answer:
    known = told_of(reading(), community().id, personal_kind)
    return _kind_page(known, keeping_form(known))


@privacy.post("/c/<community>/running/privacy/kinds/<personal_kind>")
@requires(SAY_WHO)
def keep_kind(personal_kind: str) -> Answer:
    known = told_of(reading(), community().id, personal_kind)
    form = keeping_form(known)
    if not form.validate_on_submit():
        return _kind_page(known, form, status=422)
    words = {"it": form["words_it"].data or "", "en": form["words_en"].data or ""}
    try:
        with writing() as session:
            actions.say_why_and_how_long(
                session,
                actor(),
                personal_kind,
                basis=form["basis"].data or "",
                words={code: said for code, said in words.items() if said},
                days=days_said(form, known),
            )
    except Invalid as error:
        form.refuse(error)
        return _kind_page(known, form, status=422)
    say(_("Kept: the page of privacy says so, and the next night holds to it."))
    return redirect_to(".listing")


def _kind_page(known: Told, form: BaseForm, status: int = 200) -> Answer:
    return page(
        "community/privacy/kind.html",
        known=known,
        form=form,
        held=changeable(known.held),
        fixed=[one for one in known.held if one.retention.fixed],
        bases=BASES,
        bound=BOUND[known.kind.bound],
        span=_span,
        status=status,
    )


def _span(days: int) -> str:
    """Days in words, in the largest unit that says them exactly."""
    number, unit = number_of(days)
    if unit == "years":
        return ngettext("%(num)s year", "%(num)s years", number)
    if unit == "months":
        return ngettext("%(num)s month", "%(num)s months", number)
    return ngettext("%(num)s day", "%(num)s days", number)


def _known(controller: Any) -> dict[str, str]:
    return {
        "name": controller.name,
        "address": controller.address,
        "email": controller.email,
        "officer": controller.officer,
        "words_it": controller.words.get("it", ""),
        "words_en": controller.words.get("en", ""),
    }


def _name(export: PersonalExport) -> str:
    made = export.ready_at or export.asked_at
    return f"reciproca-{clock.local(made, community().time_zone):%Y-%m-%d}.zip"
