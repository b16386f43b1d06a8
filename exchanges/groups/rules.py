"""Several people at once: how the hours are shared, the states of a group and of its places. Pure: no database.

A group has one host, who gives, and places: one for each party that attends. Group and places each have their states;
the drawings in docs/groups.md are made from the two tables, and a test holds them there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from exchanges.agreements.rules import (
    FURTHEST_MEETING,
    LONGEST_EXCHANGE,
    LONGEST_PLACE,
    check_expense,
    check_length,
    not_now,
)
from exchanges.ledger.rules import split
from foundation.errors import N_, Invalid

START = ""
OPEN = ("planned", "held")
ENDED = ("settled", "cancelled", "missed", "withdrawn", "void")
RULES = ("fund", "equal", "weighted", "gift")
"""How the hours are shared: the usual default, the host's hours among all, as agreed with each, or no hours at all."""
PLACES = ("", "host", "somewhere", "remote")
MOST_PLACES = 100

HOLDING = ("coming", "told", "disputed", "confirmed")
"""The states in which somebody fills a place; so does who came and is asked anew because something changed."""
AWAITED = ("told", "disputed")
"""The states in which a place still keeps the hours from moving."""
LEAVING = ("asked", "coming")


class Side(StrEnum):
    """Who moves a group or a place: its host, the party that attends, a maker, or the clock (a job, a rule)."""

    HOST = "host"
    ATTENDEE = "attendee"
    MAKER = "maker"
    CLOCK = "clock"


GROUP: dict[tuple[str, str, Side], str] = {
    (START, "open", Side.HOST): "planned",
    (START, "record", Side.HOST): "held",
    ("planned", "change", Side.HOST): "planned",
    ("planned", "deliver", Side.HOST): "held",
    ("planned", "cancel", Side.HOST): "cancelled",
    ("planned", "miss", Side.HOST): "missed",
    ("planned", "lapse", Side.CLOCK): "cancelled",
    ("held", "deliver", Side.HOST): "held",
    ("held", "withdraw", Side.HOST): "withdrawn",
    ("held", "settle", Side.CLOCK): "settled",
    ("held", "void", Side.CLOCK): "void",
}

PLACE: dict[tuple[str, str, Side], str] = {
    (START, "invite", Side.HOST): "asked",
    (START, "join", Side.ATTENDEE): "coming",
    (START, "tell", Side.HOST): "told",
    ("asked", "join", Side.ATTENDEE): "coming",
    ("asked", "leave", Side.ATTENDEE): "left",
    ("asked", "tell", Side.HOST): "told",
    ("asked", "miss", Side.HOST): "absent",
    ("left", "join", Side.ATTENDEE): "coming",
    ("coming", "ask", Side.HOST): "asked",
    ("coming", "leave", Side.ATTENDEE): "left",
    ("coming", "tell", Side.HOST): "told",
    ("coming", "miss", Side.HOST): "absent",
    ("told", "confirm", Side.ATTENDEE): "confirmed",
    ("told", "settle", Side.CLOCK): "confirmed",
    ("told", "dispute", Side.ATTENDEE): "disputed",
    ("told", "tell", Side.HOST): "told",
    ("told", "miss", Side.HOST): "absent",
    ("disputed", "confirm", Side.ATTENDEE): "confirmed",
    ("disputed", "tell", Side.HOST): "told",
    ("disputed", "miss", Side.HOST): "absent",
    ("disputed", "resolve", Side.MAKER): "confirmed",
    ("disputed", "leave_out", Side.MAKER): "out",
    ("confirmed", "tell", Side.HOST): "told",
    ("confirmed", "miss", Side.HOST): "absent",
    ("absent", "tell", Side.HOST): "told",
    ("asked", "part", Side.CLOCK): "left",
    ("coming", "part", Side.CLOCK): "left",
    ("asked", "end", Side.CLOCK): "off",
    ("coming", "end", Side.CLOCK): "off",
    ("told", "end", Side.CLOCK): "off",
    ("disputed", "end", Side.CLOCK): "off",
    ("confirmed", "end", Side.CLOCK): "off",
}


@dataclass(frozen=True)
class Shares:
    """What each attendee gives, what the host receives, and what goes to the community fund, in minutes."""

    each: tuple[int, ...]
    host: int

    @property
    def fund(self) -> int:
        """What was given beyond what the host receives: nothing comes into being, and nothing is lost."""
        return sum(self.each) - self.host


@dataclass(frozen=True)
class Terms:
    """What a host proposes: when, how long (minutes), how it is shared, where, who comes of theirs, for how many.

    Who comes gives the host `expense_cents` each for what was bought, beside the hours and never in their place.
    """

    starts_at: datetime | None = None
    minutes: int | None = None
    rule: str = "fund"
    places: int = 1
    adult_id: int | None = None
    place: str = ""
    place_words: str = ""
    expense_cents: int = 0
    expense_words: str = ""
    second_id: int | None = None


