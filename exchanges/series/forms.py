"""What people type about a series. Names of fields are those the domain errors use."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Length, Optional

from exchanges.agreements.forms import GIFT, HOURS, MINE, THEIRS, Asked, ConditionsForm, StepForm, whole_number
from exchanges.agreements.rules import LONGEST_REASON
from exchanges.posts.forms.step import Picks
from exchanges.series.actions import Said
from exchanges.series.rules import Terms
from exchanges.series.tables import SeriesTerms
from foundation.web.fields import DayField, choices
from foundation.web.forms import BaseForm


def _weekday(value: Any) -> int:
    """A day of the week from a form or from a row; 0, which none is, for anything else."""
    return int(value) if str(value).isdecimal() and len(str(value)) == 1 else 0


class WeeklyForm(ConditionsForm):
    """Which days, at what time, how often, from when to when; the rest as for a single meeting."""

    weekdays = Picks(_l("On which days?"), coerce=_weekday, validate_choice=False)
    at = TimeField(_l("At what time?"), [InputRequired(_l("Say at what time."))])
    every_weeks = RadioField(
        _l("How often?"), choices=choices({"1": _l("Every week"), "2": _l("Every two weeks")}), default="1"
    )
    first_day = DayField(_l("From which day?"), [InputRequired(_l("Choose from which day."))])
    last_day = DayField(_l("Up to which day?"), [Optional()])

    def weekly_terms(self, *, i_give: bool) -> Terms:
        """What was typed, seen from outside: at whose home, who comes."""
        return Terms(
            weekdays=tuple(self.weekdays.data or ()),
            at=self.at.data.strftime("%H:%M") if self.at.data else "",
            every_weeks=whole_number(self.every_weeks.data) or 0,
            first_day=self.first_day.data,
            last_day=self.last_day.data,
            **self.conditions(i_give=i_give),
        )


def as_typed(terms: SeriesTerms, *, i_give: bool) -> dict[str, Any]:
    """Terms as they stand, for a form that starts from them."""
    homes = {"giver": MINE if i_give else THEIRS, "receiver": THEIRS if i_give else MINE}
    hour, minute = terms.at.split(":")
    return {
        "weekdays": terms.weekdays,
        "at": time(int(hour), int(minute)),
        "every_weeks": str(terms.every_weeks),
        "first_day": terms.first_day,
        "last_day": terms.last_day,
        "how": GIFT if terms.gift else HOURS,
        "minutes": terms.minutes or None,
        "adult": terms.adult_id,
        "second": terms.second_id,
        "place": homes.get(terms.place, terms.place),
        "place_words": terms.place_words,
        "expense": terms.expense_cents or None,
        "expense_words": terms.expense_words,
    }


class WeeklyAskForm(Asked, WeeklyForm):
    """The same, asked of a member directly: it says what, too."""


class SkipForm(StepForm):
    reason = TextAreaField(_l("Do you want to say why?"), [Length(max=LONGEST_REASON)])


class EndForm(StepForm):
    from_day = DayField(_l("From which day on are there no more meetings?"), [InputRequired()])
    reason = TextAreaField(_l("Do you want to say why?"), [Length(max=LONGEST_REASON)])


class TogetherForm(BaseForm):
    """Several meetings with one button. For each the fields version_7, done_7 and minutes_7, 7 being its id."""

    meetings = HiddenField()


def said_in(typed: Mapping[str, str], *, chosen_by: str) -> list[Said]:
    """The meetings of a TogetherForm: those for which `chosen_by` (`done` or `version`) was sent."""
    prefix = f"{chosen_by}_"
    ids = sorted({whole_number(name.removeprefix(prefix)) or 0 for name in typed if name.startswith(prefix)} - {0})
    return [
        Said(
            agreement_id=one,
            version=whole_number(typed.get(f"version_{one}", "")) or 0,
            minutes=whole_number(typed.get(f"minutes_{one}", "")),
        )
        for one in ids
    ]
