"""When a center is open: its week, its special days, the holidays of Italy and of the place. No database, no clock."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays

from civic_centers.centers.tables import A_DAY
from foundation import clock
from foundation.errors import N_, Invalid, Stale
from foundation.recurrence import told

COUNTRY = "IT"
PROVINCES: tuple[str, ...] = tuple(code for code in holidays.country_holidays(COUNTRY).subdivisions if len(code) == 2)
LANGUAGES = {"it": "it_IT", "en": "en_US"}
MOST_PHOTOS = 6
MOST_SPANS = 3
"""So many times a day opens at most: morning, afternoon, evening."""
LONGEST_SPECIAL = timedelta(days=366)
PATRON = {"it": "Festa del patrono", "en": "The patron’s day"}
LOOK_AHEAD = 60
"""For so many days the next opening is looked for."""

Words = Mapping[str, str]
"""By language code."""


class Overtaken(Stale):
    """Somebody saved what this form says after it was opened; what was typed stays in its fields."""

    def __init__(self, words: str) -> None:
        super().__init__(
            words, advice=N_("Below is what you wrote: look at how it stands now before you save it again.")
        )


@dataclass(frozen=True)
class Span:
    """From one minute of a day to another, on the wall of the community."""

    opens: int
    closes: int

    @property
    def from_time(self) -> time:
        return time(*divmod(self.opens, 60))

    @property
    def to_time(self) -> time:
        """Midnight at the end of the day is 00:00."""
        return time(*divmod(self.closes % A_DAY, 60))


@dataclass(frozen=True)
class Special:
    """Days that are not like the others; without a span it is closed."""

    first_on: date
    last_on: date
    span: Span | None
    words: str = ""


@dataclass(frozen=True)
class Timetable:
    """All that says when a center is open."""

    time_zone: str
    week: Mapping[int, Sequence[Span]] = field(default_factory=dict)
    specials: Sequence[Special] = ()
    province: str = ""
    patron: tuple[int, int] | None = None
    open_on_holidays: bool = False
    opened_on: date = date.min
    closed_on: date | None = None


@dataclass(frozen=True)
class Day:
    """One day of a center: its hours, and why they are not those of the week. `holiday` is its name, if it is one."""

    on: date
    spans: tuple[Span, ...]
    words: str = ""
    holiday: Words = field(default_factory=dict)
    special: bool = False

    @property
    def is_open(self) -> bool:
        return bool(self.spans)


@dataclass(frozen=True)
class Warned:
    """One thing to know before going on: a sentence of the catalogue and what fills it."""

    kind: str
    message: str
    params: Mapping[str, object] = field(default_factory=dict)


def holidays_of(province: str, patron: tuple[int, int] | None, years: Iterable[int]) -> dict[date, Words]:
    """The holidays of Italy and of a place, by day, with their names by language code. Sundays are none of them."""
    found: dict[date, Words] = {}
    for year in sorted(set(years)):
        found |= _holidays(province if patron is None else "", year)
        if patron is not None:
            try:
                found.setdefault(date(year, *patron), PATRON)
            except ValueError:  # 29 February
                found.setdefault(date(year, 2, 28), PATRON)
    return found


@lru_cache(maxsize=256)
def _holidays(province: str, year: int) -> Mapping[date, Words]:
    place = province if province in PROVINCES else None
    by_language = {
        code: holidays.country_holidays(COUNTRY, subdiv=place, years=year, language=name)
        for code, name in LANGUAGES.items()
    }
    return {day: {code: str(known[day]) for code, known in by_language.items()} for day in by_language["it"]}


def day_of(table: Timetable, on: date) -> Day:
    """One day of a timetable. What was said of the day itself goes before a holiday, and that before the week."""
    holiday = holidays_of(table.province, table.patron, [on.year]).get(on, {})
    if on < table.opened_on or (table.closed_on is not None and on > table.closed_on):
        return Day(on, (), holiday=holiday)
    said = [one for one in table.specials if one.first_on <= on <= one.last_on]
    if said:
        # A closure among other words for the same day wins: better to stay at home than before a locked door.
        spans = () if any(one.span is None for one in said) else tuple(one.span for one in said if one.span)
        return Day(on, tuple(sorted(spans, key=lambda span: span.opens)), said[0].words, holiday, special=True)
    if holiday and not table.open_on_holidays:
        return Day(on, (), holiday=holiday)
    return Day(on, tuple(table.week.get(on.isoweekday(), ())), holiday=holiday)


def open_until(table: Timetable, moment: datetime) -> datetime | None:
    """Until when it is open, without a break, at a moment; None while it is closed."""
    for starts_at, ends_at in _open_around(table, moment, moment):
        if starts_at <= moment < ends_at:
            return ends_at
    return None


def next_opening(table: Timetable, moment: datetime) -> datetime | None:
    """When it opens next after a moment, within two months."""
    today = clock.local(moment, table.time_zone).date()
    for number in range(LOOK_AHEAD):
        for starts_at, _ends_at in _moments(table, today + timedelta(days=number)):
            if starts_at > moment:
                return starts_at
    return None


def warnings_of(table: Timetable, starts_at: datetime, ends_at: datetime) -> list[Warned]:
    """What speaks against a time between two moments: closed on that day, a holiday, outside the hours."""
    first = clock.local(starts_at, table.time_zone).date()
    last = clock.last_day(ends_at, table.time_zone)
    found: list[Warned] = []
    days = [day_of(table, first + timedelta(days=number)) for number in range((last - first).days + 1)]
    for day in days:
        if day.holiday:
            found.append(
                Warned("holiday", N_("%(day)s is a holiday: %(holiday)s."), {"day": day.on, "holiday": day.holiday})
            )
        if day.special and not day.is_open:
            words = (
                N_("On %(day)s the center is closed: %(words)s.")
                if day.words
                else N_("On %(day)s the center is closed.")
            )
            params: dict[str, object] = {"day": day.on} | ({"words": day.words} if day.words else {})
            found.append(Warned("closure", words, params))
    if any(start <= starts_at and ends_at <= end for start, end in _open_around(table, starts_at, ends_at)):
        return found
    if not found or all(day.is_open for day in days):
        found.append(Warned("hours", N_("That is outside the hours in which the center is open.")))
    return found


def _open_around(table: Timetable, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    """The times it is open on these days, those that touch joined: an evening may go on past midnight."""
    first = clock.local(since, table.time_zone).date() - timedelta(days=1)
    last = clock.local(until, table.time_zone).date() + timedelta(days=1)
    joined: list[tuple[datetime, datetime]] = []
    for number in range((last - first).days + 1):
        for starts_at, ends_at in _moments(table, first + timedelta(days=number)):
            if joined and joined[-1][1] >= starts_at:
                joined[-1] = (joined[-1][0], max(joined[-1][1], ends_at))
            else:
                joined.append((starts_at, ends_at))
    return joined


def _moments(table: Timetable, on: date) -> list[tuple[datetime, datetime]]:
    found = (
        (at_minute(on, span.opens, table.time_zone), at_minute(on, span.closes, table.time_zone))
        for span in day_of(table, on).spans
    )
    # Of hours that a night in March skips nothing may be left.
    return [(opens_at, closes_at) for opens_at, closes_at in found if opens_at < closes_at]


def at_minute(on: date, minute: int, time_zone: str) -> datetime:
    """The moment of a minute of a day; of the hour that a night in March skips there is only its end."""
    day, rest = on + timedelta(days=minute // A_DAY), minute % A_DAY
    return told(datetime.combine(day, time(*divmod(rest, 60))), time_zone).moment


def checked_week(week: Mapping[int, Collection[Span]]) -> dict[int, list[Span]]:
    """The hours of each weekday in order. Raises Invalid for those that end before they begin, or overlap."""
    checked: dict[int, list[Span]] = {}
    for weekday, spans in week.items():
        ordered = sorted(spans, key=lambda span: span.opens)
        for number, span in enumerate(ordered):
            check_span(span, field=f"day_{weekday}")
            if number and span.opens < ordered[number - 1].closes:
                raise Invalid(N_("These hours overlap: write them as one."), field=f"day_{weekday}")
        if len(ordered) > MOST_SPANS:
            raise Invalid(N_("Up to %(most)s times a day."), field=f"day_{weekday}", most=MOST_SPANS)
        checked[weekday] = ordered
    return checked


def check_span(span: Span, field: str) -> None:
    """Raises Invalid unless it ends after it begins, within one day."""
    if not 0 <= span.opens < span.closes <= A_DAY:
        raise Invalid(N_("It must close after it opens, at midnight at the latest."), field=field)


def check_special(special: Special, today: date) -> None:
    """Raises Invalid, naming the field."""
    if special.last_on < special.first_on:
        raise Invalid(N_("The last day comes before the first."), field="last_on")
    if special.last_on < today:
        raise Invalid(N_("These days are over already."), field="last_on")
    if special.last_on - special.first_on > LONGEST_SPECIAL:
        raise Invalid(N_("Up to one year at a time."), field="last_on")
    if special.span is not None:
        check_span(special.span, field="closes")


def check_patron(month: int | None, day: int | None) -> None:
    """Raises Invalid for half a date, or one that no year has."""
    if (month is None) != (day is None):
        raise Invalid(N_("Write both the day and the month of the patron, or neither."), field="patron_day")
    if month is not None and day is not None:
        try:
            date(2028, month, day)  # a leap year: 29 February is somebody's day too
        except ValueError:
            raise Invalid(N_("There is no such day."), field="patron_day") from None


def check_province(code: str) -> None:
    """Raises Invalid for letters that are no province of Italy."""
    if code and code not in PROVINCES:
        raise Invalid(N_("Write the two letters of the province, such as CR."), field="province")
