"""What keepers say of rooms, and what people say who want one."""

from datetime import datetime, time, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from civic_centers.rooms.actions import AboutRoom
from exchanges.agreements.forms import whole_number
from foundation import clock
from foundation.errors import N_, Invalid
from foundation.web.fields import DayField
from foundation.web.forms import BaseForm
from foundation.web.state import time_zone

LOST_HOUR = N_("On that night the clocks go forward and this hour does not exist. Choose another time.")


class RoomForm(BaseForm):
    """What there is in a room."""

    version = HiddenField(default="1")
    name = StringField(_l("Name of the room"), [InputRequired(_l("Give it a name.")), Length(max=80)])
    places = IntegerField(_l("For how many people?"), [Optional(), NumberRange(1, 10000)])
    equipment = StringField(_l("What is in it?"), [Length(max=400)])
    step_free = BooleanField(_l("One comes in without steps"))
    changeover_minutes = IntegerField(
        _l("Minutes to tidy up after each booking"), [Optional(), NumberRange(0, 480)], default=0
    )
    on_request = BooleanField(_l("Members and organisations may ask for it"), default=True)

    @property
    def opened_with(self) -> int:
        """The version that was looked at."""
        return whole_number(self.version.data) or 0

    def said(self) -> AboutRoom:
        return AboutRoom(
            name=self.name.data or "",
            places=self.places.data,
            equipment=self.equipment.data or "",
            step_free=bool(self.step_free.data),
            changeover_minutes=self.changeover_minutes.data or 0,
            on_request=bool(self.on_request.data),
        )


class TimeForm(BaseForm):
    """From when until when, on one day, by the clock on the wall."""

    day = DayField(_l("Which day?"), [InputRequired(_l("Say on which day."))])
    starts = TimeField(_l("Begins at"), [InputRequired(_l("Say from when."))])
    ends = TimeField(_l("Ends at"), [InputRequired(_l("Say until when."))])
    sure = HiddenField()
    """What one was warned of and goes on all the same: the warnings that were shown."""

    def moments(self, kept: tuple[datetime, datetime] | None = None) -> tuple[datetime, datetime]:
        """The same in UTC; midnight as an end is that of the evening. Raises Invalid for an hour that there is not.

        `kept` is from when to when it was: what still reads the same on the wall is still the same moment, also in the
        hour that happens twice.
        """
        day, starts, ends = self.day.data, self.starts.data, self.ends.data
        if day is None or starts is None or ends is None:
            raise Invalid(N_("Say on which day."), field="day")
        was = filled_time(*kept) if kept is not None else {}
        same_day = was.get("day") == day
        if kept is not None and same_day and was["starts"] == starts:
            starts_at = kept[0]
        else:
            starts_at = _moment(datetime.combine(day, starts), "starts")
        if kept is not None and same_day and was["ends"] == ends:
            return starts_at, kept[1]
        if ends == time():
            return starts_at, clock.start_of_day(day + timedelta(days=1), time_zone())
        return starts_at, _moment(datetime.combine(day, ends), "ends")


class BookForm(TimeForm):
    """A room for a time."""

    title = StringField(
        _l("What for, in a few words?"), [InputRequired(_l("Say in a few words what it is for.")), Length(max=120)]
    )
    people = IntegerField(_l("About how many people?"), [Optional(), NumberRange(1, 10000)])
    needs_step_free = BooleanField(_l("Somebody cannot climb steps"))


class MoveForm(TimeForm):
    """Another time, or another room of the center."""

    room_id = SelectField(
        _l("Which room?"), [InputRequired(_l("Choose a room of this center."))], coerce=whole_number, choices=[],
        validate_choice=False,
    )  # fmt: skip


class ReasonForm(BaseForm):
    """Why."""

    reason = TextAreaField(_l("Why?"), [InputRequired(_l("Say why, in a few words.")), Length(max=500)])


def _moment(wall: datetime, field: str) -> datetime:
    try:
        return clock.from_local(wall, time_zone())
    except (ValueError, OverflowError):
        raise Invalid(LOST_HOUR, field=field) from None


def filled_time(starts_at: datetime, ends_at: datetime) -> dict[str, Any]:
    """What the fields of a time say of two moments."""
    wall, end = clock.local(starts_at, time_zone()), clock.local(ends_at, time_zone())
    return {"day": wall.date(), "starts": wall.time(), "ends": end.time()}
