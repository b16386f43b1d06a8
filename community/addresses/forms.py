"""Another e-mail address."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length

from community.members.rules import LONGEST_EMAIL, tidy_email
from foundation.web.forms import BaseForm
from foundation.web.validators import ByRule

LONGEST_PASSWORD_TYPED = 1000
"""Anything longer is no password of anybody here, and is refused before it is hashed."""


class EmailForm(BaseForm):
    """Another e-mail address, and the password: a telephone found unlocked must not take the account over."""

    email = EmailField(
        _l("New e-mail address"),
        [InputRequired(_l("Write your e-mail address.")), Length(max=LONGEST_EMAIL), ByRule(tidy_email)],
    )
    present = PasswordField(_l("Your password"), [Length(max=LONGEST_PASSWORD_TYPED)])
