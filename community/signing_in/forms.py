"""Signing in, choosing a password, and the second step."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, HiddenField, PasswordField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from community.members.rules import LONGEST_EMAIL, LONGEST_REASON, tidy_email
from community.signing_in.rules import LONGEST, LONGEST_CODE, check_password
from foundation.web.forms import BaseForm
from foundation.web.validators import ByRule

MUCH_TOO_LONG = 4096
"""Characters. More than this is not even held against the rules."""


class SignInForm(BaseForm):
    """E-mail and password, or e-mail alone for a link. A wrong address is told no differently from a wrong password."""

    email = EmailField(_l("E-mail"), [InputRequired(_l("Write your e-mail address.")), Length(max=LONGEST_EMAIL)])
    password = PasswordField(_l("Password"), [Length(max=MUCH_TOO_LONG)])
    remember = BooleanField(_l("Stay signed in on this device"), default=True)
    next = HiddenField()


class AddressForm(BaseForm):
    """An address to write to."""

    email = EmailField(
        _l("E-mail"), [InputRequired(_l("Write your e-mail address.")), Length(max=LONGEST_EMAIL), ByRule(tidy_email)]
    )


class NewPasswordForm(BaseForm):
    """A new password. `about` are words on the person that it must not merely repeat."""

    password = PasswordField(_l("New password"), [InputRequired(_l("Choose a password.")), Length(max=LONGEST)])

    def __init__(self, *arguments: Any, about: tuple[str, ...] = (), **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._about = about

    def validate_password(self, field: PasswordField) -> None:
        """The rules of passwords."""
        ByRule(check_password, about=self._about)(self, field)


class ChangePasswordForm(NewPasswordForm):
    """The old one too, from who has one."""

    present = PasswordField(_l("Your password until now"), [Length(max=MUCH_TOO_LONG)])


class CodeForm(BaseForm):
    """The code that the telephone shows, or one of those printed."""

    code = StringField(_l("Code"), [InputRequired(_l("Write the code.")), Length(max=LONGEST_CODE)])


class PresentForm(BaseForm):
    """The present password: a telephone found unlocked must not change how its owner signs in."""

    present = PasswordField(_l("Your password"), [Length(max=MUCH_TOO_LONG)])


class SureForm(PresentForm):
    """The password and a code, before the second step is changed. The code may be one of those printed."""

    code = StringField(_l("Code"), [InputRequired(_l("Write the code.")), Length(max=LONGEST_CODE)])


class TakeOffForm(BaseForm):
    """Why the second step of somebody else is taken off."""

    reason = TextAreaField(_l("Why"), [InputRequired(_l("Say why, in a few words.")), Length(max=LONGEST_REASON)])
