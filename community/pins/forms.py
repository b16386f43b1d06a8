"""The code of a card, and the PIN of its holder."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from foundation.web.forms import BaseForm


class CodeForm(BaseForm):
    """The letters and figures below the drawing."""

    code = StringField(_l("Number of the card"), [InputRequired(_l("Write the number of the card.")), Length(max=40)])


class PinForm(BaseForm):
    """Typed by the holder, for one thing only."""

    pin = PasswordField(_l("PIN"), [InputRequired(_l("Type the PIN.")), Length(max=20)])
