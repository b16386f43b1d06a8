"""What keepers and makers say of a center."""

from datetime import time
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, Optional

from civic_centers.centers.actions import About
from civic_centers.centers.rules import MOST_SPANS, Span, Special, Timetable
from civic_centers.centers.tables import A_DAY
from exchanges.agreements.forms import whole_number
from foundation.errors import N_, Invalid
from foundation.web.fields import DayField, choices
from foundation.web.forms import BaseForm

WEEKDAYS = range(1, 8)


class CenterForm(BaseForm):
    """What it is and where."""

    version = HiddenField(default="1")
    name = StringField(_l("Name"), [InputRequired(_l("Give it a name.")), Length(max=120)])
    zone_id = SelectField(
        _l("Zone"), [InputRequired(_l("Choose the zone."))], coerce=whole_number, choices=[], validate_choice=False
    )
    address = StringField(
        _l("Where is it?"), [InputRequired(_l("Write where it is: people come here.")), Length(max=300)]
    )
    way_in = StringField(_l("How does one come in?"), [Length(max=200)])
    step_free = BooleanField(_l("One comes in without steps"))
    words = TextAreaField(_l("What is it, in a few words?"), [Length(max=2000)])
    party_id = SelectField(_l("Which organisation hosts it?"), coerce=whole_number, choices=[], validate_choice=False)
    province = StringField(_l("Province, two letters"), [Length(max=2)])
    patron_day = IntegerField(_l("Day of the patron"), [Optional()])
    patron_month = IntegerField(_l("Month of the patron"), [Optional()])
    open_on_holidays = BooleanField(_l("It is open on holidays too"))

    def said(self) -> About:
        return About(
            name=self.name.data or "",
            zone_id=self.zone_id.data or 0,
            address=self.address.data or "",
            words=self.words.data or "",
            way_in=self.way_in.data or "",
            step_free=bool(self.step_free.data),
            party_id=self.party_id.data,
            province=(self.province.data or "").upper(),
            patron_month=self.patron_month.data,
            patron_day=self.patron_day.data,
            open_on_holidays=bool(self.open_on_holidays.data),
        )

    @property
    def opened_with(self) -> int:
        """The version that was looked at."""
        return whole_number(self.version.data) or 0


class HoursForm(BaseForm):
    """An ordinary week: the fields are opens_1_1 and closes_1_1 for Monday's first time, and so on."""

    version = HiddenField(default="1")

    @property
    def opened_with(self) -> int:
        """The version of the center that was looked at."""
        return whole_number(self.version.data) or 0

    def spans_of(self, weekday: int) -> list[tuple[Any, Any]]:
        """The pairs of fields of a day, in order."""
        return [
            (self[f"opens_{weekday}_{number}"], self[f"closes_{weekday}_{number}"])
            for number in range(1, MOST_SPANS + 1)
        ]

    def said(self) -> dict[int, list[Span]]:
        """The week as it was typed. Raises Invalid for half a time."""
        week: dict[int, list[Span]] = {}
        for weekday in WEEKDAYS:
            for opens, closes in self.spans_of(weekday):
                if (opens.data is None) != (closes.data is None):
                    raise Invalid(N_("Write from when and until when, or leave both empty."), field=opens.name)
                if opens.data is not None:
                    week.setdefault(weekday, []).append(Span(minute_of(opens.data), minute_of(closes.data) or A_DAY))
        return week

    def refuse(self, error: Any) -> None:
        """A mistake of a day stands at its first time."""
        if (error.field or "").startswith("day_"):
            error.field = f"opens_{error.field.removeprefix('day_')}_1"
        super().refuse(error)


def hours_form(table: Timetable | None = None, *, version: int = 1) -> HoursForm:
    """The form of a week, filled with how it is."""
    fields: dict[str, Any] = {}
    data: dict[str, Any] = {"version": str(version)}
    for weekday in WEEKDAYS:
        for number in range(1, MOST_SPANS + 1):
            fields[f"opens_{weekday}_{number}"] = TimeField(_l("Opens at"), [Optional()])
            fields[f"closes_{weekday}_{number}"] = TimeField(_l("Closes at"), [Optional()])
        for number, span in enumerate(table.week.get(weekday, ()) if table else (), start=1):
            data |= {f"opens_{weekday}_{number}": span.from_time, f"closes_{weekday}_{number}": span.to_time}
    made: HoursForm = type("HoursForm", (HoursForm,), fields)(data=data)
    return made


class SpecialDayForm(BaseForm):
    """Days that are not like the others."""

    first_on = DayField(_l("First day"), [InputRequired(_l("Say from which day on."))])
    last_on = DayField(_l("Last day"), [Optional()])
    how = RadioField(
        _l("How is it on these days?"),
        choices=choices({"closed": _l("Closed"), "open": _l("Open at other hours")}),
        default="closed",
    )
    opens = TimeField(_l("Opens at"), [Optional()])
    closes = TimeField(_l("Closes at"), [Optional()])
    words = StringField(_l("Why, in a few words?"), [Length(max=200)])

    def said(self) -> Special:
        """Raises Invalid where it is open and nobody said when."""
        first = self.first_on.data
        if first is None:
            raise Invalid(N_("Say from which day on."), field="first_on")
        span = None
        if self.how.data == "open":
            if self.opens.data is None or self.closes.data is None:
                raise Invalid(N_("Write from when and until when it is open."), field="opens")
            span = Span(minute_of(self.opens.data), minute_of(self.closes.data) or A_DAY)
        return Special(first, self.last_on.data or first, span, self.words.data or "")


class KeeperForm(BaseForm):
    """A member who is to keep the center."""

    person_id = SelectField(
        _l("Who?"), [InputRequired(_l("Choose one of the members."))], coerce=whole_number, choices=[],
        validate_choice=False,
    )  # fmt: skip
    last_day = DayField(_l("Until which day?"), [Optional()])


class CenterPhotoForm(BaseForm):
    """A photograph and what is seen on it."""

    photo = FileField(_l("A photograph"))
    words = StringField(
        _l("What is seen on it?"), [InputRequired(_l("Say what is seen on it: some cannot see it.")), Length(max=200)]
    )


class ClosingForm(BaseForm):
    """The last day of a center, and what people read."""

    last_day = DayField(_l("Last day on which it is open"), [InputRequired(_l("Say which day is the last."))])
    words = TextAreaField(
        _l("Why, and where can people go instead?"),
        [InputRequired(_l("Say why, and where people can go instead.")), Length(max=500)],
    )


def minute_of(at: time) -> int:
    """The minute of the day."""
    return at.hour * 60 + at.minute
