"""What people say about being suggested."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from foundation.web.fields import choices
from foundation.web.forms import BaseForm


class WishForm(BaseForm):
    wish = RadioField(
        _l("When somebody writes a post that we could answer"),
        choices=choices(
            {
                "": _l("You may suggest us"),
                "gladly": _l("Suggest us gladly: we would like to give something back"),
                "never": _l("Do not suggest us for now"),
            }
        ),
        default="",
    )
