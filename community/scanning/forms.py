"""What the camera read, or what somebody typed."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from community.scanning.rules import LONGEST
from foundation.web.forms import BaseForm


class ScanForm(BaseForm):
    """An address from a drawing, or the code beside it."""

    code = StringField(_l("Code or address"), [InputRequired(_l("Write the code.")), Length(max=LONGEST)])
