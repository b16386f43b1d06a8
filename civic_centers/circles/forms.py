"""What is said of a circle, by its keepers and its families."""

from datetime import datetime, time, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from civic_centers.circles.rules import LONGEST_NOTES, LONGEST_REASON, About, Beat
from exchanges.agreements.forms import whole_number
from foundation.web.fields import DayField, MinutesField, choices
from foundation.web.forms import BaseForm

HOME, WORDS = "home", "words"
A_DAY = 24 * 60
DAYS = {
    1: _l("Monday"),
    2: _l("Tuesday"),
    3: _l("Wednesday"),
    4: _l("Thursday"),
    5: _l("Friday"),
    6: _l("Saturday"),
    7: _l("Sunday"),
}


def _weekday(value: Any) -> int | None:
    return whole_number(value)


class Picks(SelectMultipleField):
    """Several of a few, each with its own box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class BeatForm(BaseForm):
    """On which days turns come, and from when until when."""

    weekdays = Picks(_l("On which days of the week?"), coerce=_weekday, choices=choices(DAYS), validate_choice=False)
    starts = TimeField(_l("Begins at"), [InputRequired(_l("Say from when."))])
    ends = TimeField(_l("Ends at"), [InputRequired(_l("Say until when."))])
    first_on = DayField(_l("From which day on?"), [InputRequired(_l("Say on which day."))])
    every_weeks = IntegerField(
        _l("Every how many weeks?"), [InputRequired(_l("Write a whole number.")), NumberRange(1, 8)], default=1
    )

    def beat(self) -> Beat:
        """Its length is that of the wall: midnight as an end is that of the evening."""
        starts, ends, first = self.starts.data or time(), self.ends.data or time(), self.first_on.data
        last = first + timedelta(days=1) if ends == time() else first
        lasts = datetime.combine(last, ends) - datetime.combine(first, starts)
        days = tuple(sorted({one for one in self.weekdays.data or () if one is not None}))
        return Beat(days, starts, round(lasts / timedelta(minutes=1)), first, self.every_weeks.data or 1)


class AboutForm(BaseForm):
    """What a circle is."""

    version = HiddenField(default="1")
    name = StringField(_l("What is it called?"), [InputRequired(_l("Give it a name.")), Length(max=80)])
    about = TextAreaField(_l("How does it work, in a few words?"), [Length(max=1000)])
    where = RadioField(
        _l("Where are the children?"),
        choices=choices({HOME: _l("In the home of who has the turn"), WORDS: _l("Always in the same place")}),
        default=HOME,
    )
    place_words = StringField(_l("Which place?"), [Length(max=200)])
    most_children = IntegerField(
        _l("At most how many children at a turn?"),
        [InputRequired(_l("Write a whole number.")), NumberRange(1, 20)],
        default=6,
    )
    lab_id = SelectField(_l("Of which lab is it?"), coerce=whole_number, choices=[], validate_choice=False)

    def said(self, zone_id: int) -> About:
        return About(
            name=self.name.data or "",
            zone_id=zone_id,
            about=self.about.data or "",
            at_home=self.where.data != WORDS,
            place_words=self.place_words.data or "",
            most_children=self.most_children.data or 0,
            lab_id=self.lab_id.data,
        )


class NewForm(AboutForm, BeatForm):
    """A new circle with its first rhythm. In which zone it is stays as it was said."""

    zone_id = SelectField(_l("In which zone?"), coerce=whole_number, choices=[], validate_choice=False)


class PauseForm(BaseForm):
    """From which day to which there are no turns."""

    first_on = DayField(_l("From which day?"), [InputRequired(_l("Say on which day."))])
    last_on = DayField(_l("Up to which day?"), [InputRequired(_l("Say on which day."))])


class ReasonForm(BaseForm):
    """Why, for the families."""

    reason = TextAreaField(
        _l("Why? The families read it."),
        [InputRequired(_l("Say why, in a few words: the families read it.")), Length(max=LONGEST_REASON)],
    )


class JoinForm(BaseForm):
    """A family's yes."""

    children = Picks(_l("Who do you bring?"), coerce=whole_number, choices=[], validate_choice=False)
    takes_turns = BooleanField(_l("I take turns myself"))
    agreed = BooleanField(_l("We agree"))


class NotesForm(BaseForm):
    """What to know in an emergency."""

    seen = HiddenField(default="")
    words = TextAreaField(_l("What must who has the turn know?"), [Length(max=LONGEST_NOTES)])


class MinutesForm(BaseForm):
    """How long a turn was."""

    minutes = MinutesField(_l("How long were the children with you?"), [Optional()], most=A_DAY)


class CorrectForm(MinutesForm):
    """The right minutes, and why."""

    reason = StringField(
        _l("What was wrong?"), [InputRequired(_l("Say why, in a few words: the families read it.")), Length(max=300)]
    )


class FetchForm(BaseForm):
    """With whom a child goes home."""

    name = RadioField(_l("With whom do they go home?"), choices=[], validate_choice=False)


class SwapForm(BaseForm):
    """For which turn."""

    other_id = RadioField(_l("For which turn?"), coerce=whole_number, choices=[], validate_choice=False)
