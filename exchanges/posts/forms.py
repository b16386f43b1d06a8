"""The three steps of a post, and the small forms of what follows.

A step may be left half-done ("save and finish later", going back, one more date): then nothing is demanded, but what
was typed must still make sense.
"""

import re
from datetime import datetime
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
    ValidationError,
)
from wtforms.validators import Length, NumberRange, Optional, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from community.members.forms import TONGUES
from community.members.rules import SPOKEN
from exchanges.posts import rules
from exchanges.posts.actions import How, What, When
from foundation import clock
from foundation.web import time_zone
from foundation.web.fields import EuroField, LocalMomentField, MinutesField, choices
from foundation.web.forms import BaseForm

FINISHING = "next"
NOT_KEPT = "more"


class Needed:
    """Like InputRequired, but a step that is left for later may lack it."""

    field_flags = {"required": True}

    def __init__(self, message: Any) -> None:
        self.message = message

    def __call__(self, form: Any, field: Any) -> None:
        if not any(not isinstance(typed, str) or typed.strip() for typed in field.raw_data or ()):
            field.errors = []
            raise StopValidation(self.message if form.finishes else None)


def _number(value: Any) -> int | None:
    return int(value) if value not in (None, "") else None


class Picks(SelectMultipleField):
    """Several of a few, as chips."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class QuantityField(StringField):
    """An amount such as `2,5`; `.data` is whole thousandths, so that 2.5 kg is exact."""

    def process_data(self, value: int | None) -> None:
        self.data = value

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not typed:
            return
        found = re.fullmatch(r"([0-9]{1,5})(?:[.,]([0-9]{1,3}))?", typed)
        if found is None or not typed.strip("0.,"):
            raise ValidationError(_l("Write how much, as a number above zero such as 2,5."))
        self.data = int(found[1]) * 1000 + int((found[2] or "").ljust(3, "0"))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data / 1000:g}".replace(".", ",") if self.data is not None else ""


class StepForm(BaseForm):
    """What the three steps share: the version of the post they were opened with, and where the pressed button leads."""

    version = HiddenField(default="0")

    @property
    def go(self) -> str:
        """`next`, `back`, `later`, `more`, `photos` or `remove-N`."""
        return request.form.get("go", FINISHING)

    @property
    def finishes(self) -> bool:
        """Whether the step is to be complete."""
        return self.go == FINISHING

    @property
    def opened_with(self) -> int:
        """The version that was looked at; 0, which no post has, for one that nobody gave out."""
        return int(self.version.data) if re.fullmatch(r"[0-9]{1,9}", self.version.data or "") else 0


LONGEST_PHOTO_WORDS = 200


class WhatForm(StepForm):
    """Step 1."""

    title = StringField(_l("In a few words"), [Needed(_l("Give it a title.")), Length(max=120)])
    category_id = SelectField(
        _l("What is it about?"), [Needed(_l("Choose what it is about."))], coerce=_number, choices=[]
    )
    description = TextAreaField(_l("Tell a little more"), [Length(max=4000)])
    photos = MultipleFileField(_l("Photographs"))
    photo_words = StringField(_l("What is seen on it?"), [Length(max=LONGEST_PHOTO_WORDS)])

    def words_of(self, file_id: int) -> StringField | None:
        """The field that describes a photograph already there; None for one that came meanwhile."""
        return self._fields.get(f"words_{file_id}")

    @property
    def described(self) -> dict[int, str]:
        """What is seen on each photograph already there, by its file."""
        return {
            int(name.removeprefix("words_")): field.data or ""
            for name, field in self._fields.items()
            if name.startswith("words_")
        }

    def said(self) -> What:
        return What(self.title.data or "", self.category_id.data, self.description.data or "")

    @property
    def chosen(self) -> list[Any]:
        """The files that were chosen; browsers send an empty one where there is none."""
        return [upload for upload in self.photos.data or [] if getattr(upload, "filename", "")]


class WhenForm(StepForm):
    """Step 2. The dates are the fields starts_1, ends_1 and so on; `rows` says how many are shown."""

    rows = HiddenField(default="1")
    rhythm = RadioField(
        _l("How often?"),
        [Needed(_l("Say when: a date, every week, or whenever you like."))],
        choices=choices(
            {
                "dates": _l("On a day, or on a few"),
                "weekly": _l("Every week"),
                "any": _l("Whenever it suits"),
            }
        ),
    )
    weekdays = Picks(_l("On which days?"), coerce=int, choices=[])
    weekly_at = TimeField(_l("At what time?"), [Optional()])
    when_words = StringField(_l("Something to add about the time"), [Length(max=200)])
    place = RadioField(
        _l("Where?"),
        [Needed(_l("Say where."))],
        choices=choices(
            {
                "mine": _l("At my place"),
                "theirs": _l("At the other person's place"),
                "somewhere": _l("Somewhere else"),
                "remote": _l("At a distance"),
            }
        ),
    )
    place_words = StringField(_l("Which place?"), [Length(max=200)])
    zone_id = SelectField(_l("In which zone?"), [Needed(_l("Say in which zone."))], coerce=_number, choices=[])

    @property
    def shown_rows(self) -> int:
        """How many dates are shown: as many as were, those that are filled in, and one more when asked for."""
        said = int(self.rows.data) if re.fullmatch(r"[1-9]", self.rows.data or "") else 1
        filled = [n for n in range(1, rules.MOST_DATES + 1) if self.starts(n).raw_data and self.starts(n).raw_data[0]]
        kept = [n for n in range(1, rules.MOST_DATES + 1) if self.starts(n).data]
        return min(max([said + (self.go == NOT_KEPT), *filled, *kept]), rules.MOST_DATES)

    def starts(self, number: int) -> Any:
        return self[f"starts_{number}"]

    def ends(self, number: int) -> Any:
        return self[f"ends_{number}"]

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        self._forget_what_was_not_chosen()
        if self.rhythm.data == "dates":
            self._check_ends()
        if self.finishes and self.rhythm.data == "dates" and not self._filled() and not self.starts(1).errors:
            self.starts(1).errors = [_l("Write at least one date.")]
        if self.finishes and self.rhythm.data == "weekly" and not self.weekdays.data and not self.weekdays.errors:
            self.weekdays.errors = [_l("Choose at least one day of the week.")]
        return not self.errors

    def said(self) -> When:
        return When(
            rhythm=self.rhythm.data or "",
            zone_id=self.zone_id.data,
            dates=[(self.starts(n).moment, self._end(n)) for n in self._filled()],
            weekdays=self.weekdays.data or (),
            weekly_at=self.weekly_at.data.strftime("%H:%M") if self.weekly_at.data else "",
            when_words=self.when_words.data or "",
            place=self.place.data or "",
            place_words=self.place_words.data or "" if self.place.data == "somewhere" else "",
            own=self.own(),
        )

    def own(self) -> dict[str, Any]:
        """The answers of a category that has fields of its own; empty while they are not all given."""
        return {}

    def _filled(self) -> list[int]:
        return [n for n in range(1, rules.MOST_DATES + 1) if self.starts(n).data is not None]

    def _end(self, number: int) -> datetime | None:
        end = self.ends(number).data
        return clock.from_local(datetime.combine(self.starts(number).data.date(), end), time_zone()) if end else None

    def _forget_what_was_not_chosen(self) -> None:
        """A mistake in a field that does not count, such as a date under "every week", stops nobody."""
        numbers = range(1, rules.MOST_DATES + 1)
        of_dates = [field for n in numbers for field in (self.starts(n), self.ends(n))]
        idle = [] if self.rhythm.data == "dates" else of_dates
        if self.rhythm.data != "weekly":
            idle += [self.weekdays, self.weekly_at]
        for field in idle:
            field.errors = []

    def _check_ends(self) -> None:
        for n in self._filled():
            try:
                end = self._end(n)
            except (ValueError, OverflowError):
                words = _l("On that night the clocks go forward and this hour does not exist. Choose another time.")
            else:
                if end is None or self.starts(n).moment is None or end > self.starts(n).moment:
                    continue
                words = _l("It must end after it begins.")
            self.ends(n).errors = [*self.ends(n).errors, words]


for _n in range(1, rules.MOST_DATES + 1):
    setattr(WhenForm, f"starts_{_n}", LocalMomentField(_l("Day and time"), [Optional()]))
    setattr(WhenForm, f"ends_{_n}", TimeField(_l("Until what time"), [Optional()]))


class ChildcareForm(WhenForm):
    """What child care is asked besides."""

    children = IntegerField(
        _l("How many children?"),
        [Needed(_l("Say how many children.")), Optional(), NumberRange(1, rules.MOST_CHILDREN)],
    )
    age_bands = Picks(_l("How old?"), choices=choices((band, band.replace("-", "–")) for band in rules.AGE_BANDS))
    where_words = StringField(_l("Where would they be?"), [Length(max=200)])
    pick_up = StringField(_l("Who picks them up?"), [Length(max=200)])

    def own(self) -> dict[str, Any]:
        if self.children.data is None:
            return {}
        return {
            "children": self.children.data,
            "age_bands": list(self.age_bands.data or ()),
            "where_words": self.where_words.data or "",
            "pick_up": self.pick_up.data or "",
        }


UNIT_WORDS = {
    "kg": _l("kilos"),
    "g": _l("grams"),
    "l": _l("litres"),
    "pieces": _l("pieces"),
    "boxes": _l("boxes"),
    "packs": _l("packs"),
}


class PurchasingForm(WhenForm):
    """What solidarity purchasing is asked besides."""

    what = StringField(_l("What is bought?"), [Needed(_l("Say what is bought.")), Length(max=200)])
    quantity = QuantityField(_l("How much?"), [Needed(_l("Say how much."))])
    unit = SelectField(_l("Of what"), choices=choices(UNIT_WORDS))
    share_cents = EuroField(_l("Share of the cost, in euros"), [Optional()])

    def own(self) -> dict[str, Any]:
        if not self.what.data or self.quantity.data is None:
            return {}
        return {
            "what": self.what.data,
            "quantity": self.quantity.data,
            "unit": self.unit.data,
            "share_cents": self.share_cents.data,
        }


HOUSING_WORDS = {
    "room": _l("A room, a bed"),
    "repair": _l("A repair at home"),
    "move": _l("Moving house"),
    "documents": _l("Papers and contracts"),
    "guarantee": _l("A deposit, a guarantee"),
}


class HousingForm(WhenForm):
    """What housing help is asked besides."""

    help = RadioField(_l("Which help?"), [Needed(_l("Say which help it is."))], choices=choices(HOUSING_WORDS))
    since = DateField(_l("From"), [Optional()])
    until = DateField(_l("To"), [Optional()])

    def own(self) -> dict[str, Any]:
        if not self.help.data:
            return {}
        return {"help": self.help.data, "since": self.since.data, "until": self.until.data}


WHEN_FORMS: dict[str, type[WhenForm]] = {
    "none": WhenForm,
    "childcare": ChildcareForm,
    "purchasing": PurchasingForm,
    "housing": HousingForm,
}


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
    expires_on = DateField(_l("Until when does it stay on the board?"), [Optional()])
    expense_cents = EuroField(_l("Expenses foreseen, in euros"), [Optional()])
    expense_words = StringField(_l("For what?"), [Length(max=200)])
    languages = Picks(_l("In which languages?"), id="spoken", choices=choices((code, TONGUES[code]) for code in SPOKEN))
    visibility = RadioField(
        _l("Who may see it?"), [Needed(_l("Choose who may see it."))], choices=[], default="community"
    )
    excluded_maker_id = SelectField(_l("Is there a maker who must not see it?"), coerce=_number, choices=[])
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


class CloseForm(BaseForm):
    """Why a post is closed."""

    found = RadioField(
        _l("How did it end?"),
        [Needed(_l("Choose one of the two."))],
        choices=choices({"yes": _l("Found, thank you"), "no": _l("I changed my mind")}),
    )
    finishes = True
