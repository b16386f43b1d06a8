"""Opening a household without e-mail, and what it agreed to."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, RadioField, SelectField, StringField, TelField
from wtforms.validators import InputRequired, Length

from community.mandates.rules import MOST_ADULTS, NewAdult, NewHome, Said
from community.members.rules import LONGEST_EMAIL, tidy_email
from community.parties.rules import LONGEST_ADDRESS, LONGEST_NAME
from foundation.web.fields import DayField, choices
from foundation.web.forms import BaseForm
from foundation.web.validators import ByRule

WAY_WORDS = {"spoken": _l("They said so, to me"), "signed": _l("They signed the sheet")}
ENDED_WORDS = {
    "renewed": _l("renewed"),
    "told": _l("ended: they told a maker"),
    "card": _l("ended with card and PIN"),
    "taken_over": _l("ended: they use Reciproca themselves now"),
    "left": _l("ended: they left the community"),
}
A_NAME = 80


class SaidForm(BaseForm):
    """How and when they agreed that makers act for them."""

    way = RadioField(_l("How did they agree?"), choices=choices(WAY_WORDS), default="spoken")
    agreed_on = DayField(_l("On which day?"), [InputRequired(_l("Choose a day."))])
    person_id = SelectField(_l("Who agreed?"), coerce=int, validate_choice=False)

    def said(self) -> Said:
        """What was typed."""
        return Said(self.way.data or "", self.agreed_on.data)


class HomeForm(BaseForm):
    """Who they are, and how they agreed: the first adult is the one who says so."""

    given_name = StringField(_l("First name"), [InputRequired(_l("Write the first name.")), Length(max=A_NAME)])
    family_name = StringField(_l("Family name"), [Length(max=A_NAME)])
    phone = TelField(_l("Telephone"), [Length(max=40)])
    given_name_2 = StringField(_l("First name of another adult"), [Length(max=A_NAME)])
    family_name_2 = StringField(_l("Family name of another adult"), [Length(max=A_NAME)])
    phone_2 = TelField(_l("Telephone of another adult"), [Length(max=40)])
    name = StringField(_l("Name of the household"), [Length(max=LONGEST_NAME)])
    zone_id = SelectField(_l("Zone"), coerce=int)
    address = StringField(_l("Address"), [Length(max=LONGEST_ADDRESS)])
    language = SelectField(_l("The language they prefer"))
    way = RadioField(_l("How did they agree?"), choices=choices(WAY_WORDS), default="spoken")
    agreed_on = DayField(_l("On which day?"), [InputRequired(_l("Choose a day."))])

    def home(self) -> NewHome:
        """Who was typed."""
        fields = self._fields
        names = ["", *(f"_{number}" for number in range(2, MOST_ADULTS + 1) if f"given_name_{number}" in fields)]
        return NewHome(
            zone_id=self.zone_id.data or 0,
            adults=tuple(
                NewAdult(*(fields[name + end].data or "" for name in ("given_name", "family_name", "phone")))
                for end in names
            ),
            name=self.name.data or "",
            address=self.address.data or "",
            language=self.language.data or "it",
        )

    def said(self) -> Said:
        """How they agreed."""
        return Said(self.way.data or "", self.agreed_on.data)


class ContactsForm(BaseForm):
    """How an adult is called, and in which language."""

    phone = TelField(_l("Telephone"), [Length(max=40)])
    language = SelectField(_l("The language they prefer"))


class NameForm(BaseForm):
    """What the household is called, and where it lives."""

    name = StringField(_l("Name of the household"), [InputRequired(_l("Write a name.")), Length(max=LONGEST_NAME)])
    address = StringField(_l("Address"), [Length(max=LONGEST_ADDRESS)])


class AddressForm(BaseForm):
    """The printed code, and the address the letter goes to."""

    code = StringField(_l("The code on the sheet"), [InputRequired(_l("Write the code.")), Length(max=40)])
    email = EmailField(
        _l("E-mail"), [InputRequired(_l("Write your e-mail address.")), Length(max=LONGEST_EMAIL), ByRule(tidy_email)]
    )
