"""Files taken in from the browser: choose, say what stands where, look, take in, and undo."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, Request, request, url_for
from flask_babel import gettext as _
from sqlmodel import col, select

from community.importing.forms import FileForm, columns_form, heading_words, places_in
from community.members.tables import Person
from foundation.database import Session
from foundation.errors import N_, DomainError, Invalid, Missing, Stale
from foundation.importing import Column
from foundation.importing.kinds import ImportKind, kind_for, kinds_for, kinds_offered
from foundation.importing.opening import BrokenLine
from foundation.importing.peeking import FileColumn, peek
from foundation.importing.returning import faulty_lines
from foundation.importing.runs import (
    IMPORT,
    MOST_BYTES,
    PAGE,
    WORKING,
    choose_places,
    file_of,
    has_stopped,
    run_visible_to,
    runs_visible_to,
    same_file_before,
    start_run,
    take_run,
    undo_run,
    withdraw_run,
    work_again,
)
from foundation.importing.tables import ImportRun
from foundation.importing.working import how_far
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, say, writing
from foundation.web.formats import sentence
from foundation.web.spreadsheets import csv_answer

imports = Blueprint("imports", __name__)

SHOWN_FAULTS = 50
BROKEN = N_(
    "Line %(line)s cannot be read: its quotation marks do not match. Cells are parted by semicolons, commas or tabs."
)


@imports.get("/c/<community>/imports")
@requires(IMPORT)
def index() -> Answer:
    before = request.args.get("before", type=int)
    found = runs_visible_to(reading(), actor(), before=before)
    older = url_for(".index", before=found[PAGE - 1].id) if len(found) > PAGE else None
    runs = found[:PAGE]
    return page(
        "community/importing/index.html",
        kinds=kinds_offered(actor()),
        runs=runs,
        names=_names(runs),
        words={kind.kind: kind.words for kind in kinds_for(actor())},
        older=older,
    )


@imports.get("/c/<community>/imports/new/<what>")
@requires(IMPORT)
def choose_file(what: str) -> Answer:
    return _file_page(_kind_offered(what), FileForm())


@imports.post("/c/<community>/imports/new/<what>")
@requires(IMPORT)
def upload(what: str) -> Answer:
    chosen, form = _kind_offered(what), FileForm()
    if not form.validate_on_submit():
        return _file_page(chosen, form, status=422)
    try:
        name, content = file_in(request)
        found = peek(content, _columns(chosen), max_bytes=MOST_BYTES)
    except BrokenLine as error:
        form.refuse(Invalid(BROKEN, line=error.line, field="file"))
        return _file_page(chosen, form, status=422)
    except DomainError as error:
        form.refuse(error)
        return _file_page(chosen, form, status=422)
    guess = {one.guess: one.place for one in found if one.guess}
    with writing() as session:
        run_id = start_run(
            session,
            actor(),
            chosen,
            name=name,
            content=content,
            guess=guess,
            request_key=form.request_key.data or "",
        )
    return redirect_to(".show", run_id=run_id)


@imports.get("/c/<community>/imports/<int:run_id>")
@requires(IMPORT)
def show(run_id: int) -> Answer:
    run = run_visible_to(reading(), actor(), run_id)
    kind = kind_for(actor(), run.kind)
    if kind.own_page:
        return redirect_to(kind.own_page, list_id=run_id)
    if run.state == "columns":
        return _columns_page(run, kind, None)
    columns = {column.name: heading_words(column) for column in _columns(kind)} if run.preview else {}
    done, total = how_far(run)
    return page(
        "community/importing/show.html",
        part="community/importing/_state.html",
        run=run,
        kind=kind,
        headings=columns,
        working=run.state in WORKING and not has_stopped(run),
        stopped=has_stopped(run),
        done=done,
        total=total,
        faults=run.faults[:SHOWN_FAULTS],
        names=_names([run]),
        twin=same_file_before(reading(), run) if run.state == "checked" else None,
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
    columns = _columns(kind)
    form = columns_form(columns, _peeked(run, columns))
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
    content = file_of(reading(), run_id)
    if content is None or not run.faults:
        raise Missing()
    told = [(int(fault["line"]), fault_words(fault)) for fault in run.faults]
    columns = _columns(kind_for(actor(), run.kind))
    return csv_answer(faulty_lines(content, columns, told, _("What is wrong")), f"{run.kind}-{run_id}.csv")


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


def fault_words(fault: dict[str, Any]) -> str:
    """What is wrong with a line, in the reader's language, with the column where it has one."""
    words = sentence(fault["message"], fault["params"])
    return f"{fault['column']}: {words}" if fault.get("column") else words


