"""What a care circle decides without a database: days, a fair rota, shares of hours, and what is refused."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

from foundation.errors import N_, Invalid, Refused, Stale
from foundation.recurrence import Rhythm, weekly

LIVE = ("asked", "invited", "in")
MOST_FAMILIES = 20
WINDOW = timedelta(weeks=6)
"""So far ahead turns stand."""
FURTHEST = timedelta(days=366)
LONGEST_PAUSE = timedelta(days=120)
LONGEST_NOTES = 2000
LONGEST_REASON = 500
AT_ONCE = 2
"""So many are asked at the same time to take a turn in somebody's stead."""
ANSWER_WITHIN = timedelta(hours=12)
SWAP_FIRST = timedelta(hours=24)
"""So long only those are asked who could swap, where the turn is further away than this and twice as long again."""
LAST_CALL = timedelta(hours=2)
"""So long before it begins a turn that nobody has falls out."""
UNCOVERED = timedelta(days=3)
"""So long before it begins somebody is looked for where nobody was put down."""
NOTES_BEFORE = timedelta(hours=1)
"""So long before it begins who has a turn reads what to know in an emergency; until it ends."""
CHILDREN_BEFORE = timedelta(minutes=30)
"""So long before it begins children are taken in."""
TELL_WITHIN = timedelta(days=30)
TEXT_VERSION = "1"
TEXTS: Mapping[str, str] = {
    "1": N_(
        "We agree that the verified adults of the families of this circle look after our children in turn, that those "
        "families read their nickname and age band, that who has the turn reads what we write for an emergency, from "
        "an hour before it begins until it ends, and that the families read our address for turns in our home."
    )
}
"""What a family says yes to when it comes in. Never changed: new sentences get a new number."""


class NotNow(Stale):
    """A turn, or its circle, has gone on meanwhile."""

    def __init__(self) -> None:
        super().__init__(N_("This is no longer as you saw it."), advice=N_("Look at how it stands now."))


class Full(Refused):
    """As many children as one adult is to look after."""

    def __init__(self, most: int) -> None:
        super().__init__(
            N_("At this turn there are %(most)s children already: no more than that."),
            advice=N_("If one of them cannot come, there is room again."),
            most=most,
        )


@dataclass(frozen=True)
class About:
    """What a circle is."""

    name: str
    zone_id: int
    about: str = ""
    at_home: bool = True
    place_words: str = ""
    most_children: int = 6
    lab_id: int | None = None


@dataclass(frozen=True)
class Beat:
    """When turns come, on the wall of the community. Monday is 1."""

    weekdays: tuple[int, ...]
    at: time
    minutes: int
    first_on: date
    every_weeks: int = 1
    last_on: date | None = None


def check_about(about: About) -> None:
    """Raises Invalid at the field."""
    if not about.name.strip():
        raise Invalid(N_("Give it a name."), field="name")
    if not about.at_home and not about.place_words.strip():
        raise Invalid(N_("Say where the children are."), field="place_words")
    if not 1 <= about.most_children <= 20:
        raise Invalid(N_("From 1 to 20 children."), field="most_children")


def check_beat(beat: Beat, today: date) -> None:
    """Raises Invalid at the field for days that cannot be."""
    if not beat.weekdays or any(not 1 <= day <= 7 for day in beat.weekdays):
        raise Invalid(N_("Choose at least one day of the week."), field="weekdays")
    if not 15 <= beat.minutes <= 720:
        raise Invalid(N_("A turn lasts from 15 minutes to 12 hours."), field="ends")
    if not 1 <= beat.every_weeks <= 8:
        raise Invalid(N_("Every %(most)s weeks at the most."), field="every_weeks", most=8)
    if not today <= beat.first_on <= today + FURTHEST:
        raise Invalid(N_("Choose a day from today on, within a year."), field="first_on")


def check_pause(first_on: date, last_on: date, today: date) -> None:
    """Raises Invalid at the field."""
    if last_on < first_on:
        raise Invalid(N_("The last day comes before the first."), field="last_on")
    if last_on < today:
        raise Invalid(N_("This day is over: choose today or a day to come."), field="last_on")
    if last_on - first_on > LONGEST_PAUSE:
        raise Invalid(N_("At most %(most)s days at a time."), field="last_on", most=LONGEST_PAUSE.days)
    if first_on > today + FURTHEST:
        raise Invalid(N_("Choose a day from today on, within a year."), field="first_on")


def check_notes(words: str) -> str:
    """Raises Invalid for too much."""
    if len(words) > LONGEST_NOTES:
        raise Invalid(N_("This is too long: %(most)s characters at most."), field="words", most=LONGEST_NOTES)
    return words.strip()


def check_minutes(minutes: int | None) -> int:
    """Raises Invalid for no time, or more than a day."""
    if minutes is None or not 1 <= minutes <= 1440:
        raise Invalid(N_("Write a time from one minute to 24 hours."), field="minutes")
    return minutes


def check_reason(reason: str) -> str:
    """Raises Invalid when nothing is said."""
    if not reason.strip():
        raise Invalid(N_("Say why, in a few words: the families read it."), field="reason")
    return reason.strip()[:LONGEST_REASON]


