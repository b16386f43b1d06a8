"""After how long members are asked whether all is well, and rest."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from foundation.web.forms import BaseForm


class RestRulesForm(BaseForm):
    ask_after_months = IntegerField(_l("Months without anything, before we ask"), [InputRequired(), NumberRange(0, 36)])
    rest_after_days = IntegerField(
        _l("Days without an answer, before we let them rest"), [InputRequired(), NumberRange(0, 365)]
    )
