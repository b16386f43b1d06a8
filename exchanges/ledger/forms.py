"""The forms of the ledger's pages."""

from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from exchanges.ledger.rules import LONGEST_MEMO, MOST_GIFT
from foundation.web.fields import MinutesField, choices
from foundation.web.forms import BaseForm

KIND_WORDS = {
    "exchange": _l("Exchange"),
    "gift": _l("Gift of hours"),
    "grant": _l("From the community fund"),
    "welcome": _l("Welcome hours"),
    "opening": _l("Hours brought along"),
    "leaving": _l("Hours of who left"),
    "reversal": _l("Undone"),
}

FILTER_WORDS = {
    "all": _l("All"),
    "given": _l("Given"),
    "received": _l("Received"),
    "other": _l("Gifts and the rest"),
}

EARLIEST = date(2000, 1, 1)
LATEST = date(2100, 1, 1)


class DayField(DateField):
    """A day of the calendar, or none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        if not typed:
            self.data = None
            return
        try:
            self.data = date.fromisoformat(typed)
        except ValueError:
            self.data = None
            raise ValidationError(_l("Write a day such as 26/11/2026.")) from None
        if not EARLIEST <= self.data < LATEST:
            self.data = None
            raise ValidationError(_l("Choose a day of this century."))


class _AskingForm(BaseForm):
    """A form that only asks: it is sent by GET, changes nothing and needs no protection."""

    class Meta:
        csrf = False


class StatementForm(_AskingForm):
    since = DayField(_l("From"), [Optional()])
    until = DayField(_l("To"), [Optional()])
    kind = RadioField(_l("Show"), choices=choices(FILTER_WORDS), default="all")
    on = DayField(_l("Balance at the end of the day"), [Optional()])

    def validate_until(self, field: DayField) -> None:
        """The period does not end before it begins."""
        if field.data and self.since.data and field.data < self.since.data:
            raise ValidationError(_l("The end comes before the beginning."))

    @property
    def last_day(self) -> date | None:
        """The day after the period."""
        return self.until.data + timedelta(days=1) if self.until.data else None


class MovementsForm(_AskingForm):
    month = StringField(_l("Month"), [Optional(), Length(max=10)])
    kind = SelectField(_l("Kind"), choices=choices([("", _l("All")), *KIND_WORDS.items()]), default="")
    zone = SelectField(_l("Zone"), coerce=lambda value: int(value) if value else None)

    def __init__(self, zones: list[tuple[int, str]], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.zone.choices = choices([("", _l("Every zone")), *zones])

    def validate_month(self, field: StringField) -> None:
        """A month is written 2026-11."""
        if field.data and first_of(field.data) is None:
            raise ValidationError(_l("Choose a month, such as 2026-11."))


def first_of(month: str) -> date | None:
    """The first day of a month written 2026-11; None for anything else."""
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        return None
    return first if len(month) == 7 and EARLIEST <= first < LATEST else None


class GiveForm(BaseForm):
    minutes = MinutesField(_l("How long?"), [InputRequired()], most=MOST_GIFT)
    memo = StringField(_l("A word with it"), [Length(max=LONGEST_MEMO)])


class GrantForm(BaseForm):
    minutes = MinutesField(_l("How long?"), [InputRequired()], most=MOST_GIFT)
    reason = TextAreaField(_l("Why?"), [DataRequired(), Length(max=LONGEST_MEMO)])


class ReverseForm(BaseForm):
    reason = TextAreaField(_l("Why?"), [DataRequired(), Length(max=LONGEST_MEMO)])


class LimitsForm(BaseForm):
    """Whole hours; empty fields mean the community's limits."""

    floor = IntegerField(_l("Hours that may be received before giving"), [Optional(), NumberRange(0, 1000)])
    soft_floor = IntegerField(_l("Hours received after which a kind word comes"), [Optional(), NumberRange(0, 1000)])
    ceiling = IntegerField(_l("Hours that may be held at most"), [Optional(), NumberRange(0, 1000)])
    reason = TextAreaField(_l("Why?"), [DataRequired(), Length(max=500)])