@imports.app_template_filter("fault_words")
def _fault_words(fault: dict[str, Any]) -> str:
    return fault_words(fault)


# ---------------------------------------------------------------- their parts


def _step(run_id: int, do: Callable[[Session], None], *meant: str) -> Answer:
    """Take a step and show how the import stands. Where somebody was faster, and it is not as `meant`, say so."""
    try:
        with writing() as session:
            do(session)
    except Stale as error:
        if run_visible_to(reading(), actor(), run_id).state not in meant:
            say(sentence(error.message, error.params), "info")
    return redirect_to(".show", run_id=run_id)


def _kind_offered(what: str) -> ImportKind:
    """A kind that begins here. Raises Missing."""
    kind = kind_for(actor(), what)
    if kind.own_page:
        raise Missing()
    return kind


def file_in(asked: Request) -> tuple[str, bytes]:
    """The name and the bytes of the file that was sent. Raises Invalid at `file`."""
    sent = asked.files.get("file")
    if sent is None or not sent.filename:
        raise Invalid(N_("Choose a file."), field="file")
    content = sent.stream.read(MOST_BYTES + 1)
    if not content:
        raise Invalid(N_("This file is empty."), field="file")
    return sent.filename, content


def _columns(kind: ImportKind) -> Sequence[Column]:
    return kind.prepare(reading(), actor()).columns


def _peeked(run: ImportRun, columns: Sequence[Column]) -> list[FileColumn]:
    """The columns of a file that is held aside. Raises Missing once it is gone."""
    content = file_of(reading(), run.id or 0)
    if content is None:
        raise Missing()
    return peek(content, columns, max_bytes=MOST_BYTES)


def _file_page(kind: ImportKind, form: FileForm, *, status: int = 200) -> Answer:
    columns = [(heading_words(column), column.required) for column in _columns(kind)]
    megabytes = MOST_BYTES // (1024 * 1024)
    return page(
        "community/importing/file.html", kind=kind, form=form, columns=columns, megabytes=megabytes, status=status
    )


def _columns_page(run: ImportRun, kind: ImportKind, form: Any, *, status: int = 200) -> Answer:
    columns = _columns(kind)
    found = _peeked(run, columns)
    form = form or columns_form(columns, found, dict(run.places))
    samples = {f"column_{one.place}": one.samples for one in found}
    headless = not any(one.guess for one in found)
    return page(
        "community/importing/columns.html",
        run=run,
        kind=kind,
        form=form,
        samples=samples,
        headless=headless,
        status=status,
    )


def _names(runs: Sequence[ImportRun]) -> dict[int, str]:
    ids = {number for run in runs for number in (run.by_id, run.undone_by_id) if number is not None}
    people = reading().exec(select(Person).where(col(Person.id).in_(ids)))
    return {person.id or 0: person.name for person in people}


def me_links(_session: Any, who: Any) -> list[dict[str, Any]]:
    """For those who may: taking in what they have."""
    if not who.may(IMPORT) or community() is None:
        return []
    return [
        {
            "url": url_for("imports.index"),
            "title": _("Take in files"),
            "line": _("Members, posts and balances from a spreadsheet"),
            "icon": "case",
        }
    ]
