"""What the ledger decides, without a database: limits, shares, overflow, and the errors a person reads.

All amounts are whole minutes. An entry above zero is time given to others (or hours that came in), below zero
time received: a balance of -60 means that one hour more was received than given.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foundation.errors import N_, Invalid, Refused, Stale

KINDS = ("exchange", "gift", "grant", "welcome", "opening", "leaving", "reversal")
EXEMPT_KINDS = ("opening", "leaving", "reversal")
"""Kinds that no floor or ceiling stops (domain, Time credits 2)."""

ERASED = "erased_words"
"""The verb under which the record of deeds keeps that the words of a movement went with who left."""
DEFAULT_FLOOR = -10 * 60
DEFAULT_SOFT_FLOOR = -5 * 60
DEFAULT_CEILING = 40 * 60
FUND_FLOOR = 0
"""The community fund gives only what it was given, unless a maker's override says otherwise."""

MOST_MINUTES = 1_000_000
"""More than this in one entry is a mistake of typing, and the database refuses it too."""
MOST_GIFT = 100 * 60
MOST_ENTRIES = 500
LONGEST_MEMO = 300
LONGEST_KEY = 120

# A transfer chooses its moment just before it reads the rules. One that began while a change of rules was
# being committed may still have used the rules before: verification allows for this long.
RULES_GRACE_SECONDS = 60

MOST_SEALED = 10_000
"""How many transfers one seal closes at most: what is left over goes into the next. Never to be lowered."""
# A transfer chooses its moment before it is written, and a run that seals many communities takes its time.
SEAL_GRACE_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Line:
    """One entry to be posted. `covered` minutes of it were reserved before: the floor is not asked again."""

    account_id: int
    minutes: int
    covered: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """What a transfer or a reservation comes from: an agreement, a sign-up, a decision, an import."""

    kind: str
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """The transfer a request led to; `repeated` when the same request had been posted before."""

    transfer_id: int
    repeated: bool = False


class BelowFloor(Refused):
    """The account would owe more hours than its floor allows."""


class AboveCeiling(Refused):
    """The account would hold more hours than its ceiling allows."""


class MoreThanReserved(Refused):
    """More minutes than agreed, without the yes of who received them."""


class AlreadyReversed(Stale):
    """A transfer is undone once."""


class NotReversible(Refused):
    """A reversal is never reversed: the transfer is made again instead."""


class KeyUsedBefore(Refused):
    """The request key belongs to another transfer."""

    def __init__(self) -> None:
        super().__init__(
            N_("This form was used for another transfer already."),
            advice=N_("Open the page again and fill it in once more."),
        )


def check_lines(lines: Sequence[Line]) -> None:
    """See that the lines make a transfer: two or more, distinct accounts, whole minutes, sum zero.

    Raises ValueError: a mistake of the calling code, never of a person.
    """
    if not 2 <= len(lines) <= MOST_ENTRIES:
        raise ValueError(f"a transfer has from 2 to {MOST_ENTRIES} entries, not {len(lines)}")
    if len({line.account_id for line in lines}) != len(lines):
        raise ValueError("an account appears twice in one transfer")
    total = 0
    for line in lines:
        if type(line.minutes) is not int or not 0 < abs(line.minutes) <= MOST_MINUTES:
            raise ValueError(f"{line.minutes!r} is not a whole number of minutes other than zero")
        total += line.minutes
    if total:
        raise ValueError(f"the entries sum to {total} minutes, not to zero")


def check_minutes(minutes: int, *, field: str = "minutes", most: int = MOST_GIFT) -> None:
    """See that an amount typed by a person makes sense. Raises Invalid at `field`."""
    if type(minutes) is not int or minutes <= 0:
        raise Invalid(N_("Write how long, at least a minute."), field=field)
    if minutes > most:
        raise Invalid(N_("That is more than %(most_minutes)s: is it written right?"), field=field, most_minutes=most)


