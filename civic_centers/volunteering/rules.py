"""What a slot asks for, when one may give up, and what the register needs. Pure: no database, no clock of its own."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from foundation.errors import N_, Invalid, Refused, Stale

CLOSE_BY = timedelta(hours=1)
"""Less than this between two slots of one's own is warned of: one has to get there."""
OFFER = timedelta(hours=24)
SHORTEST_OFFER = timedelta(minutes=30)
AT_ONCE = 5
"""How many are asked at a time to come instead of somebody."""
ASK_AGAIN = timedelta(hours=12)
ANNOUNCED = (7, 2)
"""How many days before it is announced that people are missing."""
EARLY = timedelta(hours=1)
"""How long before the start one may check in."""
AFTER = timedelta(hours=12)
"""How long after the end one may still check in or out."""
MOST_SLOTS = 200
"""How many slots one form makes at most."""
MOST_WEEKS = 26
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
LONGEST_SHIFT = timedelta(hours=24)
_FISCAL_CODE = re.compile(r"[A-Z]{6}[0-9LMNPQRSTUV]{2}[A-EHLMPR-T][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]")
_ODD = dict(
    zip(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16,
         10, 22, 25, 24, 23),
        strict=True,
    )
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """A role that is looked for. `exchange` is a member's exchange with the fund instead of volunteering."""

    role: str
    least: int = 1
    most: int = 1
    words: str = ""
    party_id: int | None = None
    needs_verified: bool = False
    qualification: str = ""
    min_age: int | None = None
    exchange: bool = False
    cancel_hours: int = 24

    def as_json(self) -> dict[str, Any]:
        """As it stands in a series or a template."""
        return asdict(self)

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Wanted":
        """The same back, whatever else stands in the row."""
        return cls(**{name: row[name] for name in cls.__dataclass_fields__ if name in row})


class Clash(Refused):
    """One has another slot at that time."""

    def __init__(self, role: str, starts_at: datetime) -> None:
        super().__init__(
            N_("You have another shift then: %(role)s, %(starts_at)s."),
            advice=N_("Give that one up first, or choose another."),
            role=role,
            starts_at=starts_at,
        )


class Unsuitable(Refused):
    """Something is asked for that one has not shown."""


class Uninsured(Refused):
    """Nobody serves without insurance, not even once."""

    def __init__(self) -> None:
        super().__init__(
            N_("The organisation has not written down an insurance for this day."),
            advice=N_("It is insured first, then the shift begins: ask the organisation."),
        )


class NotNow(Stale):
    """A slot or a sign-up has gone on meanwhile."""

    def __init__(self) -> None:
        super().__init__(N_("This shift is no longer as you saw it."), advice=N_("Look at how it stands now."))


def check_wanted(wanted: Wanted) -> Wanted:
    """A role with its numbers and demands. Raises Invalid at the field."""
    role, words = wanted.role.strip(), wanted.words.strip()
    if not role:
        raise Invalid(N_("Say what they do: such as “at the door”."), field="role")
    if not 1 <= wanted.most <= 500:
        raise Invalid(N_("From 1 to 500 people."), field="most")
    if not 0 <= wanted.least <= wanted.most:
        raise Invalid(N_("The least is not more than the most."), field="least")
    if wanted.min_age is not None and not 14 <= wanted.min_age <= 99:
        raise Invalid(N_("An age from 14 to 99."), field="min_age")
    if not 0 <= wanted.cancel_hours <= 336:
        raise Invalid(N_("From 0 to 336 hours, two weeks."), field="cancel_hours")
    if not wanted.exchange and wanted.party_id is None:
        raise Invalid(N_("Choose whose volunteers they are: the organisation insures them."), field="party_id")
    return Wanted(**{**asdict(wanted), "role": role[:80], "words": words[:300]})


def check_time(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Raises Invalid at the field for a time that cannot be."""
    if ends_at <= starts_at:
        raise Invalid(N_("It must end after it begins."), field="ends")
    if ends_at - starts_at > LONGEST_SHIFT:
        raise Invalid(N_("Longer than a day: make several."), field="ends")
    if ends_at <= now:
        raise Invalid(N_("This is over already: choose a time to come."), field="day")


def check_first_day(day: date) -> None:
    """Raises Invalid for a day from which one cannot reckon on: calendars end there, and nobody means it."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Invalid(N_("Look at the year once more: it goes from 1900 to 2199."), field="first_on")


def is_late(starts_at: datetime, cancel_hours: int, now: datetime) -> bool:
    """Whether who gives up now is past the deadline."""
    return now > starts_at - timedelta(hours=cancel_hours)


def offer_ends(starts_at: datetime, now: datetime) -> datetime:
    """Until when a place is kept for who waits: a day, or half of what is left, and never past the start."""
    half = max((starts_at - now) / 2, SHORTEST_OFFER)
    return min(now + min(OFFER, half), max(starts_at, now))


def real_minutes(came_at: datetime | None, left_at: datetime | None, starts_at: datetime, ends_at: datetime) -> int:
    """What the two marks say, or what was planned where one is missing; whole minutes, at least one."""
    begun, ended = came_at or starts_at, left_at or ends_at
    return min(max(int((ended - begun).total_seconds() // 60), 1), 24 * 60)


def age_on(born_on: str, day: date) -> int | None:
    """Full years on a day; None where the birthday is not known."""
    try:
        born = date.fromisoformat(born_on)
    except ValueError:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def check_fiscal_code(typed: str) -> str:
    """A codice fiscale in capitals, its last letter reckoned again (DM 23 December 1976). Raises Invalid."""
    code = "".join(typed.split()).upper()
    if not code:
        return ""
    if not _FISCAL_CODE.fullmatch(code):
        raise Invalid(N_("A codice fiscale has 16 letters and figures."), field="fiscal_code")
    total = sum(_ODD[sign] if place % 2 == 0 else int(sign, 36) - (10 if sign.isalpha() else 0)
                for place, sign in enumerate(code[:15]))  # fmt: skip
    if chr(ord("A") + total % 26) != code[15]:
        raise Invalid(N_("The last letter does not fit: look at the card once more."), field="fiscal_code")
    return code


def due_announcement(starts_at: datetime, announced_days: int | None, now: datetime) -> int | None:
    """Which announcement is due: 2 from two days before, 7 from seven; None where it was made, or is not yet due."""
    left = starts_at - now
    days = next((days for days in sorted(ANNOUNCED) if left <= timedelta(days=days)), None)
    return None if days is None or (announced_days is not None and announced_days <= days) else days
