"""What makes a good suggestion, in reasons that a person can read, and when two households can both be there.

The weights decide an order and are shown to nobody. Pure: no database, no clock of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from community.availability.rules import PARTS, STEP, Slot, Start, common, starts_within, stretches
from foundation import clock
from foundation.errors import N_, Invalid

MOST_CANDIDATES = 200
"""The database chooses at most so many; only these are weighed one by one."""
MOST_LOOKED_AT = 600
"""Among so many of the nearest it chooses them, so that a large community costs no more."""
MOST_SHOWN = 4
MOST_ASKED_A_DAY = 3
"""For one post: an invitation to everybody would be read by nobody."""
MOST_TIMES_ASKED = 3
LATELY = timedelta(days=7)
"""Who was asked so often lately is left in peace."""

HERE, NEAR, FAR = 0, 1, 2
"""In the same zone, in one that touches it, farther away."""
USUAL_LENGTH = 60
SOONEST = timedelta(hours=2)
"""Nobody is proposed something that begins in a quarter of an hour."""
WEEKS_AHEAD = 3
MOST_TIMES = 3

WEIGHTS = {
    "posted": 30,
    "zone": 30,
    "skill": 24,
    "free": 22,
    "near": 16,
    "done": 14,
    "known": 12,
    "language": 12,
    "gladly": 8,
}
"""In the order in which reasons are read out, too."""
EACH_TIME = 2
MOST_TIMES_COUNTED = 5
NO_COMMON_LANGUAGE = -20
EACH_ASKED = -9


WISHES = ("gladly", "never")


def checked_wish(wish: str) -> str:
    """A wish about being suggested; empty for none. Raises Invalid for another."""
    if wish and wish not in WISHES:
        raise Invalid(N_("Choose one of these."), field="wish")
    return wish


@dataclass(frozen=True)
class Reason:
    """One reason, said in words by exchanges/matching/pages/words.py. `slots` for `free`, `count` for `done`."""

    kind: str
    count: int = 0
    slots: tuple[Slot, ...] = ()
    tongues: tuple[str, ...] = ()
    moment: datetime | None = None


@dataclass(frozen=True)
class Wanted:
    """When a post takes place, what it is spoken in, how long it lasts (minutes)."""

    rhythm: str = "any"
    weekdays: tuple[int, ...] = ()
    weekly_at: str = ""
    dates: tuple[datetime, ...] = ()
    languages: tuple[str, ...] = ()
    lasts: int = USUAL_LENGTH

    @property
    def minute(self) -> int | None:
        """The time on the wall of a weekly post, in minutes after midnight; None where it does not matter."""
        if not self.weekly_at:
            return None
        hour, _, minute = self.weekly_at.partition(":")
        return int(hour) * 60 + int(minute)


@dataclass(frozen=True)
class Facts:
    """What is known about somebody who may be suggested, beside a post."""

    week: tuple[Slot, ...] = ()
    skill: bool = False
    posted: bool = False
    done: int = 0
    helped: int = 0
    """Exchanges between the two, whoever gave."""
    speaks: frozenset[str] = frozenset()
    nearness: int = FAR
    gladly: bool = False
    asked_lately: int = 0


@dataclass(frozen=True)
class Weighed:
    """Reasons in the order in which they are read, and their weight, which stays here."""

    reasons: tuple[Reason, ...]
    weight: int = field(repr=False)


def weigh(facts: Facts, wanted: Wanted, asking_week: Sequence[Slot], zone: str) -> Weighed:
    """The reasons for suggesting somebody, and how much they count. `zone` is the community's IANA time zone."""
    reasons = []
    if facts.posted:
        reasons.append(Reason("posted"))
    if facts.nearness != FAR:
        reasons.append(Reason("zone" if facts.nearness == HERE else "near"))
    if facts.skill:
        reasons.append(Reason("skill"))
    free = when_free(facts.week, wanted, asking_week, zone)
    if free is not None:
        reasons.append(free)
    if facts.done:
        reasons.append(Reason("done", count=facts.done))
    if facts.helped:
        reasons.append(Reason("known", count=facts.helped))
    spoken = tuple(tongue for tongue in wanted.languages if tongue in facts.speaks)
    if spoken:
        reasons.append(Reason("language", tongues=spoken))
    if facts.gladly:
        reasons.append(Reason("gladly"))
    weight = sum(WEIGHTS[reason.kind] for reason in reasons) + EACH_TIME * min(facts.done, MOST_TIMES_COUNTED)
    weight += EACH_ASKED * facts.asked_lately
    if wanted.languages and facts.speaks and not spoken:
        weight += NO_COMMON_LANGUAGE
    return Weighed(tuple(reasons), weight)