def available(balance: int, reserved: int, floor: int) -> int:
    """The minutes an account can still receive before its floor; never below zero."""
    return max(balance - reserved - floor, 0)


def overflow(balance: int, minutes: int, ceiling: int) -> int:
    """How many of `minutes` about to come in would pass the ceiling, and so go to the community fund."""
    return min(max(balance + minutes - ceiling, 0), minutes)


def split(minutes: int, weights: Sequence[int]) -> list[int]:
    """Share out whole minutes by weight, to the last one; what cannot be divided goes to the largest remainders.

    Of equal remainders the first is served first. Raises ValueError where there is nothing to go by.
    """
    whole = sum(weights)
    if minutes < 0 or whole <= 0 or min(weights) < 0:
        raise ValueError(f"{minutes} minutes cannot be split by {list(weights)}")
    shares = [minutes * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: -(minutes * weights[place] % whole))
    for place in by_remainder[: minutes - sum(shares)]:
        shares[place] += 1
    return shares


def needs_warning(balance: int, reserved: int, soft_floor: int) -> bool:
    """Whether an account has passed its soft floor: time for a kind word and some suggestions."""
    return balance - reserved < soft_floor


def merged(lines: Iterable[Line]) -> list[Line]:
    """The lines summed per account, accounts that come out at zero left out, in order of first appearance."""
    minutes: dict[int, int] = {}
    covered: dict[int, int] = {}
    for line in lines:
        minutes[line.account_id] = minutes.get(line.account_id, 0) + line.minutes
        covered[line.account_id] = covered.get(line.account_id, 0) + line.covered
    return [Line(account, total, covered[account]) for account, total in minutes.items() if total]


def refused_below_floor(*, own: bool, name: str, left: int, minutes: int) -> BelowFloor:
    """The error for an account at its floor. A balance is private, so only the own one is told in figures."""
    if own:
        return BelowFloor(
            N_(
                "With %(asked_minutes)s more you would pass the limit of your community: "
                "you can still receive %(left_minutes)s."
            ),
            advice=N_(
                "Give an hour first: somebody may be looking for just what you can do. You can also agree on "
                "less time, ask for help as a gift, or talk to a maker."
            ),
            asked_minutes=minutes,
            left_minutes=left,
        )
    return BelowFloor(
        N_("%(name)s cannot take on %(asked_minutes)s now: the limit of the community would be passed."),
        advice=N_("Agree on less time, make it a gift, or do it once %(name)s has given an hour again."),
        name=name,
        asked_minutes=minutes,
    )


def refused_above_ceiling(*, own: bool, name: str, room: int, minutes: int) -> AboveCeiling:
    """The error for an account at its ceiling."""
    if own:
        return AboveCeiling(
            N_("You have so many hours that only %(left_minutes)s more fit."),
            advice=N_("Spend some: ask for something you would like. Or give the rest to the community fund."),
            left_minutes=room,
        )
    return AboveCeiling(
        N_("%(name)s already has so many hours that %(asked_minutes)s more do not fit."),
        advice=N_("Give less, or give to the community fund: it reaches who needs it most."),
        name=name,
        asked_minutes=minutes,
    )


def refused_fund_empty(*, left: int, minutes: int) -> BelowFloor:
    """The error for a grant that the community fund cannot pay."""
    return BelowFloor(
        N_("The community fund holds %(left_minutes)s, less than the %(asked_minutes)s you want to grant."),
        advice=N_("Grant less, or invite who has many hours to give some to the fund."),
        left_minutes=left,
        asked_minutes=minutes,
    )


def refused_gift(*, left: int, minutes: int) -> BelowFloor:
    """The error for a gift of hours that would pass the giver's own floor."""
    return BelowFloor(
        N_(
            "With %(asked_minutes)s given you would pass the limit of your community: "
            "you can give up to %(left_minutes)s."
        ),
        advice=N_("Give less, or later, once you have given somebody a hand again."),
        left_minutes=left,
        asked_minutes=minutes,
    )
