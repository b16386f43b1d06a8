"""The states of an agreement, who may move it, and by when. Pure: no database, no clock of its own.

A party of an agreement is on one of two sides at any moment: it is its TURN, or it is the OTHER's. The side is all
that the table needs: who gives and who receives matters only when an agreement starts and when the turn passes.
The diagram in docs/agreements.md is made from this table, and a test holds it there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from foundation.errors import N_, Invalid, Refused, Stale

START = ""
OPEN = ("proposed", "accepted", "delivered", "disputed")
ENDED = ("settled", "declined", "withdrawn", "cancelled", "missed", "void")
TAKING_A_PLACE = ("accepted", "delivered", "disputed", "settled")
"""The states in which an agreement fills one of the places of its post."""


class Side(StrEnum):
    """Who moves an agreement: the party it waits for, the other party, a maker, the clock (a job), or its origin:
    what it is a part of, such as a series, and what was agreed upon there."""

    TURN = "turn"
    OTHER = "other"
    MAKER = "maker"
    CLOCK = "clock"
    ORIGIN = "origin"


TRANSITIONS: dict[tuple[str, str, Side], str] = {
    (START, "propose", Side.OTHER): "proposed",
    (START, "record", Side.OTHER): "delivered",
    (START, "cheque", Side.MAKER): "settled",
    (START, "redeem", Side.OTHER): "settled",
    (START, "arrange", Side.ORIGIN): "accepted",
    (START, "skip", Side.ORIGIN): "cancelled",
    ("proposed", "counter", Side.TURN): "proposed",
    ("proposed", "accept", Side.TURN): "accepted",
    ("proposed", "decline", Side.TURN): "declined",
    ("proposed", "withdraw", Side.OTHER): "withdrawn",
    ("proposed", "close", Side.CLOCK): "declined",
    ("proposed", "lapse", Side.CLOCK): "declined",
    ("proposed", "stand", Side.ORIGIN): "accepted",
    ("proposed", "change", Side.ORIGIN): "accepted",
    ("proposed", "cancel", Side.ORIGIN): "cancelled",
    ("proposed", "part", Side.CLOCK): "declined",
    ("accepted", "replace", Side.TURN): "accepted",
    ("accepted", "deliver", Side.TURN): "delivered",
    ("accepted", "cancel", Side.TURN): "cancelled",
    ("accepted", "cancel", Side.OTHER): "cancelled",
    ("accepted", "miss", Side.TURN): "missed",
    ("accepted", "miss", Side.OTHER): "missed",
    ("accepted", "lapse", Side.CLOCK): "cancelled",
    ("accepted", "wait", Side.ORIGIN): "proposed",
    ("accepted", "change", Side.ORIGIN): "accepted",
    ("accepted", "cancel", Side.ORIGIN): "cancelled",
    ("accepted", "part", Side.CLOCK): "cancelled",
    ("delivered", "confirm", Side.TURN): "settled",
    ("delivered", "dispute", Side.TURN): "disputed",
    ("delivered", "deliver", Side.OTHER): "delivered",
    ("delivered", "withdraw", Side.OTHER): "withdrawn",
    ("delivered", "settle", Side.CLOCK): "settled",
    ("disputed", "deliver", Side.TURN): "delivered",
    ("disputed", "confirm", Side.OTHER): "settled",
    ("disputed", "resolve", Side.MAKER): "settled",
    ("disputed", "void", Side.MAKER): "void",
}
RECORDED_ONLY = {("delivered", "withdraw")}
"""What was recorded after the fact can be taken back; what was agreed beforehand is corrected instead."""

LONGEST_EXCHANGE = 100 * 60
LARGEST_EXPENSE = 1_000_000
LONGEST_TITLE = 120
LONGEST_REASON = 2000
LONGEST_PLACE = 200
LONGEST_THANKS = 500
OUTCOMES = ("said", "adjusted", "void")
PLACES = ("", "giver", "receiver", "somewhere", "remote")
FURTHEST_MEETING = timedelta(days=366)
OLDEST_EXCHANGE = timedelta(days=366)
EARLIEST = timedelta(days=1)
"""How long before the moment agreed something may be said to be done: plans change by a day, not by a week."""
CONTACTS_LAST = timedelta(days=14)
CONTACTS_GO = N_("Where people meet goes with their telephone and address, two weeks after it is over, everywhere.")
"""Why no community says otherwise."""
WORDS_LAST = timedelta(days=30)


@dataclass(frozen=True)
class Terms:
    """What two parties agree on: when, how long (minutes) or as a gift, who comes, where, and what it costs (cents)."""

    starts_at: datetime | None = None
    minutes: int | None = None
    gift: bool = False
    adult_id: int | None = None
    place: str = ""
    place_words: str = ""
    expense_cents: int = 0
    expense_words: str = ""
    second_id: int | None = None


class NotNow(Stale):
    """The agreement is not where the person believed it to be."""


def not_now() -> NotNow:
    """The error for a step that the present state does not allow, or for a form opened before a change."""
    return NotNow(
        N_("Something changed here in the meantime."),
        advice=N_("This is how things stand now: look at it again, and decide."),
    )


def side_of(turn_id: int, party_id: int) -> Side:
    """The side on which a party of the agreement stands."""
    return Side.TURN if party_id == turn_id else Side.OTHER


def next_state(state: str, verb: str, side: Side, way: str = "post") -> str:
    """Where `verb` by `side` leads from `state`. Raises NotNow when it leads nowhere."""
    target = TRANSITIONS.get((state, verb, side))
    if target is None or ((state, verb) in RECORDED_ONLY and way != "recorded"):
        raise not_now()
    return target


def verbs_for(state: str, side: Side, way: str) -> tuple[str, ...]:
    """What a side can do now, in the order of the table."""
    return tuple(
        verb
        for (from_state, verb, by), _ in TRANSITIONS.items()
        if from_state == state and by == side and not ((state, verb) in RECORDED_ONLY and way != "recorded")
    )


def reserved_minutes(*, way: str, state: str, gift: bool, minutes: int, said_by_receiver: bool) -> int:
    """What an agreement holds back of the receiver's hours, in minutes.

    From the yes on it holds what was agreed; recorded after the fact it holds what the receiver said, and nothing of
    what only the giver said (domain, Time credits 2).
    """
    if gift or state not in ("accepted", "delivered", "disputed"):
        return 0
    if way == "recorded":
        return minutes if said_by_receiver else 0
    return minutes


# ---------------------------------------------------------------- what may be seen and said


def contacts_visible(accepted_at: datetime | None, ended_at: datetime | None, now: datetime) -> bool:
    """Whether the two parties see each other's telephone and address: from the yes until two weeks after the end."""
    if accepted_at is None:
        return False
    return ended_at is None or now < ended_at + CONTACTS_LAST


