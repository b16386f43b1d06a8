"""The household one acts for, the people it looks after, and how it divides, joins another or moves."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from community.households.rules import LONGEST_NICKNAME
from community.parties.rules import LONGEST_ABOUT, LONGEST_ADDRESS, LONGEST_NAME
from foundation.web.fields import choices
from foundation.web.forms import BaseForm

AGES = {
    "0-2": _l("0 to 2 years"),
    "3-5": _l("3 to 5 years"),
    "6-10": _l("6 to 10 years"),
    "11-13": _l("11 to 13 years"),
    "14-17": _l("14 to 17 years"),
    "adult": _l("adult"),
    "elder": _l("elderly"),
}


class PartyForm(BaseForm):
    """What members read of a household or organisation, and where it is."""

    name = StringField(_l("Name"), [InputRequired(_l("Write a name.")), Length(max=LONGEST_NAME)])
    about = TextAreaField(_l("A few words about you"), [Length(max=LONGEST_ABOUT)])
    address = StringField(_l("Address"), [Length(max=LONGEST_ADDRESS)])
    zone_id = SelectField(_l("Zone"), coerce=int)


class DependantForm(BaseForm):
    """A nickname and an age band, nothing else."""

    nickname = StringField(_l("Nickname"), [InputRequired(_l("Write a nickname.")), Length(max=LONGEST_NICKNAME)])
    age_band = SelectField(_l("Age"), choices=choices(AGES))


SHARE_WORDS = {
    "nothing": _l("They stay with the household"),
    "half": _l("Half each"),
    "all": _l("They all go with me"),
    "some": _l("As we agree"),
}


class DivideForm(BaseForm):
    """How a household divides: what the new one is called, where it lives, which hours and whom it takes along."""

    name = StringField(
        _l("The name of your new household"), [InputRequired(_l("Write a name.")), Length(max=LONGEST_NAME)]
    )
    zone_id = SelectField(_l("Zone"), coerce=int)
    share = RadioField(_l("What happens to the hours?"), choices=choices(SHARE_WORDS), default="half")
    hours = IntegerField(_l("Hours that go along"), [Optional(), NumberRange(min=0, max=1000)])
    minutes = IntegerField(_l("and minutes"), [Optional(), NumberRange(min=0, max=59)])
    dependants = SelectMultipleField(
        _l("Who comes with you"),
        coerce=int,
        choices=[],
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    @property
    def amount(self) -> int:
        """The minutes that go along, as typed."""
        return (self.hours.data or 0) * 60 + (self.minutes.data or 0)


class JoinForm(BaseForm):
    """The household that one's own becomes a part of."""

    into_party_id = IntegerField(_l("Household"), [InputRequired(_l("Choose a household from the list."))])


class MoveForm(BaseForm):
    """Where the household lives from now on."""

    zone_id = SelectField(_l("The zone you move to"), coerce=int)
    address = StringField(_l("The new address"), [Length(max=LONGEST_ADDRESS)])