def rhythm_of(beat: Beat, zone: str) -> Rhythm | None:
    """The days of a beat on the wall of a zone; None where its last day comes before its first."""
    if beat.last_on is not None and beat.last_on < beat.first_on:
        return None
    return Rhythm(weekly(beat.weekdays, beat.every_weeks), beat.first_on, beat.at, zone, beat.last_on)


def is_paused(day: date, spans: Collection[tuple[date, date]]) -> bool:
    """Whether a day lies in one of these spans, both ends included."""
    return any(first <= day <= last for first, last in spans)


# ---------------------------------------------------------------- a fair rota


@dataclass(frozen=True)
class Taker:
    """An adult who may take turns: how many their family and they have had, when last, and when they are away."""

    person_id: int
    family_id: int
    turns: int = 0
    last_at: datetime | None = None
    credit: int = 0
    """How many more count for the family: its part of those that took place before it came, or while it was away."""
    away: tuple[tuple[date, date], ...] = ()
    busy: tuple[tuple[datetime, datetime], ...] = ()


@dataclass(frozen=True)
class Due:
    """A turn that nobody has."""

    turn_id: int
    day: date
    starts_at: datetime
    ends_at: datetime
    unfit: frozenset[int] = frozenset()
    """Who may not look after children then."""


_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def credit_of(missed: Iterable[int]) -> int:
    """What counts for a family of turns that others had before it came or while it was away: its part of them.

    `missed` says of each how many families shared it. So who comes later, or is back from far away, does not have to
    take turn after turn until all have had as many.
    """
    return int(sum((Fraction(1, max(1, families)) for families in missed), Fraction(0)))


def make_rota(due: Sequence[Due], takers: Sequence[Taker]) -> dict[int, Taker | None]:
    """Who takes which turn: the family with the fewest turns, then whose last is longest ago, then which came first.

    Within it the adult with the fewest, and so on. None where nobody can. The same turns and people give the same rota.
    """
    turns: dict[int, int] = {}
    last: dict[int, datetime] = {}
    own = {one.person_id: one.turns for one in takers}
    own_last = {one.person_id: one.last_at or _NEVER for one in takers}
    busy = {one.person_id: list(one.busy) for one in takers}
    for one in takers:
        turns[one.family_id] = turns.get(one.family_id, one.credit) + one.turns
        last[one.family_id] = max(last.get(one.family_id, _NEVER), one.last_at or _NEVER)
    found: dict[int, Taker | None] = {}
    for each in sorted(due, key=lambda one: (one.starts_at, one.turn_id)):
        able = [
            one
            for one in takers
            if one.person_id not in each.unfit
            and not is_paused(each.day, one.away)
            and not any(start < each.ends_at and end > each.starts_at for start, end in busy[one.person_id])
        ]
        chosen = min(
            able,
            default=None,
            key=lambda one: (
                turns[one.family_id],
                last[one.family_id],
                one.family_id,
                own[one.person_id],
                own_last[one.person_id],
                one.person_id,
            ),
        )
        found[each.turn_id] = chosen
        if chosen is not None:
            turns[chosen.family_id] += 1
            last[chosen.family_id] = max(last[chosen.family_id], each.starts_at)
            own[chosen.person_id] += 1
            own_last[chosen.person_id] = max(own_last[chosen.person_id], each.starts_at)
            busy[chosen.person_id].append((each.starts_at, each.ends_at))
    return found


# ---------------------------------------------------------------- hours


def shares(minutes: int, children: Mapping[int, int]) -> dict[int, int]:
    """How many of `minutes` each family received, by the number of children it brought: whole minutes that sum to all.

    What division leaves over goes one minute each to the families whose share was cut most; where it was cut alike, to
    the ones that came into the circle first. Raises ValueError without children.
    """
    total = sum(children.values())
    if total <= 0 or minutes < 0:
        raise ValueError("nobody received anything")
    whole = {family: minutes * count // total for family, count in children.items()}
    left = minutes - sum(whole.values())
    order = sorted(children, key=lambda family: (-(minutes * children[family] % total), family))
    return {family: whole[family] + (family in order[:left]) for family in children}


def moved_hours(minutes: int, takers: Collection[int], children: Mapping[int, int]) -> dict[int, int]:
    """By family what a turn moves: above zero given, below zero received. It sums to zero.

    Each family that had an adult there gave `minutes`; they are shared among the children that others brought. Where
    nobody else brought a child nothing moves.
    """
    moved: dict[int, int] = {}
    for taker in sorted(takers):
        others = {family: count for family, count in children.items() if family != taker and count > 0}
        if not others:
            continue
        moved[taker] = moved.get(taker, 0) + minutes
        for family, share in shares(minutes, others).items():
            moved[family] = moved.get(family, 0) - share
    return {family: found for family, found in moved.items() if found}


# ---------------------------------------------------------------- asking


def answer_end(now: datetime, starts_at: datetime, *, swap: bool) -> datetime:
    """Until when those asked now may answer before others are asked: never later than the last call."""
    last = starts_at - LAST_CALL
    if swap:
        return now + SWAP_FIRST
    return max(now, min(now + ANSWER_WITHIN, now + (last - now) / 2))


def time_to_swap(now: datetime, starts_at: datetime) -> bool:
    """Whether there is time to look for a swap before a substitute is asked."""
    return starts_at - now > 3 * SWAP_FIRST


def reads_notes(now: datetime, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether who has a turn reads what to know in an emergency."""
    return starts_at - NOTES_BEFORE <= now < ends_at
