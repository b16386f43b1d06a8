"""The kinds of activities, the states of an activity and of a session, rhythms, limits. No database, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from civic_centers.centers.rules import Day
from foundation.errors import N_, Invalid, Refused
from foundation.recurrence import Rhythm, weekly

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "afternoon": N_("An afternoon for children"),
        "adolescents": N_("For adolescents"),
        "evening": N_("An evening for adults"),
        "elders": N_("For elders"),
        "workshop": N_("A workshop"),
        "homework": N_("Homework together"),
        "sport": N_("Movement and sport"),
        "meal": N_("Eating together"),
        "training": N_("A training for operators and volunteers"),
        "assembly": N_("A meeting of the community"),
        "other": N_("Something else"),
    }
)
"""By name, in the order in which they are offered."""

ACTIVITY_MOVES: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("draft", "publish"): "open",
        ("draft", "cancel"): "cancelled",
        ("open", "cancel"): "cancelled",
        ("open", "end"): "ended",
    }
)
SESSION_MOVES: Mapping[tuple[str, str], str] = MappingProxyType(
    {("planned", "cancel"): "cancelled", ("cancelled", "restore"): "planned"}
)
WINDOW = timedelta(days=120)
"""Of a rhythm without an end so many days stand at a time; every week some are added."""
ADDED_EVERY = timedelta(days=7)
LONGEST_RHYTHM = timedelta(days=366)
"""A rhythm with an end is laid out to its end, and lasts a year at most."""
FURTHEST = timedelta(days=731)
LONGEST_SESSION = 24 * 60
SHORTEST_SESSION = 5
"""Minutes."""
A_DAY = timedelta(days=1)
MOST_WEEKS = 8
SCOPES = ("one", "following", "all")
"""What a change of a date is for: it alone, it and those after it, or all to come."""
FEW_BEFORE = timedelta(days=2)
"""So long before a date its keepers hear that there are fewer people than it needs."""


class NotNow(Refused):
    """An activity or a session has gone on meanwhile."""

    def __init__(self) -> None:
        super().__init__(N_("This activity is no longer as you saw it."), advice=N_("Look at how it stands now."))


@dataclass(frozen=True)
class About:
    """What an activity says of itself. Money in euro cents, ages in years, `places` None for as many as like."""

    title: str
    kind: str
    words: str = ""
    party_id: int | None = None
    min_age: int | None = None
    max_age: int | None = None
    left_alone: bool = False
    children_per_adult: int | None = None
    ratio_rule: str = "off"
    enrol_for: str = "session"
    min_places: int = 0
    places: int | None = None
    price_cents: int = 0
    price_words: str = ""
    offer_hours: int = 24
    cancel_hours: int = 24
    qualification: str = ""
    valid_months: int | None = None


@dataclass(frozen=True)
class Beat:
    """When the dates of a rhythm come, on the wall of the community. Monday is 1; `last_on` None for no end."""

    weekdays: tuple[int, ...]
    at: time
    minutes: int
    first_on: date
    last_on: date | None = None
    every_weeks: int = 1
    skip_holidays: bool = True


def moved(moves: Mapping[tuple[str, str], str], state: str, verb: str) -> str:
    """Where `verb` leads from `state`. Raises NotNow when it leads nowhere."""
    if (state, verb) not in moves:
        raise NotNow()
    return moves[(state, verb)]


def check_about(about: About) -> None:
    """Raises Invalid at the field."""
    if not about.title.strip():
        raise Invalid(N_("Give it a name."), field="title")
    if about.kind not in KINDS:
        raise Invalid(N_("Say what kind of thing it is."), field="kind")
    if about.min_age is not None and about.max_age is not None and about.min_age > about.max_age:
        raise Invalid(N_("The oldest cannot be younger than the youngest."), field="max_age")
    if about.places is not None and about.min_places > about.places:
        raise Invalid(N_("More people are needed than there are places."), field="min_places")
    if about.ratio_rule != "off" and about.children_per_adult is None:
        raise Invalid(N_("Say for how many children one adult is enough."), field="children_per_adult")
    if about.valid_months is not None and not about.qualification.strip():
        raise Invalid(N_("Say what it is that is valid for so long."), field="qualification")


def check_beat(beat: Beat, today: date) -> None:
    """Raises Invalid at the field for days that cannot be, or too many of them."""
    if not beat.weekdays or any(not 1 <= day <= 7 for day in beat.weekdays):
        raise Invalid(N_("Choose at least one day of the week."), field="weekdays")
    if not 1 <= beat.every_weeks <= MOST_WEEKS:
        raise Invalid(N_("Every %(most)s weeks at the most."), field="every_weeks", most=MOST_WEEKS)
    check_minutes(beat.minutes)
    if beat.first_on < today:
        raise Invalid(N_("This day is over: choose today or a day to come."), field="day")
    if beat.first_on - today > FURTHEST:
        raise Invalid(N_("That is too far away: up to two years ahead."), field="day")
    if beat.last_on is not None:
        if beat.last_on < beat.first_on:
            raise Invalid(N_("The last day comes before the first."), field="last_on")
        if beat.last_on - beat.first_on > LONGEST_RHYTHM:
            advice = N_("Or leave it empty: then it goes on until you end it.")
            raise Invalid(N_("Up to one year at a time."), field="last_on", advice=advice)
        if beat.last_on - today > FURTHEST:
            raise Invalid(N_("That is too far away: up to two years ahead."), field="last_on")


def check_minutes(minutes: int) -> None:
    """Raises Invalid for a date that ends before it begins, or lasts longer than a day."""
    if minutes <= 0:
        raise Invalid(N_("It must end after it begins."), field="ends")
    if not SHORTEST_SESSION <= minutes <= LONGEST_SESSION:
        raise Invalid(N_("A date lasts from five minutes to a day."), field="ends")


def check_moment(starts_at: datetime, now: datetime) -> None:
    """Raises Invalid for a date that has begun already, or is years away."""
    if starts_at <= now:
        raise Invalid(N_("That moment is over: choose one to come."), field="day")
    if starts_at - now > FURTHEST:
        raise Invalid(N_("That is too far away: up to two years ahead."), field="day")


def check_span(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Raises Invalid for a date that cannot be: over, years away, ending before it begins, longer than a day."""
    check_moment(starts_at, now)
    check_minutes(round((ends_at - starts_at) / timedelta(minutes=1)))


