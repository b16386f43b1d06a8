"""Reporting in two taps, and a maker's decision."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from community.moderation.rules import REASONS
from foundation.web.fields import choices
from foundation.web.forms import BaseForm

OUTCOME_WORDS = {
    "nothing": _l("It is all right: nothing to do"),
    "hidden": _l("Take it out of sight"),
}


class ReportForm(BaseForm):
    reason = RadioField(_l("What is the matter?"), choices=choices((key, _l(words)) for key, words in REASONS.items()))
    words = TextAreaField(_l("Do you want to add something?"), [Length(max=2000)])


class DecisionForm(BaseForm):
    outcome = RadioField(_l("What do we do?"), choices=choices(OUTCOME_WORDS))
    words = TextAreaField(_l("Why?"), [InputRequired(), Length(max=2000)])