def may_write(state: str, ended_at: datetime | None, now: datetime) -> bool:
    """Whether the two parties may still write: while it is open, and for a month after an exchange or its failure.

    A proposal that was declined or taken back is over at once, so that nobody is followed by words.
    """
    if state in ("declined", "withdrawn"):
        return False
    return ended_at is None or now < ended_at + WORDS_LAST


def keeping(agreement_id: int) -> str:
    """The name of the answer that lets an agreement stand when one of its parties blocks the other."""
    return f"keep-{agreement_id}"


# ---------------------------------------------------------------- what people type


def check_minutes(minutes: int | None, *, gift: bool, field: str = "minutes") -> int:
    """The minutes agreed or said; a gift may say none. Raises Invalid."""
    if minutes is None or minutes == 0:
        if gift:
            return 0
        raise Invalid(N_("Say how long it takes."), field=field)
    if minutes < 0 or minutes > LONGEST_EXCHANGE:
        raise Invalid(N_("Choose a time between 1 minute and 100 hours."), field=field)
    return minutes


def check_terms(terms: Terms, now: datetime) -> int:
    """See that the terms make sense, and give their minutes: 0 for a gift. Raises Invalid at the field."""
    if terms.starts_at is not None and terms.starts_at <= now:
        raise Invalid(N_("This moment has already passed. Choose one that is still to come."), field="starts_at")
    if terms.starts_at is not None and terms.starts_at > now + FURTHEST_MEETING:
        raise Invalid(N_("That is more than a year away. Choose a nearer day."), field="starts_at")
    if terms.place not in PLACES:
        raise Invalid(N_("Choose one of the places."), field="place")
    check_expense(terms.expense_cents)
    return 0 if terms.gift else check_minutes(terms.minutes, gift=False)