def when_free(week: Sequence[Slot], wanted: Wanted, asking_week: Sequence[Slot], zone: str) -> Reason | None:
    """That somebody can when it is wanted: at one of its dates, on its weekdays, or when who asks can."""
    if wanted.rhythm == "dates":
        fitting = (one for one in sorted(wanted.dates) if covers(week, one, wanted.lasts, zone))
        moment = next(fitting, None)
        return Reason("free", moment=moment) if moment is not None else None
    slots = fitting_slots(week, wanted, asking_week)
    return Reason("free", slots=tuple(slots)) if slots else None


def fitting_slots(week: Sequence[Slot], wanted: Wanted, asking_week: Sequence[Slot]) -> list[Slot]:
    """The parts of somebody's week in which a post could take place."""
    if wanted.rhythm == "weekly":
        minute = wanted.minute
        of_days = [slot for slot in week if slot.weekday in wanted.weekdays]
        return [slot for slot in of_days if minute is None or slot.starts <= minute < slot.ends]
    if not asking_week:
        return []
    shared = common(week, asking_week)
    return [
        Slot(stretch.weekday, max(stretch.starts, part.starts), min(stretch.ends, part.ends), part.key)
        for stretch in shared
        for part in PARTS
        if min(stretch.ends, part.ends) - max(stretch.starts, part.starts) >= STEP
    ]


def covers(week: Sequence[Slot], moment: datetime, lasts: int, zone: str) -> bool:
    """Whether somebody can at a real moment, for so many minutes."""
    wall = clock.local(moment, zone)
    minute = wall.hour * 60 + wall.minute
    return any(
        said.weekday == wall.isoweekday() and said.starts <= minute and minute + lasts <= said.ends
        for said in stretches(week)
    )


@dataclass(frozen=True)
class Busy:
    """A time that is already promised."""

    starts: datetime
    ends: datetime


def common_moments(
    ours: Sequence[Slot], theirs: Sequence[Slot], wanted: Wanted, busy: Iterable[Busy], zone: str, now: datetime
) -> list[datetime]:
    """The next real moments at which both can, at most MOST_TIMES, soonest first.

    What a post says about its own dates and weekdays counts as its author's word. Never in the past, never over what
    is promised already, and on the wall at the same hour whether summer time begins meanwhile or not.
    """
    promised = list(busy)
    length = timedelta(minutes=wanted.lasts)

    def is_free(moment: datetime) -> bool:
        clashes = any(moment < one.ends and one.starts < moment + length for one in promised)
        return moment >= now + SOONEST and not clashes

    if wanted.rhythm == "dates":
        fitting = [one for one in sorted(wanted.dates) if covers(ours, one, wanted.lasts, zone) and is_free(one)]
        return fitting[:MOST_TIMES]
    today = clock.local(now, zone).date()
    found = []
    for start in weekly_starts(ours, theirs, wanted):
        moments = (moment for moment in _dates_of(start, today, zone) if is_free(moment))
        found.append(next(moments, None))
    return sorted(moment for moment in found if moment is not None)[:MOST_TIMES]


def weekly_starts(ours: Sequence[Slot], theirs: Sequence[Slot], wanted: Wanted) -> list[Start]:
    """The days of the week and the hours at which both can, in an ordinary week."""
    if wanted.rhythm != "weekly":
        return starts_within(common(ours, theirs), wanted.lasts)
    if wanted.minute is None:
        said = [slot for slot in theirs if slot.weekday in wanted.weekdays]
        spoken_of = {slot.weekday for slot in said}
        said += [
            Slot(weekday, part.starts, part.ends, part.key)
            for weekday in wanted.weekdays
            if weekday not in spoken_of
            for part in PARTS
        ]
        return starts_within(common(ours, said), wanted.lasts)
    minute = wanted.minute
    return [
        Start(weekday, minute)
        for weekday in wanted.weekdays
        if any(s.weekday == weekday and s.starts <= minute and minute + wanted.lasts <= s.ends for s in stretches(ours))
    ]


def _dates_of(start: Start, today: date, zone: str) -> Iterable[datetime]:
    """The moments of a weekday and hour in the weeks to come; an hour that a changing clock leaves out is left out."""
    first = today + timedelta(days=(start.weekday - today.isoweekday()) % 7)
    for week in range(WEEKS_AHEAD + 1):
        day = first + timedelta(weeks=week)
        wall = datetime.combine(day, datetime.min.time()) + timedelta(minutes=start.minute)
        try:
            yield clock.from_local(wall, zone)
        except ValueError:
            continue
