"""A supplier's list taken in: choose the file, say what stands where, look at what changes, take it in, undo it."""

from collections.abc import Callable
from typing import Any

from flask import request
from flask_babel import gettext as _

from civic_centers.suppliers import actions
from civic_centers.suppliers.forms import ListForm
from civic_centers.suppliers.pages.blueprint import suppliers
from civic_centers.suppliers.pages.words import saying
from civic_centers.suppliers.policies import KEEP
from civic_centers.suppliers.queries import list_before, list_of, supplier_to_keep
from civic_centers.suppliers.rules.lists import NAMES, PRICES, list_columns
from civic_centers.suppliers.tables import Supplier, SupplierList
from community.importing.forms import columns_form, heading_words, places_in
from community.importing.pages import (
    BROKEN,
    SHOWN_FAULTS,
    columns_asked,
    faults_sent_back,
    file_in,
    peeked,
    state_of,
    stepped,
)  # fmt: skip
from foundation import clock
from foundation.database import Session
from foundation.errors import DomainError, Invalid, Missing
from foundation.importing.kinds import ImportKind, kind_for
from foundation.importing.opening import BrokenLine
from foundation.importing.peeking import peek
from foundation.importing.runs import (
    MOST_BYTES,
    WORKING,
    choose_places,
    run_visible_to,
    take_run,
    undo_run,
    withdraw_run,
    work_again,
)
from foundation.importing.tables import ImportRun
from foundation.web import Answer, actor, page, reading, redirect_to, requires, say, time_zone, writing


@suppliers.get("/<int:supplier_id>/list")
@requires(KEEP)
def choose_list(supplier_id: int) -> Answer:
    form = ListForm(formdata=None, data={"from_day": clock.today(time_zone())})
    return _file_page(_open(supplier_id), form)


@suppliers.post("/<int:supplier_id>/list")
@requires(KEEP)
def upload_list(supplier_id: int) -> Answer:
    supplier, form = _open(supplier_id), ListForm()
    if not form.validate_on_submit():
        return _file_page(supplier, form, 422)
    try:
        name, content = file_in(request)
        found = peek(content, list_columns(), max_bytes=MOST_BYTES)
        with writing() as session:
            list_id = actions.start_list(
                session,
                actor(),
                _kind(),
                supplier_id,
                name=name,
                content=content,
                guess={one.guess: one.place for one in found if one.guess},
                from_day=form.from_day.data,
                ends_missing=bool(form.ends_missing.data),
                request_key=form.request_key.data or "",
            )
    except BrokenLine as error:
        form.refuse(Invalid(BROKEN, line=error.line, field="file"))
        return _file_page(supplier, form, 422)
    except Missing:
        raise
    except DomainError as error:
        error.field = error.field or "file"
        form.refuse(error)
        return _file_page(supplier, form, error.status)
    return redirect_to(".show_list", list_id=list_id)


@suppliers.get("/lists/<int:list_id>")
@requires(KEEP)
def show_list(list_id: int) -> Answer:
    run, about, supplier = _run(list_id)
    if run.state == "columns":
        return _columns_page(run, supplier, None)
    changes = [one for one in run.preview if one.get("what") != "same"] if run.state == "checked" else []
    return page(
        "civic_centers/suppliers/list_show.html",
        part="civic_centers/suppliers/_list_state.html",
        about=about,
        supplier=supplier,
        changes=changes,
        twin=list_before(reading(), run, supplier.id or 0) if run.state == "checked" else None,
        **state_of(run),
        **saying(),
    )


@suppliers.get("/lists/<int:list_id>/columns")
@requires(KEEP)
def ask_list_columns(list_id: int) -> Answer:
    run, _about, supplier = _run(list_id)
    if run.state not in ("columns", "checked"):
        return redirect_to(".show_list", list_id=list_id)
    return _columns_page(run, supplier, None)


