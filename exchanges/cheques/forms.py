"""What is typed to print cheques and to redeem one."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from exchanges.agreements.actions import Helped
from exchanges.agreements.forms import Seconds, whole_number
from exchanges.agreements.rules import LONGEST_TITLE
from exchanges.cheques.rules import MOST_CHEQUES, Wanted
from foundation.web.fields import DayField, MinutesField
from foundation.web.forms import BaseForm


class SheetForm(BaseForm):
    """A sheet to be printed."""

    count = IntegerField(_l("How many cheques?"), [InputRequired(), NumberRange(min=1, max=MOST_CHEQUES)])
    minutes = MinutesField(_l("How long is each good for?"))

    def wanted(self) -> Wanted:
        """What was typed."""
        return Wanted(self.count.data or 0, self.minutes.data or 0)


class ChequeCodeForm(BaseForm):
    """The letters and figures below the drawing."""

    code = StringField(_l("Code of the cheque"), [InputRequired(_l("Write the code of the cheque.")), Length(max=40)])


class RedeemForm(Seconds, BaseForm):
    """What was done for it."""

    title = StringField(_l("What was it?"), [InputRequired(), Length(max=LONGEST_TITLE)])
    category = SelectField(_l("What is it about?"), coerce=whole_number, validate_choice=False)
    happened_on = DayField(_l("Which day?"), [InputRequired()])
    adult = SelectField(_l("Who helped, by name?"), coerce=whole_number, validate_choice=False)

    def helped(self) -> Helped:
        """What was typed."""
        return Helped(
            title=self.title.data or "",
            category_id=self.category.data,
            happened_on=self.happened_on.data,
            adult_id=self.adult.data,
            second_id=self.second.data,
        )


class CardRedeemForm(RedeemForm):
    """The same at a maker's telephone, for who has a card with a PIN."""

    card = StringField(_l("Number of their card"), [InputRequired(_l("Write the number of the card.")), Length(max=40)])
    pin = PasswordField(_l("Their PIN, typed by them"), [InputRequired(_l("Type the PIN.")), Length(max=20)])
