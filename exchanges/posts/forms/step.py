"""What the three steps of a post share.

A step may be left half-done ("save and finish later", going back, one more date): then nothing is demanded, but what
was typed must still make sense.
"""

import re
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectMultipleField
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from foundation.web.fields import choices
from foundation.web.forms import BaseForm

FINISHING = "next"
NOT_KEPT = "more"


class Needed:
    """Like InputRequired, but a step that is left for later may lack it."""

    field_flags = {"required": True}

    def __init__(self, message: Any) -> None:
        self.message = message

    def __call__(self, form: Any, field: Any) -> None:
        if not any(not isinstance(typed, str) or typed.strip() for typed in field.raw_data or ()):
            field.errors = []
            raise StopValidation(self.message if form.finishes else None)


def number_or_none(value: Any) -> int | None:
    """The number behind a choice; None for the empty one."""
    return int(value) if value not in (None, "") else None


class Picks(SelectMultipleField):
    """Several of a few, as chips."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class StepForm(BaseForm):
    """What the three steps share: the version of the post they were opened with, and where the pressed button leads."""

    version = HiddenField(default="0")

    @property
    def go(self) -> str:
        """`next`, `back`, `later`, `more`, `photos` or `remove-N`."""
        return request.form.get("go", FINISHING)

    @property
    def finishes(self) -> bool:
        """Whether the step is to be complete."""
        return self.go == FINISHING

    @property
    def opened_with(self) -> int:
        """The version that was looked at; 0, which no post has, for one that nobody gave out."""
        return int(self.version.data) if re.fullmatch(r"[0-9]{1,9}", self.version.data or "") else 0


class CloseForm(BaseForm):
    """Why a post is closed."""

    found = RadioField(
        _l("How did it end?"),
        [Needed(_l("Choose one of the two."))],
        choices=choices({"yes": _l("Found, thank you"), "no": _l("I changed my mind")}),
    )
    finishes = True
