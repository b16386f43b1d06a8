"""What somebody who is worried writes, and what a lead answers."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from community.concerns.rules import LONGEST_REACH, LONGEST_WORDS
from foundation.web.fields import choices
from foundation.web.forms import BaseForm

REACH_WORDS = {
    "here": _l("Only here, on this page"),
    "phone": _l("On the phone"),
    "meet": _l("I would like to meet somebody"),
}


class ConcernForm(BaseForm):
    words = TextAreaField(_l("What worries you?"), [InputRequired(), Length(max=LONGEST_WORDS)])
    reach = RadioField(_l("How may we answer you?"), choices=choices(REACH_WORDS), default="here")
    reach_words = StringField(_l("Which number, and when is it safe?"), [Length(max=LONGEST_REACH)])


class WriteForm(BaseForm):
    words = TextAreaField(_l("Your message"), [InputRequired(), Length(max=LONGEST_WORDS)])


class CloseForm(BaseForm):
    words = TextAreaField(_l("What was done?"), [InputRequired(), Length(max=LONGEST_WORDS)])
