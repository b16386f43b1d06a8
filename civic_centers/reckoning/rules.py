"""What moves between purses, what a family owes of each cycle, receipts and their seals. Money is whole euro cents.

Every movement goes from one purse to another, so that all purses together always hold nothing. The balance of a purse
is what came minus what went: a family above zero is owed something, below zero it owes. Cash, the bank and what is kept
otherwise stand below zero by just what lies in them, since what lies there belongs to others.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from foundation.errors import N_, Invalid, Refused

MOST_CENTS = 200_000_000
"""Of one movement: two million euro."""
MOST_TYPED = 10_000_000
"""What somebody may mean who types an amount: a hundred thousand euro."""
LONGEST_WORDS = 200
LONGEST_REASON = 500
FIRST_BOOKS = date(1990, 1, 1)
KEPT_FOR = timedelta(days=3653)
"""Ten years: how long the books and what proves them are kept (art. 2220 of the civil code)."""
REMIND_AFTER = timedelta(days=14)
"""So long after an order, and again so long after a reminder, a family that owes something hears of it."""
MOST_REMINDERS = 3
"""Then it is for people to talk."""
FEWEST_TO_TELL = 3
"""A sum that was moved for fewer families, or came from fewer givers, says whose it was: it is not told."""
FEWEST_SHARES = 5
"""Shares of orders are told from so many families on, and their number rounded down to as many."""
TOLD_TO = 1_000
"""Sums of the quota are told to the nearest ten euro: who knows two of three amounts does not find the third."""
MOST_NOES = 2
"""A family that said no so often to an offer from the quota is not offered any more."""

PARTY, CYCLE, GROUP, QUOTA, BEFORE = "party", "cycle", "group", "quota", "before"
"""`before` stands for the books a group had before these: what families bring along comes from there, or goes there."""
WAYS = ("cash", "transfer", "other")
"""How money is handed over; each way has a purse of its own, which is counted by itself."""
PURSES = (PARTY, CYCLE, GROUP, QUOTA, BEFORE, *WAYS)

MOVES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "order": ((PARTY, CYCLE),),
    "correction": ((PARTY, CYCLE), (CYCLE, PARTY)),
    "payment": tuple((way, PARTY) for way in WAYS),
    "gift": ((PARTY, QUOTA), (GROUP, QUOTA), *((way, QUOTA) for way in WAYS)),
    "refund": tuple((PARTY, way) for way in WAYS),
    "quota": ((QUOTA, PARTY),),
    "write_off": ((GROUP, PARTY), (QUOTA, PARTY)),
    "left": ((PARTY, QUOTA),),
    "joined": ((PARTY, PARTY),),
    "supplier": tuple((CYCLE, way) for way in WAYS),
    "cost": tuple((CYCLE, way) for way in WAYS),
    "rounding": ((CYCLE, GROUP), (GROUP, CYCLE)),
    "opening": ((BEFORE, PARTY), (PARTY, BEFORE)),
    "reversal": (),
}
"""Which kinds of purse each kind of movement goes from and to; a reversal goes back just as what it undoes came."""
RECEIPTED = ("payment", "quota", "refund", "reversal")
"""What a receipt is written for: a share that the quota paid has one like every payment."""
REVERSIBLE = ("payment", "quota", "refund", "supplier", "cost", "gift")
CHARGES = ("order", "correction")


@dataclass(frozen=True)
class Charge:
    """What the order of one family comes to, as purchasing has settled it. `party_id` pays it, whoever it is for.

    It is None once they are forgotten: then it stays with whom it stood with before.
    """

    order_id: int
    party_id: int | None
    cents: int


@dataclass(frozen=True)
class Facts:
    """What a receipt says and its seal holds together."""

    community_id: int
    year: int
    number: int
    kind: str
    party_id: int
    cents: int
    at: datetime
    name: str
    cycle_id: int


@dataclass(frozen=True, order=True)
class Place:
    """Where money stands: a kind of purse, and of which party or cycle it is; 0 for those a community has one of."""

    kind: str
    of: int = 0


def must_fit(kind: str, source: str, target: str) -> None:
    """Raises ValueError where such a movement never goes that way: a fault of ours, not of who types."""
    if kind != "reversal" and (source, target) not in MOVES[kind]:
        raise ValueError(f"{kind} never goes from {source} to {target}")


def checked_cents(cents: int | None, field: str = "cents", *, least: int = 1) -> int:
    """An amount as it may be kept. Raises Invalid."""
    if cents is None or not least <= cents <= MOST_TYPED:
        raise Invalid(N_("Write an amount such as 12,50, at most 100000 euro."), field=field)
    return cents


def checked_way(way: str) -> str:
    """Raises Invalid for a way of paying that nobody has."""
    if way not in WAYS:
        raise Invalid(N_("Say how the money was handed over."), field="way")
    return way


def checked_words(words: str, field: str = "words", *, needed: bool = True, longest: int = LONGEST_REASON) -> str:
    """A few words. Raises Invalid."""
    said = words.strip()
    if needed and not said:
        raise Invalid(N_("Say why, in a few words: it stays on record."), field=field)
    if len(said) > longest:
        raise Invalid(N_("This is too long."), field=field)
    return said


def checked_day(day: date | None, today: date) -> date:
    """The day on which something stood so: not one that is still to come. Raises Invalid."""
    if day is None or not FIRST_BOOKS <= day <= today:
        raise Invalid(N_("Say on which day it stood so: today or before, and not before 1990."), field="as_of")
    return day


def owed(balance: int) -> int:
    """What a family has still to give."""
    return max(0, -balance)


def open_by_cycle(balance: int, charges: Sequence[tuple[int, int]]) -> dict[int, int]:
    """What is still open of each cycle: `charges` are (cycle, cents), the newest first. The oldest is paid first.

    Who paid too much for one order has the next one paid with it. What is owed from before the first is left over.
    """
    left, found = owed(balance), {}
    for cycle_id, cents in charges:
        found[cycle_id] = min(max(cents, 0), left)
        left -= found[cycle_id]
    return found


def must_be_refundable(balance: int, cents: int) -> None:
    """Raises Refused for more than a family has in its favour."""
    if cents > balance:
        raise Refused(N_("That is more than they have in their favour."), advice=N_("Look at the amount once more."))


def must_be_owed(balance: int, cents: int) -> None:
    """Raises Refused for more than a family owes now."""
    if cents > owed(balance):
        raise Refused(N_("That is more than there is to give now."), advice=N_("Look at the amount once more."))


def must_hold(balance: int, cents: int) -> None:
    """Raises Refused where the quota, or the group, does not have that much."""
    if cents > balance:
        raise Refused(N_("There is not that much in it now."), advice=N_("Choose a smaller amount."))


def seal_of(facts: Facts, salt: str) -> str:
    """The seal of a receipt, in hexadecimal: without the salt, which goes with the name, it does not say whose."""
    said = [
        salt, facts.community_id, facts.year, facts.number, facts.kind, facts.party_id, facts.cents,
        facts.at.isoformat(timespec="seconds"), facts.name, facts.cycle_id,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def shown_seal(seal: str) -> str:
    """The first digits, as they stand on paper."""
    return " ".join(seal[start : start + 4] for start in range(0, 16, 4)).upper()


@dataclass(frozen=True)
class Moved:
    """Money that came into the quota, or went out of it, and for or from whom: never leaves this feature."""

    on: date
    cents: int
    whose: int


@dataclass(frozen=True)
class Period:
    """What may be told of the quota: the first and last day, and the sum to the nearest ten euro; None: too few."""

    first: date
    last: date
    cents: int | None


@dataclass(frozen=True)
class Shares:
    """How many shares of orders the quota paid from one day to another, rounded down to fives."""

    first: date
    last: date
    number: int


def told_of(moves: Iterable[Moved], today: date) -> list[Period]:
    """By quarters that are over, the oldest first. One with too few people in it is told together with the next.

    What is too few at the end is not told at all: its sum is None.
    """
    return [
        Period(first, last, rounded(sum(one.cents for one in those)) if enough else None)
        for first, last, those, enough in _periods(moves, today, FEWEST_TO_TELL)
    ]


def shares_of(moves: Iterable[Moved], today: date) -> list[Shares]:
    """The same of how many shares were paid: never of fewer than five families, and nothing of what is too few."""
    return [
        Shares(first, last, len(those) - len(those) % FEWEST_SHARES)
        for first, last, those, enough in _periods(moves, today, FEWEST_SHARES)
        if enough
    ]


def _periods(moves: Iterable[Moved], today: date, fewest: int) -> Iterator[tuple[date, date, Sequence[Moved], bool]]:
    """Quarters that are over with what moved in them, those of too few together with the next.

    The last is false where they are too few to the end.
    """
    by_quarter: dict[date, list[Moved]] = {}
    for one in moves:
        first = quarter_of(one.on)
        if end_of(first) < today:
            by_quarter.setdefault(first, []).append(one)
    waiting: list[Moved] = []
    since: date | None = None
    for first in sorted(by_quarter):
        waiting += by_quarter[first]
        since = since or first
        if len({one.whose for one in waiting}) >= fewest:
            yield since, end_of(first), waiting, True
            waiting, since = [], None
    if since is not None:
        yield since, end_of(max(by_quarter)), waiting, False


def rounded(cents: int) -> int:
    """To the nearest ten euro."""
    return (cents + TOLD_TO // 2) // TOLD_TO * TOLD_TO


def quarter_of(day: date) -> date:
    """The first day of the quarter of a year."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def end_of(first: date) -> date:
    """The last day of the quarter that begins then."""
    following = date(first.year + 1, 1, 1) if first.month == 10 else date(first.year, first.month + 3, 1)
    return following - timedelta(days=1)
