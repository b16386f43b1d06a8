"""Saying which body answers for the data."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from community.members.rules import tidy_email
from community.privacy.rules import LONGEST_WISH
from foundation.web.forms import BaseForm
from foundation.web.validators import ByRule


class WishForm(BaseForm):
    """What somebody without e-mail said, and why it is printed."""

    wish = TextAreaField(_l("What did they say?"), [InputRequired(_l("Write a few words.")), Length(max=LONGEST_WISH)])
    reason = TextAreaField(
        _l("Why, and how do they get it?"), [InputRequired(_l("Write a few words.")), Length(max=LONGEST_WISH)]
    )


class ControllerForm(BaseForm):
    """The body, how to reach it, and what it adds."""

    name = StringField(_l("The body that answers for the data"), [InputRequired(), Length(max=200)])
    address = StringField(_l("Its address"), [Length(max=300)])
    email = StringField(_l("E-mail for questions about data"), [Length(max=254), ByRule(tidy_email, field="email")])
    officer = StringField(_l("Data protection officer, if there is one"), [Length(max=300)])
    words_it = TextAreaField(_l("What you add, in Italian"), [Length(max=4000)])
    words_en = TextAreaField(_l("What you add, in English"), [Length(max=4000)])
