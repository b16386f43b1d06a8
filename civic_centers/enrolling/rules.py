"""Who fits, how places go on, what is late, and who may fetch whom. Pure: no database, no clock of its own."""

import calendar
import hashlib
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from foundation.errors import N_, Invalid, Refused

LIVE = ("held", "away", "offered", "waiting")
"""As long as somebody comes or waits."""
TAKING = ("held", "away", "offered")
"""Those that fill a place. Who is away once from a course keeps theirs: others enrol for all of it."""
COMING = ("held", "away")
LONGEST_NAME = 80
MOST_PICK_UPS = 12
OPENS_BEFORE = timedelta(hours=2)
"""So long before it begins people are let in."""
LIST_OPEN_FOR = timedelta(days=7)
"""So long afterwards the list may still be put right."""
ADULT = 18

MOVES: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("waiting", "offer"): "offered",
        ("waiting", "hold"): "held",
        ("offered", "accept"): "held",
        ("offered", "decline"): "declined",
        ("offered", "lapse"): "lapsed",
        ("held", "cannot_come"): "cancelled",
        ("held", "be_away"): "away",
        ("away", "come_after_all"): "held",
        ("held", "leave"): "cancelled",
        ("away", "leave"): "cancelled",
        ("waiting", "leave"): "cancelled",
        ("held", "swap"): "swapped",
        ("held", "step_back"): "waiting",
        ("away", "step_back"): "waiting",
        ("offered", "step_back"): "waiting",
        **{(state, "give_back"): "swapped" for state in LIVE},
        **{(state, "lose"): "lost" for state in LIVE},
        **{(state, "call_off"): "off" for state in LIVE},
    }
)
"""How one person's place goes on; none that ended comes back: who wants to come again asks again, and is last."""

BANDS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "0-2": (0, 2),
        "3-5": (3, 5),
        "6-10": (6, 10),
        "11-13": (11, 13),
        "14-17": (14, 17),
        "adult": (ADULT, 120),
        "elder": (ADULT, 120),
    }
)


class NotNow(Refused):
    """A place has gone on meanwhile."""

    def __init__(self) -> None:
        super().__init__(N_("This place is no longer as you saw it."), advice=N_("Look at how it stands now."))


class Begun(Refused):
    """It is too late to change anything by oneself."""

    def __init__(self) -> None:
        super().__init__(N_("It has already begun."), advice=N_("Tell the people of the center: they have the list."))


class NoPickUp(Refused):
    """Nobody may fetch a child who stays without an adult of theirs."""

    def __init__(self) -> None:
        super().__init__(
            N_("Nobody may pick them up yet, and here children stay without an adult of theirs."),
            advice=N_("Say who may pick them up on the page of who you look after; then enrol them."),
        )


class NotAllowed(Refused):
    """Somebody came to fetch a child who may not."""

    def __init__(self) -> None:
        super().__init__(
            N_("This person is not among those who may pick them up."),
            advice=N_("Keep the child with you and call the family. In danger call 112."),
        )


@dataclass(frozen=True)
class Ages:
    """For whom an activity is, in years; None: no limit."""

    least: int | None = None
    most: int | None = None

    def fits(self, band: str) -> bool:
        """Whether somebody of this age band may come: of those at the edge only the family knows the year."""
        youngest, oldest = BANDS[band]
        return (self.least is None or oldest >= self.least) and (self.most is None or youngest <= self.most)


def moved(state: str, verb: str) -> str:
    """Where `verb` leads from `state`. Raises NotNow when it leads nowhere."""
    if (state, verb) not in MOVES:
        raise NotNow()
    return MOVES[(state, verb)]


def is_late(starts_at: datetime, cancel_hours: int, now: datetime) -> bool:
    """Whether who gives up now does so later than was asked for."""
    return now > starts_at - timedelta(hours=cancel_hours)


def offer_end(now: datetime, offer_hours: int, starts_at: datetime) -> datetime:
    """Until when an offer holds: the hours of the activity, and never longer than until it begins."""
    return min(now + timedelta(hours=offer_hours), starts_at)


def too_many_children(children: int, adults: int, per_adult: int | None) -> bool:
    """Whether there are more children than the adults there may look after."""
    return per_adult is not None and children > adults * per_adult


def adults_missing(children: int, adults: int, per_adult: int | None) -> int:
    """How many adults more are needed for these children."""
    if per_adult is None:
        return 0
    return max(0, -(-children // per_adult) - adults)


def same_name(name: str) -> str:
    """A name as it is compared: without accents, capitals, order and dots. `Rossi, Mario` is `mario rossi`."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one))
    words = "".join(one if one.isalnum() else " " for one in bare.casefold()).split()
    return " ".join(sorted(words))


@dataclass(frozen=True)
class Said:
    """One line of who may fetch somebody."""

    kind: str
    person_id: int | None
    name: str


def may_fetch(adults: Iterable[tuple[int, str]], said: Collection[Said]) -> list[str]:
    """The names of who may fetch somebody: the adults of the household, and who was named, but for who is excluded.

    Whoever is excluded is left out however they are named, and whoever named them.
    """
    gone = [one for one in said if one.kind == "excluded"]
    out_ids = {one.person_id for one in gone if one.person_id is not None}
    out_names = {same_name(one.name) for one in gone}
    names: dict[str, str] = {}
    for person_id, name in adults:
        if person_id not in out_ids:
            names.setdefault(same_name(name), name)
    for one in said:
        if one.kind == "allowed" and one.person_id not in out_ids:
            names.setdefault(same_name(one.name), one.name)
    return [name for key, name in names.items() if not any(_is_same(key, out) for out in out_names)]


def _is_same(one: str, other: str) -> bool:
    """Whether two compared names may be the same person: all the words of the shorter stand in the longer."""
    mine, theirs = set(one.split()), set(other.split())
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)


def is_about(said_id: int | None, said_name: str, person_id: int | None, name: str) -> bool:
    """Whether a line that says who may not fetch somebody may mean this person."""
    return (said_id is not None and said_id == person_id) or _is_same(same_name(said_name), same_name(name))


def goes_alone(said: Collection[Said]) -> bool:
    """Whether the family said that they go home by themselves."""
    return any(one.kind == "alone" for one in said)


def check_name(name: str) -> str:
    """A name, tidied. Raises Invalid for none, or one too long."""
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > LONGEST_NAME or not same_name(tidy):
        raise Invalid(N_("Write the name and surname."), field="name")
    return tidy


def valid_until(from_on: date, months: int | None) -> date | None:
    """The last day of something that is valid for so many months; the last of the month where there is no such day."""
    if months is None:
        return None
    index = from_on.year * 12 + from_on.month - 1 + months
    year, month = divmod(index, 12)
    day = min(from_on.day, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day) - timedelta(days=1)


def last_to_go(requests: Sequence[tuple[int, int]], too_many: int) -> list[int]:
    """Which requests step back so that `too_many` places come free: who came last first, families whole.

    `requests` are (number, places) in order of arrival.
    """
    going: list[int] = []
    for number, places in reversed(requests):
        if too_many <= 0:
            break
        going.append(number)
        too_many -= places
    return going


def fingerprint(secret: str) -> str:
    """As which a code is found: however it is typed."""
    return hashlib.sha256("".join(one for one in secret.upper() if one.isalnum()).encode()).hexdigest()
