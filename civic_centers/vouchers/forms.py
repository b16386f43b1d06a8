"""What a shop gives away by vouchers, to whom a maker gives one, and the code at the shop."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from civic_centers.sponsors.forms import YesFields
from civic_centers.sponsors.rules import LONGEST_REASON
from civic_centers.vouchers.actions import Given
from civic_centers.vouchers.rules import LONGEST_PLACE, LONGEST_WORDS, MOST, Wish
from exchanges.agreements.forms import whole_number
from foundation.web.fields import DayField, EuroField, choices
from foundation.web.forms import BaseForm

EVERYBODY = "all"


class OfferForm(BaseForm):
    """What one voucher is good for, and how many there are."""

    kind = RadioField(
        _l("What is it?"),
        [InputRequired(_l("Choose what you give."))],
        choices=choices({"goods": _l("Things"), "discount": _l("A discount")}),
    )
    words = StringField(
        _l("One voucher is good for"), [InputRequired(_l("Write it in a few words.")), Length(max=LONGEST_WORDS)]
    )
    value = EuroField(_l("What is one worth, about? (euro)"), [Optional()])
    most = IntegerField(
        _l("How many at most?"), [InputRequired(_l("From 1 to 1000.")), NumberRange(1, MOST, _l("From 1 to 1000."))]
    )
    per = RadioField(
        _l("So many"),
        [InputRequired()],
        choices=choices({"all": _l("In all"), "month": _l("Each month")}),
        default="all",
    )
    until_on = DayField(_l("Good until"), [InputRequired()])
    place = StringField(_l("Where is it redeemed?"), [Length(max=LONGEST_PLACE)])
    conditions = TextAreaField(_l("Is there a condition?"), [Length(max=LONGEST_REASON)])

    def wish(self) -> Wish:
        return Wish(
            kind=self.kind.data or "",
            words=self.words.data or "",
            most=self.most.data or 0,
            until_on=self.until_on.data,
            value_cents=self.value.data,
            per=self.per.data or "all",
            place=self.place.data or "",
            conditions=self.conditions.data or "",
        )


class WrittenOfferForm(YesFields, OfferForm):
    """The same, written down by a maker."""


class WhyForm(BaseForm):
    """Why not. `seen` is how the offer stood when it was asked: to decline is not to end what people hold already."""

    seen = HiddenField(default="")
    reason = TextAreaField(_l("Why?"), [InputRequired(_l("Write it in a few words.")), Length(max=LONGEST_REASON)])


class GiveForm(BaseForm):
    """For whom of a household, and why."""

    person_id = RadioField(_l("For whom?"), [InputRequired(_l("Choose who of them it is for."))], validate_choice=False)
    why = RadioField(
        _l("Why?"),
        [InputRequired(_l("Choose why: for need, or to thank. Never for hours."))],
        choices=choices({"need": _l("It is of use to them"), "thanks": _l("To thank them")}),
    )
    reason = TextAreaField(_l("A note for the makers"), [Length(max=LONGEST_REASON)])

    def given(self, party_id: int) -> Given:
        said = self.person_id.data or ""
        # Whatever is no number of theirs is refused, and never falls back to the whole household.
        person_id = None if said == EVERYBODY else whole_number(said) or 0
        return Given(party_id, person_id, self.why.data or "", self.reason.data or "")


class CodeForm(BaseForm):
    """The letters and figures below the drawing."""

    code = StringField(_l("Code of the voucher"), [InputRequired(_l("Write the code of the voucher.")), Length(max=40)])
