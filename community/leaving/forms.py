"""Saying goodbye: where the hours go, and that one means it."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, RadioField, StringField
from wtforms.validators import Length

from community.addresses.forms import LONGEST_PASSWORD_TYPED
from foundation.web.fields import choices
from foundation.web.forms import BaseForm

HOURS = {"fund": _l("To the common fund: it reaches who needs them most"), "somebody": _l("To somebody I choose")}


class LeaveForm(BaseForm):
    """Where the hours go, and a password or the name of the community: nobody leaves by mistake."""

    hours = RadioField(_l("Where do your hours go?"), choices=choices(HOURS), default="fund")
    who = StringField(_l("The name of who receives them"), [Length(max=120)])
    party_id = RadioField(_l("Who do you mean?"), coerce=int, choices=[], validate_choice=False, default=0)
    password = PasswordField(_l("Your password"), [Length(max=LONGEST_PASSWORD_TYPED)])
    typed = StringField(_l("The name of the community"), [Length(max=120)])
