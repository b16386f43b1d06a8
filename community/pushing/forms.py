"""What a browser sends when notices are turned on in it."""

from wtforms import HiddenField
from wtforms.validators import InputRequired, Length

from community.pushing.rules import LONGEST_ENDPOINT
from foundation.web.forms import BaseForm


class DeviceForm(BaseForm):
    """Filled in by static/js/push.js after a tap."""

    endpoint = HiddenField(validators=[InputRequired(), Length(max=LONGEST_ENDPOINT)])
    public_key = HiddenField(validators=[InputRequired(), Length(max=120)])
    secret = HiddenField(validators=[InputRequired(), Length(max=120)])
