"""How an organisation is reached."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.validators import Length

from community.members.rules import LONGEST_EMAIL, LONGEST_PHONE, tidy_email, tidy_phone
from community.organisations.rules import LONGEST_WEBSITE, tidy_website
from foundation.web.fields import choices
from foundation.web.forms import BaseForm
from foundation.web.validators import ByRule

KIND_WORDS = {
    "business": _l("Business"),
    "association": _l("Association"),
    "school": _l("School"),
    "parish": _l("Parish"),
    "public_body": _l("Public body"),
}


class OrganisationForm(BaseForm):
    """Its kind, and where people find it."""

    kind = RadioField(_l("What it is"), choices=choices(KIND_WORDS))
    website = StringField(_l("Website"), [Length(max=LONGEST_WEBSITE), ByRule(tidy_website)])
    phone = StringField(_l("Telephone"), [Length(max=LONGEST_PHONE), ByRule(tidy_phone)])
    email = StringField(_l("E-mail"), [Length(max=LONGEST_EMAIL), ByRule(tidy_email)])
