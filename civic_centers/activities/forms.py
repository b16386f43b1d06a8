"""What keepers say of activities and their dates."""

from datetime import datetime, time, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional

from civic_centers.activities.actions import OUT, WITHOUT
from civic_centers.activities.queries.foreseeing import Span
from civic_centers.activities.queries.planning import Change
from civic_centers.activities.rules import KINDS, MOST_WEEKS, About, Beat
from civic_centers.activities.tables import Activity, ActivitySession
from civic_centers.rooms.forms import TimeForm, filled_time
from exchanges.agreements.forms import whole_number
from exchanges.posts.forms.step import Picks
from foundation.web.fields import DayField, EuroField, choices
from foundation.web.forms import BaseForm

ONCE, DAYS, WEEKLY = "once", "days", "weekly"
WAYS = (ONCE, DAYS, WEEKLY)
MORE_DAYS = ("day_2", "day_3", "day_4", "day_5", "day_6")
_AGE = (Optional(), NumberRange(0, 120, _l("Ages go from 0 to 120 years.")))
_HOURS = (Optional(), NumberRange(0, 336, _l("Two weeks (336 hours) at the most.")))


def _weekday(value: Any) -> int:
    return int(value) if str(value).isdecimal() and len(str(value)) == 1 else 0


class ActivityForm(BaseForm):
    """What it is, for whom, and by which rules people enrol."""

    version = HiddenField(default="1")
    sure = HiddenField()
    """What one was shown that ends with fewer places, and goes on all the same."""
    title = StringField(_l("What is it called?"), [InputRequired(_l("Give it a name.")), Length(max=120)])
    words = TextAreaField(_l("What do you do there, in a few words?"), [Length(max=2000)])
    kind = SelectField(
        _l("What kind of thing is it?"), choices=choices({name: _l(words) for name, words in KINDS.items()})
    )
    min_age = IntegerField(_l("From how many years?"), list(_AGE))
    max_age = IntegerField(_l("To how many years?"), list(_AGE))
    places = IntegerField(_l("How many places?"), [Optional(), NumberRange(1, 10000)])
    reason = TextAreaField(_l("What do you tell who loses the place?"), [Length(max=500)])
    min_places = IntegerField(_l("How many people does it need?"), [Optional(), NumberRange(0, 10000)])
    left_alone = BooleanField(_l("Children stay without an adult of theirs"))
    children_per_adult = IntegerField(
        _l("For how many children is one adult enough?"), [Optional(), NumberRange(1, 50)]
    )
    ratio_rule = RadioField(
        _l("And if there are fewer adults?"),
        choices=choices(
            {
                "off": _l("Nothing happens"),
                "warn": _l("We are warned"),
                "refuse": _l("No more children are taken"),
            }
        ),
        default="off",
    )
    enrol_for = RadioField(
        _l("What do people enrol for?"),
        choices=choices({"session": _l("For the dates they choose"), "all": _l("For all dates together")}),
        default="session",
    )
    price = EuroField(_l("What does it cost each time?"), [Optional()])
    price_words = StringField(_l("What is the money for?"), [Length(max=200)])
    offer_hours = IntegerField(
        _l("For how many hours is a free place kept for who waits?"), [Optional(), NumberRange(1, 336)], default=24
    )
    cancel_hours = IntegerField(_l("Up to how many hours before may one give a place back?"), list(_HOURS), default=24)
    party_id = SelectField(_l("Which organisation holds it?"), coerce=whole_number, choices=[], validate_choice=False)
    qualification = StringField(_l("What has who attended from then on?"), [Length(max=80)])
    valid_months = IntegerField(_l("For how many months is that valid?"), [Optional(), NumberRange(1, 120)])

    def said(self) -> About:
        return About(
            title=self.title.data or "",
            kind=self.kind.data or "",
            words=self.words.data or "",
            party_id=self.party_id.data,
            min_age=self.min_age.data,
            max_age=self.max_age.data,
            left_alone=bool(self.left_alone.data),
            children_per_adult=self.children_per_adult.data,
            ratio_rule=self.ratio_rule.data or "off",
            enrol_for=self.enrol_for.data or "session",
            min_places=self.min_places.data or 0,
            places=self.places.data,
            price_cents=self.price.data or 0,
            price_words=self.price_words.data or "",
            offer_hours=24 if self.offer_hours.data is None else self.offer_hours.data,
            cancel_hours=24 if self.cancel_hours.data is None else self.cancel_hours.data,
            qualification=self.qualification.data or "",
            valid_months=self.valid_months.data,
        )

    @property
    def opened_with(self) -> int:
        """The version that was looked at."""
        return whole_number(self.version.data) or 0


def filled_activity(activity: Activity, **options: Any) -> ActivityForm:
    """The form with how it stands."""
    data = {**activity.model_dump(), "version": str(activity.version), "price": activity.price_cents or None}
    data["min_places"] = activity.min_places or None
    data["reason"] = ""  # why it was called off is another thing
    return ActivityForm(data=data, **options)


