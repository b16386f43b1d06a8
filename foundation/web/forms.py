"""The form every form is made from."""

import re
import secrets
from collections.abc import Mapping
from io import SEEK_END
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage
from wtforms import Field, HiddenField, IntegerField, PasswordField, StringField, TextAreaField
from wtforms.validators import Length

from foundation.errors import DomainError
from foundation.web.formats import explain

LONGEST_LINE = 200
LONGEST_TEXT = 4000
LONGEST_KEY = 64
LARGEST_NUMBER = 10**15
"""Beyond it no number means anything here, and what is reckoned from one may not be kept, nor be a fraction."""
PROTECTING = ("csrf_token", "request_key")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class BaseForm(FlaskForm):
    """Trims what is typed, refuses what no keyboard types, limits every length, and carries a request key."""

    request_key = HiddenField(validators=[Length(max=LONGEST_KEY)], default=lambda: secrets.token_urlsafe(18))

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for field in self:
            if isinstance(field, IntegerField) and isinstance(field.data, int) and abs(field.data) > LARGEST_NUMBER:
                field.data = None
                field.process_errors = [_l("That number is too large.")]
        for field in self._texts():
            if isinstance(field.data, str) and not isinstance(field, PasswordField):
                field.data = field.data.replace("\r\n", "\n").strip()
                if field.raw_data:  # what InputRequired looks at: spaces are nothing typed
                    field.raw_data = [field.data, *field.raw_data[1:]]

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether everything is right; otherwise each field says what is not."""
        right = bool(super().validate(extra_validators))
        for field in self._texts():
            right = self._is_sound(field) and right
        for field in self:
            # What was typed comes back with the form, in numbers and dates too.
            field.raw_data = [UNPRINTABLE.sub("", raw) if isinstance(raw, str) else raw for raw in field.raw_data or []]
        return right

    def refuse(self, error: DomainError) -> None:
        """Show a domain error at the field it names, or above the form."""
        field = self._fields.get(error.field or "")
        words = explain(error)
        if field is None:
            self.form_errors.append(words)
        else:
            field.errors = [*field.errors, words]

    def typed(self) -> str:
        """All that was typed, as the `content` of a request key: the same form with other words in it is no repeat.

        Every field but what protects the form, by name; of a file its name and size. It is to be hashed, and kept
        nowhere: some of it may be for few eyes. Empty where a form asks nothing.
        """
        said = _said({name: field.data for name, field in self._fields.items()})
        return repr(said) if said else ""

    def _texts(self) -> list[Field]:
        return [field for field in self if isinstance(field, StringField)]

    def _is_sound(self, field: Field) -> bool:
        typed = field.data if isinstance(field.data, str) else ""
        if UNPRINTABLE.search(typed):
            field.data = UNPRINTABLE.sub("", typed)
            field.errors = [*field.errors, _l("There were characters here that cannot be kept; we took them out.")]
            return False
        has_own_length = any(isinstance(validator, Length) for validator in field.validators)
        longest = LONGEST_TEXT if isinstance(field, TextAreaField) else LONGEST_LINE
        if not has_own_length and len(typed) > longest:
            field.errors = [*field.errors, _l("This is too long: %(most)s characters at most.", most=longest)]
            return False
        return True


def _said(data: Any) -> Any:
    """What a field holds, so that the same is written the same whenever it is asked."""
    if isinstance(data, FileStorage):
        place = data.stream.tell()
        size = data.stream.seek(0, SEEK_END)
        data.stream.seek(place)
        return data.filename, size
    if isinstance(data, Mapping):
        return [(name, _said(data[name])) for name in sorted(data) if name not in PROTECTING]
    if isinstance(data, (list, tuple)):
        return [_said(one) for one in data]
    return data


class ActForm(BaseForm):
    """A form of one button: nothing but its protection and its request key."""
