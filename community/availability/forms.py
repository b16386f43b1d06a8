"""What people tap on the page "When we can"."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice

from community.availability.rules import PART, PARTS, STEP, WEEKDAYS, Slot
from foundation.web.fields import choices
from foundation.web.forms import BaseForm

CELLS = [(weekday, part.key) for weekday in WEEKDAYS for part in PARTS]


def named(weekday: int, part: str) -> str:
    """How a part of a day is called in a form."""
    return f"{weekday}-{part}"


class WeekForm(BaseForm):
    """Three parts of seven days, each on or off."""

    slots = SelectMultipleField(_l("When we can"), choices=choices({named(*cell): named(*cell) for cell in CELLS}))

    @classmethod
    def showing(cls, week: Sequence[Slot]) -> "WeekForm":
        return cls(slots=[named(slot.weekday, slot.part) for slot in week])

    @property
    def cells(self) -> list[tuple[int, str]]:
        """What was chosen; `validate` has seen that each exists."""
        chosen = set(self.slots.data or ())
        return [cell for cell in CELLS if named(*cell) in chosen]


def clock_face(minute: int) -> str:
    """Minutes after midnight as on a clock: 990 is `16:30`."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _half_hours(first: int, last: int) -> list[SelectChoice]:
    return choices({minute: clock_face(minute) for minute in range(first, last + 1, STEP)})


def hours_form(week: Sequence[Slot], **options: Any) -> BaseForm:
    """A form with two half hours for each part of a day that was chosen: `from-4-afternoon`, `to-4-afternoon`."""
    fields: dict[str, Any] = {}
    for slot in week:
        part, name = PART[slot.part], named(slot.weekday, slot.part)
        fields[f"from-{name}"] = SelectField(
            _l("Starting at"), coerce=int, choices=_half_hours(part.starts, part.ends - STEP), default=slot.starts
        )
        fields[f"to-{name}"] = SelectField(
            _l("Ending at"), coerce=int, choices=_half_hours(part.starts + STEP, part.ends), default=slot.ends
        )
    return type("HoursForm", (BaseForm,), fields)(**options)


def hours_said(form: BaseForm, week: Sequence[Slot]) -> list[tuple[int, str, int, int]]:
    """What was typed into such a form."""
    return [
        (slot.weekday, slot.part, form[f"from-{name}"].data, form[f"to-{name}"].data)
        for slot in week
        for name in [named(slot.weekday, slot.part)]
    ]
