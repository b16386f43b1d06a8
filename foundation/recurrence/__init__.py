"""What happens again and again: a rule on the wall clock of a zone, laid out for a stretch of time that has an end."""

from foundation.recurrence.moments import Shift, Told, told
from foundation.recurrence.occurrences import LONGEST_WINDOW, MOST_ASKED, Occurrence, Rhythm, next_ones, occurrences
from foundation.recurrence.rules import (
    BadRule,
    checked,
    daily,
    monthly_on_day,
    monthly_on_weekday,
    weekly,
    yearly,
)

__all__ = [
    "LONGEST_WINDOW",
    "MOST_ASKED",
    "BadRule",
    "Occurrence",
    "Rhythm",
    "Shift",
    "Told",
    "checked",
    "daily",
    "monthly_on_day",
    "monthly_on_weekday",
    "next_ones",
    "occurrences",
    "told",
    "weekly",
    "yearly",
]
