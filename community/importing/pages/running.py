"""One import: what stands where, what it would change, taking it in, and undoing it."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _

from community.importing.forms import columns_form, heading_words, places_in
from community.importing.pages.blueprint import imports
from community.importing.pages.files import SHOWN_FAULTS, columns_of, names_of, peeked
from community.importing.pages.standing import columns_asked, faults_sent_back, state_of, stepped
from foundation.database import Session
from foundation.importing.kinds import ImportKind, kind_for
from foundation.importing.runs import (
    IMPORT,
    WORKING,
    choose_places,
    run_visible_to,
    same_file_before,
    take_run,
    undo_run,
    withdraw_run,
    work_again,
)
from foundation.importing.tables import ImportRun
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say


@imports.get("/c/<community>/imports/<int:run_id>")
@requires(IMPORT)
def show(run_id: int) -> Answer:
    run = run_visible_to(reading(), actor(), run_id)
    kind = kind_for(actor(), run.kind)
    if kind.own_page:
        return redirect_to(kind.own_page, list_id=run_id)
    if run.state == "columns":
        return _columns_page(run, kind, None)
    columns = {column.name: heading_words(column) for column in columns_of(kind)} if run.preview else {}
    return page(
        "community/importing/show.html",
        part="community/importing/_state.html",
        kind=kind,
        headings=columns,
        names=names_of([run]),
        twin=same_file_before(reading(), run) if run.state == "checked" else None,
        **state_of(run),
    )


@imports.get("/c/<community>/imports/<int:run_id>/columns")
@requires(IMPORT)
def ask_columns(run_id: int) -> Answer:
    run = run_visible_to(reading(), actor(), run_id)
    if run.state not in ("columns", "checked"):
        return redirect_to(".show", run_id=run_id)
    return _columns_page(run, kind_for(actor(), run.kind), None)


@imports.post("/c/<community>/imports/<int:run_id>/columns")
@requires(IMPORT)
def keep_columns(run_id: int) -> Answer:
    run = run_visible_to(reading(), actor(), run_id)
    kind = kind_for(actor(), run.kind)
    if run.state not in ("columns", "checked"):
        return redirect_to(".show", run_id=run_id)
    columns = columns_of(kind)
    form = columns_form(columns, peeked(run, columns))
    is_valid = form.validate_on_submit()
    places = places_in(form, columns)
    if not is_valid or form.errors:
        return _columns_page(run, kind, form, status=422)
    return _step(run_id, lambda session: choose_places(session, actor(), run_id, places), "checking", "checked")


@imports.post("/c/<community>/imports/<int:run_id>/take")
@requires(IMPORT)
def take(run_id: int) -> Answer:
    return _step(run_id, lambda session: take_run(session, actor(), run_id), "taking", "taken")


@imports.post("/c/<community>/imports/<int:run_id>/again")
@requires(IMPORT)
def again(run_id: int) -> Answer:
    return _step(run_id, lambda session: work_again(session, actor(), run_id), *WORKING)


@imports.post("/c/<community>/imports/<int:run_id>/withdraw")
@requires(IMPORT)
def withdraw(run_id: int) -> Answer:
    _step(run_id, lambda session: withdraw_run(session, actor(), run_id), "withdrawn")
    if run_visible_to(reading(), actor(), run_id).state != "withdrawn":
        return redirect_to(".show", run_id=run_id)
    say(_("The file is gone. Nothing was taken in."))
    return redirect_to(".index")


@imports.get("/c/<community>/imports/<int:run_id>/faults.csv")
@requires(IMPORT)
def faults(run_id: int) -> Answer:
    run = run_visible_to(reading(), actor(), run_id)
    return faults_sent_back(run, columns_of(kind_for(actor(), run.kind)), f"{run.kind}-{run_id}.csv")


@imports.get("/c/<community>/imports/<int:run_id>/undo")
@requires(IMPORT)
def ask_to_undo(run_id: int) -> Answer:
    run = run_visible_to(reading(), actor(), run_id)
    if run.state != "taken":
        return redirect_to(".show", run_id=run_id)
    kind = kind_for(actor(), run.kind)
    found = kind.obstacles(reading(), actor(), run_id)
    return page("community/importing/undo.html", run=run, kind=kind, obstacles=found[:SHOWN_FAULTS], count=len(found))


@imports.post("/c/<community>/imports/<int:run_id>/undo")
@requires(IMPORT)
def undo(run_id: int) -> Answer:
    return _step(run_id, lambda session: undo_run(session, actor(), run_id), "undoing", "undone")


def _step(run_id: int, do: Callable[[Session], None], *meant: str) -> Answer:
    stepped(run_id, do, *meant)
    return redirect_to(".show", run_id=run_id)


def _columns_page(run: ImportRun, kind: ImportKind, form: Any, *, status: int = 200) -> Answer:
    asked = columns_asked(run, columns_of(kind), form)
    return page("community/importing/columns.html", kind=kind, status=status, **asked)
