"""Step 3: in hours or as a gift, for how many, who may see it."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import Length, NumberRange, Optional

from community.members.forms import TONGUES
from community.members.rules import SPOKEN
from exchanges.posts import rules
from exchanges.posts.actions import How
from exchanges.posts.forms.step import Needed, Picks, StepForm, number_or_none
from foundation.web.fields import DayField, EuroField, MinutesField, choices


class HowForm(StepForm):
    """Step 3."""

    pay = RadioField(
        _l("In hours, or as a gift?"),
        [Needed(_l("Choose hours or a gift."))],
        choices=choices({"hours": _l("In hours"), "gift": _l("As a gift")}),
        default="hours",
    )
    minutes = MinutesField(_l("About how long, each time?"))
    for_whom = RadioField(
        _l("For how many?"),
        choices=choices({"one": _l("For one"), "several": _l("For several"), "always": _l("Always open")}),
        default="one",
    )
    places = IntegerField(_l("Up to how many?"), [Optional(), NumberRange(2, rules.MOST_PLACES)])
    urgent = BooleanField(_l("It is urgent"))
    expires_on = DayField(_l("Until when does it stay on the board?"), [Optional()])
    expense_cents = EuroField(_l("Expenses foreseen, in euros"), [Optional()])
    expense_words = StringField(_l("For what?"), [Length(max=200)])
    languages = Picks(_l("In which languages?"), id="spoken", choices=choices((code, TONGUES[code]) for code in SPOKEN))
    visibility = RadioField(
        _l("Who may see it?"), [Needed(_l("Choose who may see it."))], choices=[], default="community"
    )
    excluded_maker_id = SelectField(_l("Is there a maker who must not see it?"), coerce=number_or_none, choices=[])
    outside_trade = BooleanField(_l("It is not what we do for a living"))

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        # A mistake in a field that does not count stops nobody.
        if self.pay.data == "gift":
            self.minutes.errors = []
        if self.for_whom.data != "several":
            self.places.errors = []
        if self.finishes and self.pay.data == "hours" and self.minutes.data is None and not self.minutes.errors:
            self.minutes.errors = [_l("Say about how long it takes, or that it is a gift.")]
        if self.finishes and self.for_whom.data == "several" and self.places.data is None and not self.places.errors:
            self.places.errors = [_l("Say for how many.")]
        return not self.errors

    def said(self) -> How:
        gift = self.pay.data == "gift"
        return How(
            minutes=None if gift else self.minutes.data,
            gift=gift,
            places=self.places.data or 1 if self.for_whom.data == "several" else 1,
            always=self.for_whom.data == "always",
            urgent=self.urgent.data,
            expires_on=self.expires_on.data,
            expense_cents=self.expense_cents.data or 0,
            expense_words=self.expense_words.data or "",
            languages=self.languages.data or (),
            visibility=self.visibility.data or "community",
            excluded_maker_id=self.excluded_maker_id.data,
            outside_trade=self.outside_trade.data,
        )
