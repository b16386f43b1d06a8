"""What a maker writes after meeting somebody."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from foundation.web.fields import choices
from foundation.web.forms import BaseForm

DOCUMENT_WORDS = {
    "identity_card": _l("Identity card"),
    "passport": _l("Passport"),
    "residence_permit": _l("Residence permit"),
    "driving_licence": _l("Driving licence"),
}


class IdentityForm(BaseForm):
    document = RadioField(_l("Which document did you see?"), choices=choices(DOCUMENT_WORDS))
    seen_on = DateField(_l("On which day?"), [InputRequired()])
    expires_on = DateField(_l("Good until"), [Optional()])


class ReferenceForm(BaseForm):
    given_by = StringField(_l("Who vouches for this person?"), [InputRequired(), Length(max=120)])
    given_on = DateField(_l("When did you speak?"), [InputRequired()])


class WithdrawForm(BaseForm):
    reason = TextAreaField(_l("Why?"), [InputRequired(), Length(max=500)])
