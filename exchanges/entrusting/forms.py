"""For whom it is."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from foundation.web.forms import BaseForm


class ForWhomForm(BaseForm):
    dependants = SelectMultipleField(
        _l("For whom is it?"),
        coerce=int,
        choices=[],
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    for_adult = BooleanField(_l("For one of us adults, who decides for themselves"))
