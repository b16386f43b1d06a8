"""What people type about money: always whole euro cents, never hours."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from civic_centers.reckoning.rules import LONGEST_REASON, LONGEST_WORDS
from exchanges.agreements.forms import whole_number
from foundation.web.fields import DayField, EuroField, choices
from foundation.web.forms import BaseForm

WAY_WORDS = {"cash": _l("Cash"), "transfer": _l("Bank transfer"), "other": _l("Another way")}
OUT_WORDS = {"supplier": _l("To the supplier"), "cost": _l("For costs, such as transport")}
_HOW_MUCH = _l("Write an amount such as 3,50.")


def content(form: BaseForm) -> str:
    """All that was typed: the same key with other words is no repeat."""
    left_out = ("request_key", "csrf_token")
    return "\n".join(f"{name}={field.data}" for name, field in sorted(form._fields.items()) if name not in left_out)


class PayForm(BaseForm):
    """What a family hands over."""

    cents = EuroField(_l("How much, in euro"), [InputRequired(_HOW_MUCH)])
    gift = EuroField(_l("Of it, for the solidarity quota"), [Optional()])
    way = RadioField(_l("How was it handed over?"), choices=choices(WAY_WORDS), default="cash")


class RefundForm(BaseForm):
    """What a family gets back."""

    cents = EuroField(_l("How much, in euro"), [InputRequired(_HOW_MUCH)])
    way = RadioField(_l("How was it handed over?"), choices=choices(WAY_WORDS), default="cash")


class OpeningForm(BaseForm):
    """What a family brings along from the books that were kept before."""

    side = RadioField(
        _l("How did it stand?"),
        choices=choices({"favour": _l("In their favour"), "debt": _l("Still to give")}),
        validators=[InputRequired(_l("Say whether it is in their favour or still to give."))],
    )
    cents = EuroField(_l("How much, in euro"), [InputRequired(_HOW_MUCH)])
    as_of = DayField(_l("On which day did it stand so?"), [InputRequired(_l("Say on which day."))])
    words = StringField(_l("Where was it written?"), [Length(max=LONGEST_WORDS)])


class LookUpForm(BaseForm):
    """Which receipt: its number and year, as it stands on paper."""

    number = StringField(
        _l("Number of the receipt"), [InputRequired(_l("Write the number, such as 12/2027.")), Length(max=20)]
    )

    def said(self) -> tuple[int, int] | None:
        """Year and number; None where nobody can mean them."""
        number, _slash, year = (self.number.data or "").partition("/")
        found = whole_number(year.strip()), whole_number(number.strip())
        if found[0] is None or found[1] is None or not 2000 <= found[0] <= 2199 or not 0 < found[1] < 10**8:
            return None
        return found[0], found[1]


class ReasonForm(BaseForm):
    """Why something is taken back."""

    reason = TextAreaField(_l("Why?"), [InputRequired(_l("Say why, in a few words.")), Length(max=LONGEST_REASON)])


class OutForm(BaseForm):
    """What is paid out for a cycle."""

    what = RadioField(_l("For what?"), choices=choices(OUT_WORDS), default="supplier")
    cents = EuroField(_l("How much, in euro"), [InputRequired(_HOW_MUCH)])
    words = StringField(_l("Number of the invoice, or what it was"), [Length(max=LONGEST_WORDS)])
    way = RadioField(_l("How was it handed over?"), choices=choices(WAY_WORDS), default="transfer")


class CloseForm(BaseForm):
    """The difference that was read."""

    left_over = HiddenField()

    @property
    def read(self) -> int | None:
        typed = self.left_over.data or ""
        number = whole_number(typed.removeprefix("-"))
        return None if number is None else -number if typed.startswith("-") else number


class GiftForm(BaseForm):
    """What comes into the solidarity quota."""

    source = RadioField(
        _l("Where does it come from?"),
        choices=choices({**WAY_WORDS, "group": _l("From what was left over in the group")}),
        default="cash",
    )
    cents = EuroField(_l("How much, in euro"), [InputRequired(_HOW_MUCH)])
    words = StringField(_l("Who gave it"), [Length(max=LONGEST_WORDS)])


class AskForm(BaseForm):
    """What a family asks of the quota."""

    cents = EuroField(_l("How much would help, in euro"), [InputRequired(_HOW_MUCH)])
    words = TextAreaField(_l("A few words"), [Length(max=LONGEST_REASON)])
    excluded_maker_id = SelectField(_l("Is there a maker who should not read it?"), [Optional()], coerce=whole_number)


class GrantForm(BaseForm):
    """What the quota pays of it."""

    cents = EuroField(_l("How much the quota pays, in euro"), [InputRequired(_HOW_MUCH)])
    answer = TextAreaField(_l("A few words to the family"), [Length(max=LONGEST_REASON)])


class DeclineForm(BaseForm):
    """Why not."""

    reply = TextAreaField(
        _l("A few words to the family"), [InputRequired(_l("Say why, in a few words.")), Length(max=LONGEST_REASON)]
    )


class OfferForm(BaseForm):
    """What a maker offers a family from the quota."""

    cents = EuroField(_l("How much the quota would pay, in euro"), [InputRequired(_HOW_MUCH)])
    words = TextAreaField(_l("A few words to the family"), [Length(max=LONGEST_REASON)])


class WriteOffForm(BaseForm):
    """Who bears what a family that has left still owed."""

    cents = EuroField(_l("How much, in euro"), [InputRequired(_HOW_MUCH)])
    source = RadioField(
        _l("Who bears it?"),
        choices=choices({"group": _l("What was left over in the group"), "quota": _l("The solidarity quota")}),
        default="group",
    )
    reason = TextAreaField(_l("Why?"), [InputRequired(_l("Say why, in a few words.")), Length(max=LONGEST_REASON)])


def asking(makers: list[Any], **options: Any) -> AskForm:
    """The form, with the makers of the zone."""
    form = AskForm(**options)
    form.excluded_maker_id.choices = choices([("", _l("Nobody")), *((str(one.id), one.name) for one in makers)])
    return form
