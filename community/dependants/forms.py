"""What the adults of a household write about who they look after, and what these write themselves."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from community.dependants.rules import LONGEST_EMERGENCY, LONGEST_NEEDS, LONGEST_PICK_UP, LONGEST_WORDS
from community.households.forms import AGES
from community.households.rules import LONGEST_NICKNAME
from foundation.web.fields import choices
from foundation.web.forms import BaseForm


class DetailsForm(BaseForm):
    """A nickname, an age band, and what is sealed."""

    nickname = StringField(_l("Nickname"), [InputRequired(_l("Write a nickname.")), Length(max=LONGEST_NICKNAME)])
    age_band = SelectField(_l("Age"), choices=choices(AGES))
    needs = TextAreaField(_l("What they need"), [Length(max=LONGEST_NEEDS)])
    pick_up = TextAreaField(_l("Who may pick them up"), [Length(max=LONGEST_PICK_UP)])
    emergency = TextAreaField(_l("Whom to call in an emergency"), [Length(max=LONGEST_EMERGENCY)])


class ConsentForm(BaseForm):
    kind = RadioField(
        _l("What do you say?"), [InputRequired(_l("Choose one of the sentences."))], validate_choice=False
    )


class SpokenConsentForm(ConsentForm):
    """What one of the adults said to a maker who stands in their place."""

    who = RadioField(
        _l("Whose word is it?"), [InputRequired(_l("Choose who said it."))], coerce=int, validate_choice=False
    )


class AnswerForm(BaseForm):
    words = TextAreaField(_l("Your answer"), [InputRequired(_l("Write a few words.")), Length(max=LONGEST_WORDS)])


class ObjectForm(BaseForm):
    words = TextAreaField(
        _l("What do you not want?"), [InputRequired(_l("Write a few words.")), Length(max=LONGEST_WORDS)]
    )


class CodeForm(BaseForm):
    code = StringField(_l("Your code"), [InputRequired(_l("Write your code.")), Length(max=40)])