def shares(rule: str, minutes: int, count: int, agreed: Sequence[int] = ()) -> Shares:
    """Share out a meeting of `minutes` among `count` attendees.

    `fund`: each gives the minutes, the host receives them once. `equal`: the host receives them, each gives an equal
    part; minutes that cannot be divided are given by the first ones, one each. `weighted`: each gives what was
    `agreed`, the host receives it all. `gift`: no hours. Raises ValueError for numbers that cannot be.
    """
    if count < 0 or minutes < 0 or rule not in RULES:
        raise ValueError(f"{minutes} minutes among {count} by {rule!r}")
    if not count or rule == "gift":
        return Shares((0,) * count, 0)
    if rule == "fund":
        return Shares((minutes,) * count, minutes)
    if rule == "equal":
        return Shares(tuple(split(minutes, [1] * count)), minutes)
    if len(agreed) != count or min(agreed) < 0:
        raise ValueError(f"{list(agreed)} were agreed with {count}")
    return Shares(tuple(agreed), sum(agreed))


def settled_shares(given: Sequence[int], host: int | None) -> Shares:
    """What moves in the end: nobody gives more than they said yes to, and the host at most `host` (None: all)."""
    whole = sum(given)
    return Shares(tuple(given), whole if host is None else min(host, whole))


def promised(rule: str, minutes: int, places: int, wished: int | None = None) -> int:
    """What who comes sets aside beforehand.

    Of an equal part it is the part with all places taken: with fewer it is more, and then they are asked to say yes.
    """
    if rule == "gift":
        return 0
    if rule == "equal":
        return -(-minutes // places)
    if rule == "weighted":
        return minutes if wished is None else wished
    return minutes


def next_group(state: str, verb: str, side: Side) -> str:
    """Where `verb` by `side` leads a group. Raises NotNow when it leads nowhere."""
    return _next(GROUP, state, verb, side)


def next_place(state: str, verb: str, side: Side) -> str:
    """The same for a place."""
    return _next(PLACE, state, verb, side)


def _next(table: Mapping[tuple[str, str, Side], str], state: str, verb: str, side: Side) -> str:
    target = table.get((state, verb, side))
    if target is None:
        raise not_now()
    return target


def may(table: Mapping[tuple[str, str, Side], str], state: str, verb: str, side: Side) -> bool:
    """Whether a side can do this now."""
    return (state, verb, side) in table


def is_held(state: str, accepted_at: datetime | None) -> bool:
    """Whether a place is filled: also for who had said yes, and has still to answer a change."""
    return state in HOLDING or (state == "asked" and accepted_at is not None)


def takes_part(place_state: str, group_state: str) -> bool:
    """Whether who has a place reads and writes with the others: not who left, nor who never answered before it met."""
    return place_state != "left" and (place_state != "off" or group_state not in ("held", "settled", "void"))


# ---------------------------------------------------------------- what people type


def check_terms(terms: Terms, now: datetime) -> int:
    """See that the terms make sense, and give the minutes: 0 for a gift. Raises Invalid at the field."""
    if terms.starts_at is None:
        raise Invalid(N_("Say when you meet: everybody comes at the same time."), field="starts_at")
    if terms.starts_at <= now:
        raise Invalid(N_("This moment has already passed. Choose one that is still to come."), field="starts_at")
    if terms.starts_at > now + FURTHEST_MEETING:
        raise Invalid(N_("That is more than a year away. Choose a nearer day."), field="starts_at")
    if terms.place not in PLACES:
        raise Invalid(N_("Choose one of the places."), field="place")
    check_length(terms.place_words, LONGEST_PLACE, field="place_words")
    check_expense(terms.expense_cents)
    check_length(terms.expense_words, LONGEST_PLACE, field="expense_words")
    if not 1 <= terms.places <= MOST_PLACES:
        raise Invalid(N_("Choose a number of places from 1 to %(most)s."), field="places", most=MOST_PLACES)
    return check_time(terms.rule, terms.minutes, terms.places)


def check_time(rule: str, minutes: int | None, count: int) -> int:
    """How long a meeting takes, for so many. Raises Invalid at `rule` or `minutes`."""
    if rule not in RULES:
        raise Invalid(N_("Choose how the hours are shared."), field="rule")
    if rule == "gift":
        return 0
    if not minutes:
        raise Invalid(N_("Say how long it takes."), field="minutes")
    if minutes < 0 or minutes > LONGEST_EXCHANGE:
        raise Invalid(N_("Choose a time between 1 minute and 100 hours."), field="minutes")
    if rule == "equal" and minutes < count:
        raise Invalid(N_("That is less than a minute each. Choose a longer time."), field="minutes")
    return minutes


def check_own_minutes(minutes: int | None, *, field: str = "minutes") -> int:
    """What somebody gives where each agrees for themselves. Raises Invalid at `field`."""
    if not minutes:
        raise Invalid(N_("Say how long it takes."), field=field)
    if minutes < 0 or minutes > LONGEST_EXCHANGE:
        raise Invalid(N_("Choose a time between 1 minute and 100 hours."), field=field)
    return minutes


# ---------------------------------------------------------------- the drawings


def diagram(table: Mapping[tuple[str, str, Side], str], ended: Iterable[str] = ()) -> str:
    """A table as a Mermaid state diagram: one arrow for each pair of states and verb, with who may."""
    by: dict[tuple[str, str, str], list[str]] = {}
    for (state, verb, side), target in table.items():
        by.setdefault((state or "[*]", target, verb), []).append(side.value)
    arrows = [f"    {state} --> {target}: {verb} ({' or '.join(who)})" for (state, target, verb), who in by.items()]
    return "\n".join(["stateDiagram-v2", *arrows, *(f"    {state} --> [*]" for state in ended)])
