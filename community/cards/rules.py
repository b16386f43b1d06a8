"""What a membership card says, and what is refused without one. Money is whole euro cents."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from foundation.errors import N_, Invalid

LONGEST_NUMBER = 20
LONGEST_REASON = 500
LARGEST_FEE = 100_000
LONGEST_MEMBERSHIP = timedelta(days=3 * 366)
REMIND_BEFORE = (30, 7)
"""Days before the last one on which people are reminded, once each."""


@dataclass(frozen=True)
class NewCard:
    """What is recorded of one period of membership; an empty number keeps the one the person has, or takes the next."""

    number: str
    since: date
    until: date
    insured_until: date | None = None
    fee_cents: int = 0
    paid_on: date | None = None


@dataclass(frozen=True)
class NewInsurance:
    """Until when the insurance is renewed inside a card that holds, and what was paid for it."""

    until: date
    fee_cents: int = 0
    paid_on: date | None = None


class Period(Protocol):
    """From which day to which something holds."""

    @property
    def since(self) -> date: ...

    @property
    def until(self) -> date: ...


class NoCard(Invalid):
    """The community asks for a membership card before giving, and this person holds none that day."""

    def __init__(self) -> None:
        super().__init__(
            N_("In this community who gives needs a membership card, and there is none that holds on that day."),
            field="adult",
            advice=N_("A maker of the zone records it in a minute. Receiving needs no card."),
        )


def checked_card(card: NewCard, today: date) -> NewCard:
    """The card with a tidy number. Raises Invalid, naming the field."""
    number = " ".join(card.number.split())
    if len(number) > LONGEST_NUMBER:
        raise Invalid(N_("This is too long: %(longest)s letters at most."), field="number", longest=LONGEST_NUMBER)
    if card.until < card.since:
        raise Invalid(N_("The last day comes before the first."), field="until")
    if card.until - card.since > LONGEST_MEMBERSHIP:
        raise Invalid(N_("Three years at most: then it is renewed."), field="until")
    if not 0 <= card.fee_cents <= LARGEST_FEE:
        raise Invalid(N_("That is a large fee: is it written right?"), field="fee")
    if card.fee_cents and card.paid_on is None:
        raise Invalid(N_("On which day was it paid?"), field="paid_on")
    if card.paid_on is not None and card.paid_on > today:
        raise Invalid(N_("This day has not come yet."), field="paid_on")
    if card.insured_until is not None and card.insured_until < card.since:
        raise Invalid(N_("The insurance ends before the card begins."), field="insured_until")
    return NewCard(number, card.since, card.until, card.insured_until, card.fee_cents, card.paid_on)


class Insured(Protocol):
    """What says until when somebody is insured."""

    @property
    def insured_until(self) -> date | None: ...


def last_insured(cards: Iterable[Insured]) -> date | None:
    """The last day of the insurance, over all that holds; None for none."""
    return max((card.insured_until for card in cards if card.insured_until is not None), default=None)


def checked_insurance(new: NewInsurance, last: date | None, today: date) -> NewCard:
    """The time that is paid for now: from the day after the last one, or today. Raises Invalid, naming the field."""
    since = max(last + timedelta(days=1), today) if last is not None else today
    if new.until < since:
        raise Invalid(N_("It is insured for longer than that already, or the day is past."), field="insured_until")
    try:
        return checked_card(NewCard("", since, new.until, new.until, new.fee_cents, new.paid_on), today)
    except Invalid as error:
        if error.field == "until":
            error.field = "insured_until"
        raise


def check_no_overlap(card: Period, others: Iterable[Period]) -> None:
    """Raises Invalid at `since` for a period in which the person holds a card already."""
    if any(other.since <= card.until and card.since <= other.until for other in others):
        raise Invalid(N_("There is a card for some of these days already."), field="since")


def next_number(numbers: Iterable[str]) -> str:
    """The number after the greatest that is only figures."""
    return str(max((int(number) for number in numbers if number.isascii() and number.isdigit()), default=0) + 1)


def days_left(until: date, today: date) -> int | None:
    """Which of the reminders is due, in days before the last one; None when none is.

    A reminder that nobody sent on its day is sent late, but never after the next one is due.
    """
    left = (until - today).days
    due = [days for days in REMIND_BEFORE if left <= days]
    return min(due) if due and left >= 0 else None
