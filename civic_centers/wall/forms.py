"""What is written on the wall, and what the people of the center answer."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from civic_centers.wall.rules import LONGEST, MOST_ON_SHEET, OnSheet
from exchanges.agreements.forms import whole_number
from foundation.web.forms import BaseForm


class NeedForm(BaseForm):
    """What is missing."""

    words = TextAreaField(
        _l("What is missing here?"), [InputRequired(_l("Write in a few words what is missing.")), Length(max=LONGEST)]
    )


class ReplyForm(BaseForm):
    """What those read who asked."""

    reply = TextAreaField(
        _l("What do you tell those who asked?"),
        [InputRequired(_l("Write a few words: those who asked read them.")), Length(max=1000)],
    )


class MergeForm(BaseForm):
    """The need that says the same."""

    into_id = SelectField(
        _l("Which one says the same?"), [InputRequired(_l("Choose the other need."))], coerce=whole_number, choices=[],
        validate_choice=False,
    )  # fmt: skip


class SheetForm(BaseForm):
    """The lines of the sheet: the fields words_1, ticks_1 and so on."""

    def lines(self) -> list[tuple[Any, Any]]:
        """The pairs of fields, in order."""
        return [(self[f"words_{number}"], self[f"ticks_{number}"]) for number in range(1, MOST_ON_SHEET + 1)]

    def said(self) -> list[OnSheet]:
        """The lines that were filled in."""
        return [OnSheet(words.data or "", ticks.data or 0) for words, ticks in self.lines() if words.data]


def sheet_form(**options: Any) -> SheetForm:
    """The form with a pair of fields for each line."""
    fields: dict[str, Any] = {}
    for number in range(1, MOST_ON_SHEET + 1):
        fields[f"words_{number}"] = StringField(_l("Line %(number)s", number=number), [Length(max=LONGEST)])
        fields[f"ticks_{number}"] = IntegerField(_l("Ticks"), [Optional(), NumberRange(0, 500)])
    made: SheetForm = type("SheetForm", (SheetForm,), fields)(**options)
    return made