def check_expense(cents: int) -> None:
    """Euro cents agreed beside the hours. Raises Invalid."""
    if not 0 <= cents <= LARGEST_EXPENSE:
        raise Invalid(N_("Write an amount between 0 and 10,000 euro."), field="expense")


def check_happened(day: date, today: date, *, field: str = "happened_on") -> None:
    """See that an exchange to be recorded lies in the past, within a year. Raises Invalid at `field`."""
    if day > today:
        raise Invalid(N_("This day is still to come. Record what has already taken place."), field=field)
    if day < today - OLDEST_EXCHANGE:
        raise Invalid(N_("That was more than a year ago. For older hours, talk to a maker."), field=field)


def check_reason(words: str, *, field: str = "reason") -> str:
    """A reason that the other side will read. Raises Invalid."""
    reason = words.strip()
    if not reason:
        raise Invalid(N_("Say why in a few words: the other side will read it."), field=field)
    return check_length(reason, LONGEST_REASON, field=field)


def check_title(words: str) -> str:
    """What an exchange was, in a few words. Raises Invalid."""
    title = words.strip()
    if not title:
        raise Invalid(N_("Say what it was, in a few words."), field="title")
    return check_length(title, LONGEST_TITLE, field="title")


def check_length(words: str, most: int, *, field: str) -> str:
    """Words that are not too long. Raises Invalid."""
    if len(words) > most:
        raise Invalid(N_("This is too long: %(most)s characters at most."), field=field, most=most)
    return words


def is_near(starts_at: datetime | None, now: datetime) -> bool:
    """Whether it may have been done by now: the moment agreed is at most a day away, or there was none."""
    return starts_at is None or starts_at - now <= EARLIEST


def check_near(starts_at: datetime | None, now: datetime) -> None:
    """Nobody has done what is agreed for another day. Raises Refused."""
    if not is_near(starts_at, now):
        raise Refused(
            N_("The moment you agreed on is more than a day away."),
            advice=N_("If you did it on another day, call this one off and record the exchange as it was."),
        )


def check_missed(starts_at: datetime | None, now: datetime) -> None:
    """Nobody has missed a meeting that is still to come. Raises Refused."""
    if starts_at is not None and starts_at > now:
        raise Refused(N_("The meeting is still to come."), advice=N_("If you cannot make it, call it off and say why."))


# ---------------------------------------------------------------- the drawing


def diagram() -> str:
    """The table as a Mermaid state diagram: one arrow for each pair of states and verb, with who may."""
    return "\n".join(["stateDiagram-v2", *_arrows(), *(f"    {state} --> [*]" for state in ENDED)])


def _arrows() -> Iterable[str]:
    by: dict[tuple[str, str, str], list[str]] = {}
    for (state, verb, side), target in TRANSITIONS.items():
        by.setdefault((state or "[*]", target, verb), []).append(side.value)
    for (state, target, verb), sides in by.items():
        note = ", recorded only" if (state, verb) in RECORDED_ONLY else ""
        yield f"    {state} --> {target}: {verb} ({' or '.join(sides)}{note})"
