"""Step 2: when and where."""

import re
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField, TimeField
from wtforms.validators import Length, Optional

from exchanges.posts import rules
from exchanges.posts.actions import When
from exchanges.posts.forms.step import NOT_KEPT, Needed, Picks, StepForm, number_or_none
from foundation import clock
from foundation.web import time_zone
from foundation.web.fields import LocalMomentField, choices


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
    zone_id = SelectField(_l("In which zone?"), [Needed(_l("Say in which zone."))], coerce=number_or_none, choices=[])

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
