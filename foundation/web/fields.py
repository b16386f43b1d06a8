"""Form fields that people here need: hours and minutes, wall-clock moments, money."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, DateTimeLocalField, IntegerField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice

from foundation import clock
from foundation.web.state import time_zone

OTHER = "other"
A_HUNDRED_HOURS = 100 * 60
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""Beyond them a day is a slip of the pen, and calendars end where one would reckon on from it."""


def choices(words: Mapping[Any, Any] | Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """What there is to choose from: each value with its words, a mapping or pairs."""
    pairs = words.items() if isinstance(words, Mapping) else words
    return [SelectChoice(value, label) for value, label in pairs]


class MinutesField(IntegerField):
    """Whole minutes: one of the usual choices, or hours and minutes typed beside them (`name-h`, `name-m`)."""

    data: int | None

    def __init__(self, label: Any = None, validators: Any = None, *, most: int = A_HUNDRED_HOURS, **options: Any):
        super().__init__(label, validators, **options)
        self.most = most
        self.other_chosen = False
        self.raw_hours = ""
        self.raw_minutes = ""

    def process(self, formdata: Any, *arguments: Any, **options: Any) -> None:
        super().process(formdata, *arguments, **options)
        if formdata is None or not formdata.getlist(self.name):
            if self.data is not None:
                self.raw_hours, self.raw_minutes = str(self.data // 60), str(self.data % 60)
            return
        self.other_chosen = formdata.getlist(self.name)[0] == OTHER
        self.raw_hours = (formdata.get(self.name + "-h") or "").strip()
        self.raw_minutes = (formdata.get(self.name + "-m") or "").strip()

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist and valuelist[0] != OTHER:
            self._take(valuelist[0].strip())

    def pre_validate(self, form: Any) -> None:
        if self.other_chosen:
            self._take(self.raw_hours or "0", self.raw_minutes or "0")
            if not self.raw_hours and not self.raw_minutes:
                raise ValidationError(_l("Say how many hours and minutes."))
        if self.data is not None and not 1 <= self.data <= self.most:
            raise ValidationError(_l("Choose a time between 1 minute and 100 hours."))

    def _take(self, *parts: str) -> None:
        if all(re.fullmatch(r"[0-9]{1,5}", part) for part in parts):
            numbers = [int(part) for part in parts]
            if len(numbers) == 2 and numbers[0] and numbers[1] > 59:
                # `2 h 75`: perhaps 2.75 hours, perhaps 3 h 15. It is not guessed at.
                self.data = None
                raise ValidationError(_l("Beside the hours, write 59 minutes at most."))
            self.data = numbers[0] * 60 + numbers[1] if len(numbers) == 2 else numbers[0]
            return
        self.data = None
        raise ValidationError(_l("Use whole numbers only, such as 1 and 30."))


class DayField(DateField):
    """A day, in a year that somebody may mean."""

    data: Any

    def pre_validate(self, form: Any) -> None:
        if self.data is not None and not FIRST_DAY <= self.data <= LAST_DAY:
            self.data = None
            raise ValidationError(_l("Look at the year once more: it goes from 1900 to 2199."))


class LocalMomentField(DateTimeLocalField):
    """A day and time on the wall clock of the community; `.moment` is the same in UTC once validated."""

    def __init__(self, label: Any = None, validators: Any = None, **options: Any):
        super().__init__(label, validators, format=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **options)
        self.moment: datetime | None = None

    def process_data(self, value: datetime | None) -> None:
        if value is not None and value.tzinfo is not None:
            value = clock.local(value, time_zone()).replace(tzinfo=None)
        super().process_data(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValidationError(_l("Write the day and the time, such as 26/11/2026 and 16:30.")) from None

    def pre_validate(self, form: Any) -> None:
        self.moment = None
        if self.data is None:
            return
        try:
            self.moment = clock.from_local(self.data, time_zone())
        except (ValueError, OverflowError):
            raise ValidationError(
                _l("On that night the clocks go forward and this hour does not exist. Choose another time.")
            ) from None


class EuroField(StringField):
    """Money, typed as `3,50` or `3.50`; `.data` is whole euro cents."""

    @property
    def said(self) -> int | None:
        """The cents, 0 where the field was emptied, and None where the page did not ask."""
        return 0 if self.data is None and self.raw_data else self.data

    def process_data(self, value: int | None) -> None:
        self.data = value

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip().replace("€", "").replace(" ", "") if valuelist else ""
        if not typed:
            self.data = None
            return
        if not re.fullmatch(r"[0-9]{1,6}([.,][0-9]{1,2})?", typed):
            self.data = None
            raise ValidationError(_l("Write an amount such as 3,50."))
        whole, _point, cents = typed.replace(",", ".").partition(".")
        self.data = int(whole) * 100 + int((cents + "00")[:2])

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data // 100},{self.data % 100:02d}" if self.data is not None else ""
