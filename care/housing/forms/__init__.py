"""What people write about a home, a page a thing, and what is written at the desk."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from care.housing.forms.words import BAND_WORDS, KIND_WORDS, OUTCOME_WORDS, REACH_WORDS
from care.housing.rules.cases import BANDS, LONGEST, LONGEST_LINE, MOST_PEOPLE
from exchanges.agreements.forms import whole_number
from foundation.web.fields import DayField, EuroField, LocalMomentField, MinutesField, choices
from foundation.web.forms import BaseForm

UNREADABLE = -1
"""What stands for a number that is none: taken for "nobody", it would let in whoever was to be left out."""


def _person_number(said: object) -> int:
    """The number of a person, and UNREADABLE for anything else."""
    number = whole_number(said)
    return UNREADABLE if number is None else number


_A_FEW = _l("A few words are enough.")


class KindForm(BaseForm):
    """What it is about."""

    kind = RadioField(_l("What is it about?"), [InputRequired(_l("Choose one."))], choices=choices(KIND_WORDS))


class StepForm(BaseForm):
    """One page of a case; `version` is the one that was read."""

    version = IntegerField(validators=[Optional(), NumberRange(0, 10**6)], widget=HiddenInput())

    def said(self) -> dict[str, Any]:
        """What was written, by the names that the action knows."""
        return {name: field.data for name, field in self._fields.items() if name not in ("version", "request_key")}


class WhatForm(StepForm):
    words = TextAreaField(_l("In your own words"), [InputRequired(_A_FEW), Length(max=LONGEST)])
    place = StringField(_l("Roughly where?"), [Length(max=LONGEST_LINE)])


class WhenForm(StepForm):
    from_on = DayField(_l("From"), [Optional()])
    to_on = DayField(_l("Until"), [Optional()])


class WhoForm(StepForm):
    """For whom, by age band: the fields band_0 and so on."""

    def said(self) -> dict[str, Any]:
        return {"bands": {band: self[f"band_{number}"].data or 0 for number, band in enumerate(BANDS)}}


class TermsForm(StepForm):
    conditions = TextAreaField(_l("What matters?"), [Length(max=LONGEST)])


class AmountForm(StepForm):
    amount = EuroField(_l("How much, in euro?"), [InputRequired(_l("Write an amount such as 3,50."))])


class ReachForm(StepForm):
    reach = RadioField(_l("How may the desk reach you?"), choices=choices(REACH_WORDS), default="here")
    reach_words = StringField(_l("Which number, and when is it safe?"), [Length(max=LONGEST_LINE)])
    language = SelectField(_l("In which language?"), choices=[], validate_choice=False)


class ReadersForm(StepForm):
    excluded = SelectMultipleField(
        _l("Is there anybody at the desk who must not see it?"), coerce=_person_number, choices=[],
        validate_choice=False, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
    )  # fmt: skip
    is_wide = BooleanField(_l("The desks of the other zones may read it too"))


class SendForm(BaseForm):
    agreed = BooleanField(_l("They agreed before me that the desk reads this"))


class SayForm(BaseForm):
    words = TextAreaField(_l("Your words"), [InputRequired(_A_FEW), Length(max=LONGEST)])


class PaperForm(BaseForm):
    words = StringField(_l("Which paper?"), [InputRequired(_A_FEW), Length(max=LONGEST_LINE)])
    due_on = DayField(_l("By when?"), [Optional()])


class MatchForm(BaseForm):
    first_side = RadioField(_l("Who is asked first?"), [InputRequired(_l("Choose one."))])
    words = TextAreaField(_l("What do you tell them of the other?"), [InputRequired(_A_FEW), Length(max=LONGEST)])
    days = IntegerField(
        _l("How many days does each question wait?"),
        [InputRequired(_l("Write a number of days, from 1 to 30.")), NumberRange(1, 30)],
        default=7,
    )


class HelpForm(BaseForm):
    outcome = RadioField(
        _l("How were they helped?"), [InputRequired(_l("Choose one."))], choices=choices(OUTCOME_WORDS)
    )
    until_on = DayField(_l("Until when does it last?"), [Optional()])
    follow_on = DayField(_l("When do we ask how it goes?"), [Optional()])
    words = TextAreaField(_l("A note for the desk"), [Length(max=LONGEST)])


class FollowForm(BaseForm):
    words = TextAreaField(_l("How does it go?"), [InputRequired(_A_FEW), Length(max=LONGEST)])
    again_on = DayField(_l("When do we ask again?"), [Optional()])


class MoneyForm(BaseForm):
    amount = EuroField(_l("How much, in euro?"), [InputRequired(_l("Write an amount such as 3,50."))])
    promised_on = DayField(_l("Promised on"), [Optional()])


class DayForm(BaseForm):
    day = DayField(_l("On which day?"), [Optional()])


class SheetForm(BaseForm):
    from_on = DayField(_l("From"), [Optional()])
    to_on = DayField(_l("Until"), [Optional()])
    conditions = TextAreaField(_l("What you agree upon"), [InputRequired(_A_FEW), Length(max=LONGEST)])
    need_does = TextAreaField(_l("What who asked for help does"), [Length(max=LONGEST)])
    offer_does = TextAreaField(_l("What who helps does"), [Length(max=LONGEST)])
    seen = IntegerField(validators=[Optional(), NumberRange(0, 200)], default=0, widget=HiddenInput())


class HandForm(BaseForm):
    title = StringField(_l("What is it about?"), [InputRequired(_A_FEW), Length(max=120)])
    category = SelectField(
        _l("Category"), [InputRequired(_l("Choose one."))], coerce=whole_number, choices=[], validate_choice=False
    )
    starts_at = LocalMomentField(_l("When?"), [Optional()])
    gift = BooleanField(_l("As a gift, without hours"))
    minutes = MinutesField(_l("How long?"), [Optional()])


def who_form(bands: dict[str, int] | None = None, **options: Any) -> WhoForm:
    """The form with a number for each age band; `bands` are those known."""
    fields: dict[str, Any] = {
        f"band_{number}": IntegerField(
            BAND_WORDS[band], [Optional(), NumberRange(0, MOST_PEOPLE)], default=(bands or {}).get(band, 0)
        )
        for number, band in enumerate(BANDS)
    }
    made: WhoForm = type("WhoForm", (WhoForm,), fields)(**options)
    return made
