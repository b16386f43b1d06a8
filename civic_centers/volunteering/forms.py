"""What keepers say of shifts, volunteers of themselves, and organisations of their register."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from civic_centers.rooms.forms import TimeForm
from civic_centers.volunteering.actions.registering import OwnSheet
from civic_centers.volunteering.rules import Wanted
from exchanges.agreements.forms import whole_number
from foundation.web.fields import DayField, choices
from foundation.web.forms import BaseForm

ROLES = range(1, 5)


class WantedForm(BaseForm):
    """What is asked of whoever comes, whatever the role."""

    words = StringField(_l("What do they do, in a few words?"), [Length(max=300)])
    party_id = SelectField(_l("Whose volunteers are they?"), coerce=whole_number, choices=[], validate_choice=False)
    needs_verified = BooleanField(_l("Only who is verified"))
    qualification = StringField(_l("Only who has this training"), [Length(max=80)])
    min_age = IntegerField(_l("Only from this age on"), [Optional(), NumberRange(14, 99)])
    exchange = RadioField(
        _l("How do the hours count?"),
        choices=choices(
            {
                "no": _l("Volunteering: recorded, insured, never paid"),
                "yes": _l("An exchange: the common fund gives the hours to who comes"),
            }
        ),
        default="no",
    )
    cancel_hours = IntegerField(
        _l("Until how many hours before may one give up?"), [Optional(), NumberRange(0, 336)], default=24
    )

    def wanted(self, role: str, least: int | None, most: int | None) -> Wanted:
        return Wanted(
            role=role,
            least=1 if least is None else least,
            most=1 if most is None else most,
            words=self.words.data or "",
            party_id=self.party_id.data,
            needs_verified=bool(self.needs_verified.data),
            qualification=self.qualification.data or "",
            min_age=self.min_age.data,
            exchange=self.exchange.data == "yes",
            cancel_hours=24 if self.cancel_hours.data is None else self.cancel_hours.data,
        )


class SlotForm(WantedForm):
    """One slot, changed."""

    version = HiddenField(default="1")
    role = StringField(_l("Role"), [InputRequired(_l("Say what they do: such as “at the door”.")), Length(max=80)])
    least = IntegerField(_l("At least"), [InputRequired(_l("Say how many.")), NumberRange(0, 500)])
    most = IntegerField(_l("At most"), [InputRequired(_l("Say how many.")), NumberRange(1, 500)])

    def said(self) -> Wanted:
        return self.wanted(self.role.data or "", self.least.data, self.most.data)


class RolesForm(WantedForm):
    """Several roles at once: the fields are role_1, least_1, most_1 and so on."""

    def roles(self) -> list[tuple[Any, Any, Any]]:
        """The fields of each role."""
        return [(self[f"role_{number}"], self[f"least_{number}"], self[f"most_{number}"]) for number in ROLES]

    def said(self) -> list[Wanted]:
        return [self.wanted(role.data, least.data, most.data) for role, least, most in self.roles() if role.data]

    def refuse(self, error: Any) -> None:
        """A mistake of a role stands at the first one."""
        if error.field in ("role", "least", "most"):
            error.field = f"{error.field}_1"
        super().refuse(error)


class DayForm(RolesForm, TimeForm):
    """A day of the center, and the same in the weeks after."""

    weeks = IntegerField(_l("For how many weeks?"), [Optional(), NumberRange(1, 26)], default=1)


class DatesForm(RolesForm):
    """Dates of an activity."""

    which = RadioField(
        _l("For which dates?"),
        choices=choices({"all": _l("All of them, also those that are added later"), "some": _l("Only those I choose")}),
        default="all",
    )
    dates = SelectMultipleField(
        _l("Dates"), coerce=whole_number, choices=[], validate_choice=False,
        widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
    )  # fmt: skip


class MinutesForm(BaseForm):
    """Real minutes."""

    minutes = IntegerField(
        _l("Minutes really served"), [InputRequired(_l("Say how many minutes.")), NumberRange(1, 1440)]
    )


class SheetForm(BaseForm):
    """What a volunteer says of themselves."""

    fiscal_code = StringField(_l("Codice fiscale"), [Length(max=24)])
    born_on = DayField(_l("Birthday"), [Optional()])
    born_in = StringField(_l("Born in"), [Length(max=120)])
    residence = StringField(_l("Residence: street, number, town"), [Length(max=200)])
    may_be_asked = BooleanField(_l("Ask me when somebody cannot come"), default=True)

    def said(self) -> OwnSheet:
        return OwnSheet(
            self.fiscal_code.data or "",
            self.born_on.data,
            self.born_in.data or "",
            self.residence.data or "",
            bool(self.may_be_asked.data),
        )


class KeepTemplateForm(BaseForm):
    """A day or a week of shifts, kept as a template."""

    name = StringField(_l("Name of the template"), [InputRequired(_l("Give it a name.")), Length(max=80)])
    first_on = DayField(_l("The shifts of which day, or of the week that begins on it?"), [InputRequired()])
    days = RadioField(_l("How much?"), choices=choices({"1": _l("That day"), "7": _l("That week")}), default="7")


class LayOutForm(BaseForm):
    """From when on a template is laid out."""

    first_on = DayField(_l("From which day on?"), [InputRequired(_l("Say from which day on."))])
    weeks = IntegerField(_l("For how many weeks?"), [Optional(), NumberRange(1, 26)], default=1)


class RegisterDayForm(BaseForm):
    """Since when, or until when."""

    day = DayField(_l("Which day?"), [InputRequired(_l("Say on which day."))])


class VolunteerInsuranceForm(BaseForm):
    """From when until when somebody is insured."""

    since = DayField(_l("Insured from"), [InputRequired(_l("Choose a day."))])
    until = DayField(_l("Insured until"), [InputRequired(_l("Choose a day."))])
    policy = StringField(_l("Number of the policy"), [Length(max=80)])


def roles_form(kind: type[Any], **data: Any) -> Any:
    """A form with four roles, the first with its fields filled."""
    fields: dict[str, Any] = {}
    for number in ROLES:
        fields[f"role_{number}"] = StringField(_l("Role"), [Length(max=80)])
        fields[f"least_{number}"] = IntegerField(_l("At least"), [Optional(), NumberRange(0, 500)], default=1)
        fields[f"most_{number}"] = IntegerField(_l("At most"), [Optional(), NumberRange(1, 500)], default=1)
    return type(kind.__name__, (kind,), fields)(**data)
