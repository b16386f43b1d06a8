"""Recording a membership card, and withdrawing a mistake."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from community.cards.rules import LONGEST_NUMBER, LONGEST_REASON, NewCard, NewInsurance
from foundation.web.fields import DayField, EuroField
from foundation.web.forms import BaseForm


class CardForm(BaseForm):
    """One period of membership: number, days, insurance, fee in euro."""

    number = StringField(_l("Card number"), [Length(max=LONGEST_NUMBER)])
    since = DayField(_l("From"), [InputRequired(_l("Choose a day."))])
    until = DayField(_l("Until"), [InputRequired(_l("Choose a day."))])
    insured_until = DayField(_l("Insured until"), [Optional()])
    fee = EuroField(_l("Fee in euro"), [Optional()])
    paid_on = DayField(_l("Paid on"), [Optional()])

    def card(self) -> NewCard:
        """What was typed."""
        return NewCard(
            number=self.number.data or "",
            since=self.since.data,
            until=self.until.data,
            insured_until=self.insured_until.data,
            fee_cents=self.fee.data or 0,
            paid_on=self.paid_on.data,
        )


class InsuranceForm(BaseForm):
    """The insurance alone: until when, and what was paid."""

    insured_until = DayField(_l("Insured until"), [InputRequired(_l("Choose a day."))])
    fee = EuroField(_l("Fee in euro"), [Optional()])
    paid_on = DayField(_l("Paid on"), [Optional()])

    def insurance(self) -> NewInsurance:
        """What was typed."""
        return NewInsurance(self.insured_until.data, self.fee.data or 0, self.paid_on.data)


class WithdrawCardForm(BaseForm):
    """Why a card was a mistake."""

    reason = TextAreaField(_l("Why"), [InputRequired(_l("Say why, in a few words.")), Length(max=LONGEST_REASON)])
