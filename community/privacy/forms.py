"""Saying which body answers for the data."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from community.members.rules import tidy_email
from community.privacy.queries import Held, Told
from community.privacy.rules import LONGEST_WISH, days_of, number_of
from foundation.personal import BASES
from foundation.web.fields import choices
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


UNITS = {"days": _l("days"), "months": _l("months")}


def keeping_form(told: Told, **options: Any) -> BaseForm:
    """On which ground a kind is kept, own words, and for each thing with a time `number-<name>` and `unit-<name>`."""
    grounds = {"": _("As Reciproca says: %(ground)s", ground=_(BASES[told.kind.basis]))}
    grounds |= {name: _(said) for name, said in BASES.items()}
    chosen = told.basis if told.own_basis else ""
    fields: dict[str, Any] = {
        "basis": SelectField(_l("On which ground"), choices=choices(grounds), default=chosen),
        "words_it": TextAreaField(_l("What you add, in Italian"), [Length(max=2000)], default=told.words.get("it", "")),
        "words_en": TextAreaField(_l("What you add, in English"), [Length(max=2000)], default=told.words.get("en", "")),
    }
    for held in changeable(told.held):
        number, unit = number_of(held.days) if held.own and held.days else (None, "days")
        if unit == "years" and number:
            number, unit = number * 12, "months"
        name = held.retention.name
        fields[f"number-{name}"] = IntegerField(_l("How many"), [Optional(), NumberRange(1, 3650)], default=number)
        fields[f"unit-{name}"] = SelectField(_l("Days or months"), choices=choices(UNITS), default=unit)
    return type("KeepingForm", (BaseForm,), fields)(**options)


def days_said(form: BaseForm, told: Told) -> dict[str, int | None]:
    """The days that were typed into such a form, by the name of what is let go; None where nothing was."""
    return {
        held.retention.name: None if number is None else days_of(number, form[f"unit-{held.retention.name}"].data)
        for held in changeable(told.held)
        for number in [form[f"number-{held.retention.name}"].data]
    }


def changeable(held: Sequence[Held]) -> list[Held]:
    """What a community may choose the time of."""
    return [one for one in held if not one.retention.fixed]
