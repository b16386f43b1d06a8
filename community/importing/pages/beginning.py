"""All imports, and beginning one: choosing a kind and a file."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from community.importing.forms import FileForm, heading_words
from community.importing.pages.blueprint import imports
from community.importing.pages.files import BROKEN, columns_of, file_in, names_of
from foundation.errors import DomainError, Invalid, Missing
from foundation.importing.kinds import ImportKind, kind_for, kinds_for, kinds_offered
from foundation.importing.opening import BrokenLine
from foundation.importing.peeking import peek
from foundation.importing.runs import (
    IMPORT,
    MOST_BYTES,
    PAGE,
    runs_visible_to,
    start_run,
)
from foundation.web import Answer, actor, community, page, reading, redirect_to, requires, writing
from foundation.web.asked import row_number


@imports.get("/c/<community>/imports")
@requires(IMPORT)
def index() -> Answer:
    before = request.args.get("before", type=row_number)
    found = runs_visible_to(reading(), actor(), before=before)
    older = url_for(".index", before=found[PAGE - 1].id) if len(found) > PAGE else None
    runs = found[:PAGE]
    return page(
        "community/importing/index.html",
        kinds=kinds_offered(actor()),
        runs=runs,
        names=names_of(runs),
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
        found = peek(content, columns_of(chosen), max_bytes=MOST_BYTES)
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


def _kind_offered(what: str) -> ImportKind:
    """A kind that begins here. Raises Missing."""
    kind = kind_for(actor(), what)
    if kind.own_page:
        raise Missing()
    return kind


def _file_page(kind: ImportKind, form: FileForm, *, status: int = 200) -> Answer:
    columns = [(heading_words(column), column.required) for column in columns_of(kind)]
    megabytes = MOST_BYTES // (1024 * 1024)
    return page(
        "community/importing/file.html", kind=kind, form=form, columns=columns, megabytes=megabytes, status=status
    )


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
