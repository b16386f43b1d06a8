"""What is kept and why; everything about oneself in one file; who answers for it."""

from typing import Any

from flask import Response, send_file
from flask_babel import gettext as _

from community.members.queries import belongs, must_belong
from community.privacy import actions
from community.privacy.forms import ControllerForm
from community.privacy.jobs import folder
from community.privacy.pages import privacy
from community.privacy.policies import SAY_WHO
from community.privacy.queries import (
    controller_of,
    export_of,
    exports_of,
    is_given_up,
    kinds,
    report_of_retention,
)
from community.privacy.tables import PersonalExport
from foundation import clock
from foundation.errors import Missing
from foundation.personal import BASES
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


@privacy.get("/c/<community>/privacy")
@public
def show() -> Answer:
    return page(
        "community/privacy/show.html",
        controller=controller_of(reading(), community().id),
        kinds=kinds(),
        bases=BASES,
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
    return page("community/privacy/retention.html", kept=kept, last=last)


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
