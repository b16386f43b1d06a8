"""How many cheques stand on a sheet, until when they are good, and what is said of one that is not."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from community.leaving.rules import COOLING_OFF
from exchanges.ledger.rules import BelowFloor
from foundation import clock
from foundation.errors import N_, Invalid, Refused, Stale

PURPOSE = "time_cheque"
"""Of the tokens."""
KIND = "time_cheque"
"""As what the ledger and the record know a cheque."""
SHEET = "cheque_sheet"
MOST_CHEQUES = 12
REMIND_BEFORE = timedelta(days=14)
"""Before their last day the issuer is reminded, once: whoever holds one is met at the market or at church within two
weeks, and who has no telephone can be called in turn. No cheque is good for less than a month."""
OWED_FOR = COOLING_OFF
"""How long a cheque is still redeemed once nobody of its issuer is there. The two weeks in which a leaver comes back:
their hours do not move before, so nobody waits longer for it than anyway."""
SHORTEST, LONGEST = 5, 8 * 60
"""Minutes on one cheque."""


@dataclass(frozen=True)
class Wanted:
    """A sheet to be printed: how many cheques, and the minutes of each."""

    count: int
    minutes: int


class NotGood(Stale):
    """The cheque is good no more; `state` says why, and is empty for a code that nobody knows."""

    WORDS = {
        "": (
            N_("This code is not that of a good cheque."),
            N_("Look at it once more. If it is right, it is old: ask who gave it to you for another."),
        ),
        "redeemed": (
            N_("This cheque was redeemed already: it counts once."),
            N_("If it was not you, talk to who gave it to you, or to a maker."),
        ),
        "voided": (
            N_("This cheque is no longer good: who printed it has declared it void."),
            N_("Ask who gave it to you for another, or record the exchange: they confirm it."),
        ),
        "expired": (
            N_("This cheque is no longer good: its day is over."),
            N_("Ask who gave it to you for another, or record the exchange: they confirm it."),
        ),
        "stopped": (
            N_("This cheque is no longer good: who printed it is not here any more, and two weeks have passed."),
            N_("Did you help them before? Tell a maker of your zone: the community fund can give you the hours."),
        ),
        "elsewhere": (
            N_("This cheque is of another community."),
            N_("Redeem it there, or talk to a maker."),
        ),
    }

    def __init__(self, state: str = "") -> None:
        message, advice = self.WORDS[state]
        super().__init__(message, advice=advice)
        self.state = state


class HelpedTooLate(Invalid):
    """Who printed the cheque is away: only what was done before that is still owed."""

    def __init__(self, day: date) -> None:
        super().__init__(
            N_("Who printed this cheque has been away since %(since_on)s: it is good for help given up to that day."),
            field="happened_on",
            advice=N_("Was it before? Then change the day. If not, talk to a maker of your zone."),
            since_on=day,
        )


class OwnCheque(Refused):
    """Nobody helps themselves."""

    def __init__(self) -> None:
        super().__init__(
            N_("This is a cheque of your own: whoever helps you redeems it."),
            advice=N_("Give it to who gives you a hand. Do you not need it any more? Declare it void."),
        )


class PrintedForOthers(Refused):
    """Who printed it in somebody's place does not take its hours: the paper would be their own word."""

    def __init__(self) -> None:
        super().__init__(
            N_("Somebody of you printed this cheque in their place, so it is for others to redeem."),
            advice=N_("Record the exchange instead: they say yes with their card, or to another maker."),
        )


def check_wanted(wanted: Wanted) -> None:
    """Raises Invalid, naming the field."""
    if not 1 <= wanted.count <= MOST_CHEQUES:
        raise Invalid(N_("Print from 1 to %(most)s cheques at a time."), field="count", most=MOST_CHEQUES)
    if not SHORTEST <= wanted.minutes <= LONGEST:
        raise Invalid(
            N_("A cheque is good for %(least_minutes)s at least, and for %(most_minutes)s at most."),
            field="minutes",
            least_minutes=SHORTEST,
            most_minutes=LONGEST,
        )


def check_room(wanted: Wanted, standing: int, most: int) -> None:
    """See that no more stands on open cheques than the community wishes; all in minutes. Raises Refused."""
    if not most:
        raise Refused(
            N_("In this community there are no time cheques."),
            advice=N_("Record the exchange once it is made: it takes a minute."),
        )
    if standing + wanted.count * wanted.minutes > most:
        raise Refused(
            N_("With these, more than %(most_minutes)s would stand on cheques: for now %(left_minutes)s more fit."),
            advice=N_("Print fewer, or declare void those you no longer need."),
            most_minutes=most,
            left_minutes=max(most - standing, 0),
        )


def check_balance(wanted: Wanted, left: int) -> None:
    """See that the balance can set the hours aside, in minutes. Raises BelowFloor, saying what to do about it."""
    if wanted.count * wanted.minutes > left:
        raise BelowFloor(
            N_("These cheques are worth %(asked_minutes)s, and your balance has room for %(left_minutes)s."),
            advice=N_("Print fewer, or of less time each."),
            asked_minutes=wanted.count * wanted.minutes,
            left_minutes=max(left, 0),
        )


def owed_until(stopped_at: datetime, ends_at: datetime) -> datetime:
    """The first moment at which a cheque is good no more whose issuer has been away since `stopped_at`."""
    return min(stopped_at + OWED_FOR, ends_at)


def check_was_owed(happened_on: date, stopped_on: date) -> None:
    """See that the help was given before nobody of the issuer was there. Raises HelpedTooLate."""
    if happened_on > stopped_on:
        raise HelpedTooLate(stopped_on)


def end_of(today: date, months: int, zone: str) -> datetime:
    """The first moment at which a cheque printed today is good no more: the last day is whole."""
    return clock.start_of_day(today + relativedelta(months=months) + timedelta(days=1), zone)
