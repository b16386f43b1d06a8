"""What families choose, and what keepers type at the door."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from civic_centers.enrolling.rules import LONGEST_NAME
from exchanges.agreements.forms import whole_number
from foundation.web.forms import BaseForm


class EnrolForm(BaseForm):
    """Who of the household comes, on which dates, and whether all or none."""

    who = SelectMultipleField(
        _l("Who comes?"),
        choices=[],
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    dates = SelectMultipleField(
        _l("On which dates?"),
        coerce=whole_number,
        choices=[],
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    together = BooleanField(_l("All together or nobody"), default=True)


class SwapForm(BaseForm):
    """Who comes instead."""

    who = RadioField(_l("Who comes instead?"), [InputRequired(_l("Choose one person."))], validate_choice=False)


class PickUpForm(BaseForm):
    """One line of who may fetch somebody."""

    kind = RadioField(
        _l("What do you say?"), [InputRequired(_l("Choose one of the sentences."))], validate_choice=False
    )
    name = StringField(_l("Name and surname"), [Length(max=LONGEST_NAME)])


class DoorForm(BaseForm):
    """The code on somebody's telephone."""

    code = StringField(_l("Code"), [InputRequired(_l("Write the code.")), Length(max=40)])


class FetchForm(BaseForm):
    """Who fetches a child."""

    name = RadioField(_l("Who fetches them?"), [InputRequired(_l("Choose who is here."))], validate_choice=False)