@suppliers.post("/lists/<int:list_id>/columns")
@requires(KEEP)
def keep_list_columns(list_id: int) -> Answer:
    run, _about, supplier = _run(list_id)
    if run.state not in ("columns", "checked"):
        return redirect_to(".show_list", list_id=list_id)
    form = columns_form(list_columns(), peeked(run, list_columns()))
    is_valid = form.validate_on_submit()
    places = places_in(form, list_columns())
    if not any(name in places for name in NAMES):
        form.form_errors.append(_("Say in which column the names of the products stand."))
    if not any(name in places for name in PRICES):
        form.form_errors.append(_("Say in which column the prices stand."))
    if not is_valid or form.errors:
        return _columns_page(run, supplier, form, status=422)
    return _step(list_id, lambda session: choose_places(session, actor(), list_id, places), "checking", "checked")


@suppliers.post("/lists/<int:list_id>/take")
@requires(KEEP)
def take_list(list_id: int) -> Answer:
    _run(list_id)
    return _step(list_id, lambda session: take_run(session, actor(), list_id), "taking", "taken")


@suppliers.post("/lists/<int:list_id>/again")
@requires(KEEP)
def work_list_again(list_id: int) -> Answer:
    _run(list_id)
    return _step(list_id, lambda session: work_again(session, actor(), list_id), *WORKING)


@suppliers.post("/lists/<int:list_id>/withdraw")
@requires(KEEP)
def withdraw_list(list_id: int) -> Answer:
    _run_row, _about, supplier = _run(list_id)
    _step(list_id, lambda session: withdraw_run(session, actor(), list_id), "withdrawn")
    if run_visible_to(reading(), actor(), list_id).state != "withdrawn":
        return redirect_to(".show_list", list_id=list_id)
    say(_("The file is gone. Nothing was taken in."))
    return redirect_to(".show", supplier_id=supplier.id)


@suppliers.get("/lists/<int:list_id>/faults.csv")
@requires(KEEP)
def list_faults(list_id: int) -> Answer:
    run, _about, _supplier = _run(list_id)
    return faults_sent_back(run, list_columns(), f"listino-{list_id}.csv")


@suppliers.get("/lists/<int:list_id>/undo")
@requires(KEEP)
def ask_to_undo_list(list_id: int) -> Answer:
    run, about, supplier = _run(list_id)
    if run.state != "taken":
        return redirect_to(".show_list", list_id=list_id)
    found = actions.built_on_list(reading(), actor(), list_id)
    return page(
        "civic_centers/suppliers/list_undo.html",
        run=run,
        about=about,
        supplier=supplier,
        obstacles=found[:SHOWN_FAULTS],
        count=len(found),
    )


@suppliers.post("/lists/<int:list_id>/undo")
@requires(KEEP)
def undo_list(list_id: int) -> Answer:
    _run(list_id)
    return _step(list_id, lambda session: undo_run(session, actor(), list_id), "undoing", "undone")


# ---------------------------------------------------------------- their parts


def _kind() -> ImportKind:
    return kind_for(actor(), actions.LIST)


def _run(list_id: int) -> tuple[ImportRun, SupplierList, Supplier]:
    """A list for the keepers of its supplier. Raises Missing."""
    run = run_visible_to(reading(), actor(), list_id)
    about = list_of(reading(), list_id)
    return run, about, supplier_to_keep(reading(), actor(), about.supplier_id)


def _open(supplier_id: int) -> Supplier:
    supplier = supplier_to_keep(reading(), actor(), supplier_id)
    if supplier.state == "closed":
        raise Missing()
    return supplier


def _step(list_id: int, do: Callable[[Session], None], *meant: str) -> Answer:
    stepped(list_id, do, *meant)
    return redirect_to(".show_list", list_id=list_id)


def _file_page(supplier: Supplier, form: ListForm, status: int = 200) -> Answer:
    return page(
        "civic_centers/suppliers/list_file.html",
        supplier=supplier,
        form=form,
        columns=[(heading_words(column), column.headings[1:4]) for column in list_columns()],
        megabytes=MOST_BYTES // (1024 * 1024),
        status=status,
    )


def _columns_page(run: ImportRun, supplier: Supplier, form: Any, *, status: int = 200) -> Answer:
    asked = columns_asked(run, list_columns(), form)
    return page("civic_centers/suppliers/list_columns.html", supplier=supplier, status=status, **asked)