def check_reason(reason: str) -> str:
    """Raises Invalid when nothing is said: people were counting on it."""
    if not reason.strip():
        raise Invalid(N_("Say why, in a few words: people were counting on it."), field="reason")
    return reason.strip()


def rhythm_of(beat: Beat, zone: str) -> Rhythm:
    """The days of a beat on the wall of a zone."""
    return Rhythm(weekly(beat.weekdays, beat.every_weeks), beat.first_on, beat.at, zone, beat.last_on)


def horizon(first_on: date, last_on: date | None, today: date) -> date:
    """Up to and with which day the dates of a rhythm are to stand: all of one that ends, else some months."""
    return last_on if last_on is not None else min(max(first_on, today) + WINDOW, today + FURTHEST - A_DAY)


def left_out(day: Day, *, skip_holidays: bool) -> bool:
    """Whether nothing comes on a day of a center: holidays and closures where they are skipped."""
    return skip_holidays and (bool(day.holiday) or (day.special and not day.is_open))


def shifted(beat: Beat, from_day: date, to_day: date) -> tuple[int, ...]:
    """The weekdays of a rhythm when what comes on the weekday of `from_day` comes on that of `to_day`.

    Raises Invalid where two would fall together, or where with several weekdays one would leave its week.
    """
    old, new = from_day.isoweekday(), to_day.isoweekday()
    others = [day for day in beat.weekdays if day != old]
    if others and from_day - timedelta(days=old) != to_day - timedelta(days=new):
        advice = N_("Change this date alone, or stop repeating it and begin anew.")
        raise Invalid(N_("With several days a week, each stays within its week."), field="day", advice=advice)
    if new in others:
        raise Invalid(N_("On that day of the week there is one already."), field="day")
    return tuple(sorted([*others, new]))
