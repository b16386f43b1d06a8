"""Naming a search, and saying when one wants to be told."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Length

from exchanges.searches.rules import LONGEST_NAME, MOST_AT_ONCE
from foundation.web.fields import choices
from foundation.web.forms import BaseForm

ALERT_WORDS = {
    "at_once": _l("As soon as it comes up"),
    "daily": _l("Every morning, all together"),
    "none": _l("No letters: I look by myself"),
}


class SearchForm(BaseForm):
    """A name, and when to write."""

    most_at_once = MOST_AT_ONCE
    name = StringField(_l("A name for it"), [InputRequired(), Length(max=LONGEST_NAME)])
    alert = RadioField(_l("When something new answers it, write to me"), choices=choices(ALERT_WORDS), default="daily")
