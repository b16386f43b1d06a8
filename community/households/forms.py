"""The household one acts for, and the people it looks after."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

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
