"""What may be pledged, and how a pledge goes from one state to the next. No database, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from civic_centers.reckoning.rules import WAYS
from foundation.errors import N_, Invalid, Refused, Stale

KINDS = ("money", "goods", "room", "skill", "discount")
TARGETS = ("center", "activity", "lab", "fund")
FITS = {"money": "euro", "goods": "thing", "room": "room", "skill": "hours"}
"""Of which kind of thing that a lab asks for a pledge may be; a discount is none of them."""
YES_WAYS = ("spoken", "written")
MOST_CENTS = 99_999_999
"""A million euro: beyond it somebody leaned on a key."""
LONGEST_SPAN = timedelta(days=3 * 366)
LONGEST_WORDS, LONGEST_REASON, LONGEST_CAUSE = 300, 500, 200
SHORTEST = 3
REMIND_BEFORE = timedelta(days=14)
"""Before its last day both sides are reminded of a pledge that is not kept yet."""
FEW = 5
"""Of fewer people nothing is told: among four everybody knows who they are."""
STANDING = ("accepted", "kept")
"""Whoever pledged so is named and thanked, where they wish it."""


class NotNow(Stale):
    """Something has become of the pledge meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            N_("Something has become of this meanwhile."), advice=N_("Below is how it stands now: look at it again.")
        )


class OwnOrganisation(Refused):
    """Nobody decides over what their own organisation gives."""

    def __init__(self) -> None:
        super().__init__(
            N_("You act for this organisation yourself, so another maker decides."),
            advice=N_("Ask a maker who has nothing to do with it."),
        )


@dataclass(frozen=True)
class Target:
    """What a pledge is for: a center, an activity or a lab by its number, or a cause of the fund in words."""

    kind: str
    number: int | None = None
    cause: str = ""
    line: int | None = None
    """Of a lab: which of the things it asks for."""


@dataclass(frozen=True)
class Wish:
    """What an organisation promises. Cents are euro cents."""

    target: Target
    kind: str
    words: str
    from_on: date
    until_on: date
    amount_cents: int | None = None
    conditions: str = ""
    conflict: bool = False
    conflict_words: str = ""
    is_public: bool = False


@dataclass(frozen=True)
class SaidYes:
    """How and when an organisation told a maker yes, who wrote its pledge down for it."""

    way: str
    on: date


def tidy(words: str, longest: int, field: str) -> str:
    """Words without stray spaces. Raises Invalid where they are too long."""
    said = words.strip()
    if len(said) > longest:
        raise Invalid(N_("In a few words: %(most)s letters at most."), field=field, most=longest)
    return said


def must_say(words: str, longest: int, field: str) -> str:
    """The same for words that are needed. Raises Invalid."""
    said = tidy(words, longest, field)
    if len(said) < SHORTEST:
        raise Invalid(N_("Write it in a few words."), field=field)
    return said


def check_cents(cents: int | None, field: str) -> None:
    """Raises Invalid for an amount of euro cents that nobody can mean."""
    if cents is not None and not 1 <= cents <= MOST_CENTS:
        raise Invalid(N_("Write an amount above zero, and below a million euro."), field=field)


def check_quota_way(way: str, kind: str, target: str) -> None:
    """Raises Invalid where what is no money for the fund would go into the solidarity quota, or in no known way."""
    if way and (way not in WAYS or (kind, target) != ("money", "fund")):
        raise Invalid(N_("Say where the money goes."), field="quota_way")


def check_wish(wish: Wish, today: date) -> None:
    """Raises Invalid at the field that is wrong."""
    if wish.kind not in KINDS:
        raise Invalid(N_("Choose what you give."), field="kind")
    must_say(wish.words, LONGEST_WORDS, "words")
    tidy(wish.conditions, LONGEST_REASON, "conditions")
    check_cents(wish.amount_cents, "amount")
    if wish.kind == "money" and wish.amount_cents is None:
        raise Invalid(N_("How much money is it?"), field="amount")
    check_dates(wish.from_on, wish.until_on, today)
    if wish.conflict:
        must_say(wish.conflict_words, LONGEST_REASON, "conflict_words")
    if wish.target.kind == "fund":
        must_say(wish.target.cause, LONGEST_CAUSE, "cause")


def check_dates(from_on: date, until_on: date, today: date) -> None:
    """Raises Invalid where the days are in no order, over already, or too far apart."""
    if until_on < from_on:
        raise Invalid(N_("The last day comes before the first."), field="until_on")
    if until_on < today:
        raise Invalid(N_("This day is over already."), field="until_on")
    if until_on - from_on > LONGEST_SPAN:
        raise Invalid(N_("Three years at most: it can be pledged again."), field="until_on")


def check_yes(yes: SaidYes, today: date) -> None:
    """Raises Invalid where it is not said how and when the organisation said yes."""
    if yes.way not in YES_WAYS:
        raise Invalid(N_("Choose how they said yes."), field="yes_way")
    if yes.on > today:
        raise Invalid(N_("This day is still to come."), field="yes_on")


def is_complete(amount_cents: int | None, kind: str, lines: Iterable[tuple[int, bool]]) -> bool:
    """Whether all that was pledged is given: by the sum, for money, or because a line said to be the last.

    `lines` are the cents of those that stand, and whether each was the last.
    """
    standing = list(lines)
    said = any(last for _cents, last in standing)
    enough = kind == "money" and sum(cents for cents, _last in standing) >= (amount_cents or 1)
    return said or enough


def rounded(people: int) -> int | None:
    """How many people it were, rounded down to fives; None where so few that nothing is told."""
    return people - people % FEW if people >= FEW else None
