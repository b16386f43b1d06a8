"""The states of a series, who may move it, and what two parties may agree on. Pure: no database, no clock of its own.

The same two sides as for a single agreement: it is the TURN of one party, the OTHER one waits. The diagram in
docs/series.md is made from this table, and a test holds it there.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from exchanges.agreements.rules import FURTHEST_MEETING, Side, not_now
from exchanges.agreements.rules import Terms as MeetingTerms
from exchanges.agreements.rules import check_terms as check_meeting
from foundation.errors import N_, Invalid
from foundation.recurrence import LONGEST_WINDOW, MOST_ASKED, Occurrence, Rhythm, next_ones, occurrences, weekly

START = ""
STANDING = ("open", "changing")
"""The states in which meetings are laid out."""
ENDED = ("ended", "declined", "withdrawn")

TRANSITIONS: dict[tuple[str, str, Side], str] = {
    (START, "propose", Side.OTHER): "proposed",
    ("proposed", "counter", Side.TURN): "proposed",
    ("proposed", "accept", Side.TURN): "open",
    ("proposed", "decline", Side.TURN): "declined",
    ("proposed", "withdraw", Side.OTHER): "withdrawn",
    ("proposed", "close", Side.CLOCK): "declined",
    ("proposed", "lapse", Side.CLOCK): "declined",
    ("open", "suggest", Side.TURN): "changing",
    ("open", "suggest", Side.OTHER): "changing",
    ("changing", "counter", Side.TURN): "changing",
    ("changing", "accept", Side.TURN): "open",
    ("changing", "decline", Side.TURN): "open",
    ("changing", "withdraw", Side.OTHER): "open",
    ("changing", "lapse", Side.CLOCK): "open",
    ("open", "replace", Side.TURN): "open",
    ("open", "replace", Side.OTHER): "open",
    ("changing", "replace", Side.TURN): "changing",
    ("changing", "replace", Side.OTHER): "changing",
    ("open", "end", Side.TURN): "open",
    ("open", "end", Side.OTHER): "open",
    ("changing", "end", Side.TURN): "open",
    ("changing", "end", Side.OTHER): "open",
    ("open", "finish", Side.CLOCK): "ended",
    ("changing", "finish", Side.CLOCK): "ended",
    ("open", "stop", Side.CLOCK): "ended",
    ("changing", "stop", Side.CLOCK): "ended",
    ("proposed", "stop", Side.CLOCK): "declined",
}

NEAR = timedelta(days=21)
"""Meetings as near as this are laid out as agreements, with their hours set aside; those beyond are only foreseen."""
SOON = timedelta(days=2)
"""A meeting that still waits for hours or for who comes is told of once more when it is as near as this."""
LONGEST_SERIES = timedelta(days=2 * 366)
PROPOSAL_LASTS = timedelta(days=30)
"""A proposal, or a change nobody answers, ends by itself after so long, or when its last day has passed."""
INTERVALS = (1, 2)
MOST_TOGETHER = 40
"""Meetings written down or confirmed with one button."""
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True)
class Terms:
    """What two parties agree on for each week: days and time, how long (minutes) or as a gift, who comes, where."""

    weekdays: tuple[int, ...]
    at: str
    first_day: date
    last_day: date | None = None
    every_weeks: int = 1
    minutes: int | None = None
    gift: bool = False
    adult_id: int | None = None
    place: str = ""
    place_words: str = ""
    expense_cents: int = 0
    expense_words: str = ""
    second_id: int | None = None

    @property
    def meeting(self) -> MeetingTerms:
        """What holds for each meeting, whatever its day."""
        return MeetingTerms(
            minutes=self.minutes,
            gift=self.gift,
            adult_id=self.adult_id,
            second_id=self.second_id,
            place=self.place,
            place_words=self.place_words,
            expense_cents=self.expense_cents,
            expense_words=self.expense_words,
        )


def next_state(state: str, verb: str, side: Side) -> str:
    """Where `verb` by `side` leads from `state`. Raises NotNow when it leads nowhere."""
    target = TRANSITIONS.get((state, verb, side))
    if target is None:
        raise not_now()
    return target


def verbs_for(state: str, side: Side) -> tuple[str, ...]:
    """What a side can do now, in the order of the table."""
    return tuple(verb for (from_state, verb, by), _ in TRANSITIONS.items() if from_state == state and by == side)


# ---------------------------------------------------------------- when


def rhythm_of(terms: Terms, zone: str) -> Rhythm:
    """The days of the terms on the wall clock of the community."""
    hour, minute = terms.at.split(":")
    rule = weekly(terms.weekdays, terms.every_weeks)
    return Rhythm(rule, terms.first_day, time(int(hour), int(minute)), zone, terms.last_day)


def meetings_between(agreed: Iterable[Terms], zone: str, since: datetime, until: datetime) -> list[Occurrence]:
    """The meetings that several terms, one after the other, give in a stretch of time."""
    found = [one for terms in agreed for one in occurrences(rhythm_of(terms, zone), since, until)]
    return sorted(found, key=lambda one: one.starts_at)


def meetings_to_come(agreed: Iterable[Terms], zone: str, since: datetime, count: int) -> list[Occurrence]:
    """The next `count` meetings, however many, as far as they come within two years."""
    found = [one for terms in agreed for one in _next_of(rhythm_of(terms, zone), since, count)]
    return sorted(found, key=lambda one: one.starts_at)[:count]


def _next_of(rhythm: Rhythm, since: datetime, count: int) -> list[Occurrence]:
    """The next ones of one rhythm, looked for in pieces: no more than so many are given at a time."""
    found: list[Occurrence] = []
    until, wanted = since + LONGEST_WINDOW, min(count, MOST_ASKED)
    while wanted:
        piece = next_ones(rhythm, since, wanted, within=until - since)
        found += piece
        since = piece[-1].starts_at + timedelta(microseconds=1) if piece else until
        wanted = min(count - len(found), MOST_ASKED) if len(piece) == wanted else 0
    return found


def cut(terms: Terms, first_day: date) -> Terms | None:
    """The terms up to the day before `first_day`; None when nothing is left of them."""
    if terms.first_day >= first_day:
        return None
    before = first_day - timedelta(days=1)
    return terms if terms.last_day is not None and terms.last_day <= before else replace(terms, last_day=before)


def lapses_at(proposed_at: datetime, last_day_ends: datetime | None) -> datetime:
    """When a proposal or a change that nobody answers ends by itself."""
    late = proposed_at + PROPOSAL_LASTS
    return late if last_day_ends is None else min(late, last_day_ends)


# ---------------------------------------------------------------- what people type


def check_terms(terms: Terms, now: datetime, zone: str, today: date) -> int:
    """See that the terms make sense, and give the minutes of each meeting (0: a gift). Raises Invalid at the field."""
    if not terms.weekdays or any(day not in range(1, 8) for day in terms.weekdays):
        raise Invalid(N_("Choose at least one day of the week."), field="weekdays")
    if not is_clock(terms.at):
        raise Invalid(N_("Write the time such as 16:30."), field="at")
    if terms.every_weeks not in INTERVALS:
        raise Invalid(N_("Choose every week or every two weeks."), field="every_weeks")
    _check_days(terms, today)
    if not next_ones(rhythm_of(terms, zone), now, 1):
        raise Invalid(N_("No meeting falls between these two days. Choose a later last day."), field="last_day")
    return check_meeting(terms.meeting, now)


def is_clock(text: str) -> bool:
    """Whether it is a time on the wall, such as `16:30`."""
    return bool(_CLOCK.fullmatch(text))


def _check_days(terms: Terms, today: date) -> None:
    if terms.first_day < today:
        raise Invalid(N_("This day has already passed. Choose one from today on."), field="first_day")
    if terms.first_day > today + FURTHEST_MEETING:
        raise Invalid(N_("That is more than a year away. Choose a nearer day."), field="first_day")
    if terms.last_day is None:
        return
    if terms.last_day < terms.first_day:
        raise Invalid(N_("The last day comes before the first."), field="last_day")
    if terms.last_day > terms.first_day + LONGEST_SERIES:
        raise Invalid(
            N_("That is more than two years. Leave it empty: it goes on until one of you ends it."), field="last_day"
        )


def check_from_day(day: date | None, today: date) -> date:
    """The day from which something holds. Raises Invalid at `from_day`."""
    if day is None:
        raise Invalid(N_("Choose from which day."), field="from_day")
    if day < today:
        raise Invalid(N_("This day has already passed. Choose one from today on."), field="from_day")
    if day > today + LONGEST_SERIES:
        raise Invalid(N_("That is more than two years away. Choose a nearer day."), field="from_day")
    return day


# ---------------------------------------------------------------- the drawing


def diagram() -> str:
    """The table as a Mermaid state diagram: one arrow for each pair of states and verb, with who may."""
    return "\n".join(["stateDiagram-v2", *_arrows(TRANSITIONS), *(f"    {state} --> [*]" for state in ENDED)])


def _arrows(transitions: dict[tuple[str, str, Side], str]) -> Iterable[str]:
    by: dict[tuple[str, str, str], list[str]] = {}
    for (state, verb, side), target in transitions.items():
        by.setdefault((state or "[*]", target, verb), []).append(side.value)
    for (state, target, verb), sides in by.items():
        yield f"    {state} --> {target}: {verb} ({' or '.join(sides)})"


def in_order(weekdays: Sequence[int]) -> tuple[int, ...]:
    """Days of the week, each once, from Monday on."""
    return tuple(sorted(set(weekdays)))
