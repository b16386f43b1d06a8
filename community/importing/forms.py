"""Choosing a file, and saying what stands in its columns."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import SelectField

from foundation.importing import Column
from foundation.importing.peeking import FileColumn
from foundation.web.fields import choices
from foundation.web.forms import BaseForm
from foundation.web.language import language_code

PREFIX = "column_"


class FileForm(BaseForm):
    file = FileField(_l("The file"))


def heading_words(column: Column) -> str:
    """What a column of ours is called in the reader's language."""
    if language_code() == "it":
        return column.headings[0]
    return column.name.replace("_", " ").capitalize()


def columns_form(columns: Sequence[Column], found: Sequence[FileColumn], places: dict[str, int] | None = None) -> Any:
    """A form with a choice for each column of the file; `places` is what was chosen before, or guessed."""
    words = [("", _("Leave it aside"))]
    words += [(column.name, heading_words(column) + (" *" if column.required else "")) for column in columns]
    by_place = {place: name for name, place in (places or {}).items()}
    fields = {
        f"{PREFIX}{one.place}": SelectField(
            one.heading or _("Column %(number)s", number=one.place + 1),
            choices=choices(words),
            default=by_place.get(one.place, ""),
        )
        for one in found
    }
    return type("ColumnsForm", (BaseForm,), fields)()


def places_in(form: Any, columns: Sequence[Column]) -> dict[str, int]:
    """Which column of ours stands where, as chosen; what is wrong is said at the fields, and above the form."""
    chosen: dict[str, int] = {}
    for field in form:
        if not field.name.startswith(PREFIX) or not field.data:
            continue
        if field.data in chosen:
            field.errors = [*field.errors, _("Another column has been given this name already.")]
        else:
            chosen[field.data] = int(field.name.removeprefix(PREFIX))
    missing = [heading_words(column) for column in columns if column.required and column.name not in chosen]
    if missing:
        form.form_errors.append(_("Say in which column these stand: %(names)s.", names=", ".join(missing)))
    return chosen