class DatesForm(TimeForm):
    """When it takes place: on one or several days, or again and again."""

    how = HiddenField(validators=[AnyOf(WAYS)])
    """One of WAYS, chosen before: only what belongs to it is asked."""
    day_2 = DayField(_l("Also on"), [Optional()])
    day_3 = DayField(_l("Also on"), [Optional()])
    day_4 = DayField(_l("Also on"), [Optional()])
    day_5 = DayField(_l("Also on"), [Optional()])
    day_6 = DayField(_l("Also on"), [Optional()])
    weekdays = Picks(_l("On which days of the week?"), coerce=_weekday, validate_choice=False)
    every_weeks = IntegerField(_l("Every how many weeks?"), [Optional(), NumberRange(1, MOST_WEEKS)], default=1)
    last_on = DayField(_l("Up to which day?"), [Optional()])
    skip_holidays = BooleanField(_l("Not on holidays, nor when the center is closed"), default=True)
    room_id = SelectField(_l("Which room?"), coerce=whole_number, choices=[], validate_choice=False)
    clashing = RadioField(
        _l("And where the room is taken?"),
        [Optional()],
        choices=choices({WITHOUT: _l("It takes place, we find another room"), OUT: _l("Not on those days")}),
        default=WITHOUT,
    )

    def spans(self) -> list[Span]:
        """The single days. Raises Invalid for an hour that there is not."""
        starts_at, ends_at = self.moments()
        first = self.day.data
        found = [Span(first, starts_at, ends_at)] if first is not None else []
        for name in MORE_DAYS if self.how.data == DAYS else ():
            if self[name].data is not None and self[name].data not in [span.day for span in found]:
                self.day.data = self[name].data
                found.append(Span(self[name].data, *self.moments()))
        self.day.data = first
        return found

    def beat(self) -> Beat:
        """The rhythm. Its length is that of the wall: it is the same in summer and in winter."""
        first, starts, ends = self.day.data, self.starts.data or time(), self.ends.data or time()
        if first is None:
            raise ValueError("asked before the form was looked at")
        last = first + timedelta(days=1) if ends == time() else first
        lasts = datetime.combine(last, ends) - datetime.combine(first, starts)
        return Beat(
            tuple(self.weekdays.data or (first.isoweekday(),)),
            starts,
            round(lasts / timedelta(minutes=1)),
            first,
            self.last_on.data,
            self.every_weeks.data or 1,
            bool(self.skip_holidays.data),
        )


class SessionForm(TimeForm):
    """What a date is to be, and for which others too."""

    version = HiddenField(default="1")
    scope = RadioField(
        _l("For which dates?"),
        choices=choices(
            {
                "one": _l("For this one alone"),
                "following": _l("For this one and those after it"),
                "all": _l("For all to come"),
            }
        ),
        default="one",
    )
    room_id = SelectField(_l("Which room?"), coerce=whole_number, choices=[], validate_choice=False)
    words = StringField(_l("What is particular about this date?"), [Length(max=300)])
    places = IntegerField(_l("How many places?"), [Optional(), NumberRange(1, 10000)])
    reason = TextAreaField(_l("What do you tell who loses the place?"), [Length(max=500)])

    @property
    def opened_with(self) -> int:
        """The version that was looked at."""
        return whole_number(self.version.data) or 0

    def said(self, one: ActivitySession) -> Change:
        """What becomes of a date."""
        starts_at, ends_at = self.moments((one.starts_at, one.ends_at))
        return Change(
            starts_at, ends_at, self.room_id.data, self.words.data or "", self.places.data, self.reason.data or ""
        )


def filled_session(one: ActivitySession, **options: Any) -> SessionForm:
    """The form with how it stands."""
    data = {
        **filled_time(one.starts_at, one.ends_at), "room_id": one.room_id, "words": one.words, "places": one.places,
        "version": str(one.version),
    }  # fmt: skip
    return SessionForm(data=data, **options)


class CallOffForm(BaseForm):
    """Why a date does not take place, and which others do not either."""

    scope = RadioField(
        _l("Which dates?"),
        choices=choices({"one": _l("This one alone"), "following": _l("This one and all after it")}),
        default="one",
    )
    reason = TextAreaField(_l("Why?"), [InputRequired(_l("Say why, in a few words.")), Length(max=500)])


class EndRhythmForm(BaseForm):
    """The last day of a rhythm."""

    last_on = DayField(_l("Up to which day?"), [InputRequired(_l("Say which day is the last."))])
    reason = TextAreaField(_l("Why?"), [InputRequired(_l("Say why, in a few words.")), Length(max=500)])


class WhyForm(BaseForm):
    """Why an activity is called off."""

    reason = TextAreaField(_l("Why?"), [InputRequired(_l("Say why, in a few words.")), Length(max=500)])
