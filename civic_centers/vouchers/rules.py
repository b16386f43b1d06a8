"""What vouchers may be for, and what is said of one that is not good. No database, no clock, and no hours anywhere."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from civic_centers.sponsors.rules import (
    LONGEST_REASON,
    LONGEST_SPAN,
    check_cents,
    must_say,
    tidy,
)
from foundation.errors import N_, Invalid, Refused, Stale

PURPOSE = "voucher"
"""Of the tokens."""
KINDS = ("goods", "discount")
PERIODS = ("all", "month")
WHYS = ("need", "thanks")
MOST = 1000
LONGEST_WORDS, LONGEST_PLACE = 200, 200
UNDO_FOR = timedelta(minutes=10)
"""So long the shop may take a slip of the thumb back."""
REMIND_BEFORE = timedelta(days=7)


@dataclass(frozen=True)
class Wish:
    """What an organisation gives away. Cents are euro cents, `most` so many in all or in each month."""

    kind: str
    words: str
    most: int
    until_on: date
    value_cents: int | None = None
    per: str = "all"
    place: str = ""
    conditions: str = ""


class NotGood(Stale):
    """The code opens nothing here. Who does not act for the very shop learns no more than that."""

    WORDS = {
        "": (
            N_("This code opens nothing here."),
            N_("Look at it once more. It works only for the shop it was made for."),
        ),
        "expired": (N_("Its last day is over: it is good no more."), N_("A maker can give another.")),
        "called_back": (N_("It is good no more."), N_("Who brought it may ask a maker: please give nothing for it.")),
    }

    def __init__(self, state: str = "") -> None:
        message, advice = self.WORDS[state]
        super().__init__(message, advice=advice)
        self.state = state


class RedeemedBefore(Stale):
    """Somebody was faster, perhaps at the other telephone of the shop."""

    def __init__(self, at: datetime) -> None:
        super().__init__(
            N_("It was redeemed already: %(redeemed_at)s."),
            advice=N_("It counts once. Please give nothing more for it."),
            redeemed_at=at,
        )
        self.at = at


class NoneLeft(Refused):
    """All of them are given."""

    def __init__(self) -> None:
        super().__init__(
            N_("All of them are given for now."), advice=N_("Choose another, or ask the shop whether it gives more.")
        )


class NotForThem(Refused):
    """Somebody stands on both sides, or wants nothing to do with the other; which, is not told."""

    def __init__(self) -> None:
        super().__init__(
            N_("This voucher cannot be given to them by you."),
            advice=N_("Choose another voucher, or ask another maker to give it."),
        )


def check_wish(wish: Wish, today: date) -> None:
    """Raises Invalid at the field that is wrong."""
    if wish.kind not in KINDS:
        raise Invalid(N_("Choose what you give."), field="kind")
    if wish.per not in PERIODS:
        raise Invalid(N_("Choose in all or each month."), field="per")
    must_say(wish.words, LONGEST_WORDS, "words")
    tidy(wish.place, LONGEST_PLACE, "place")
    tidy(wish.conditions, LONGEST_REASON, "conditions")
    check_cents(wish.value_cents, "value")
    if not 1 <= wish.most <= MOST:
        raise Invalid(N_("From 1 to %(most)s."), field="most", most=MOST)
    if wish.until_on < today:
        raise Invalid(N_("This day is over already."), field="until_on")
    if wish.until_on - today > LONGEST_SPAN:
        raise Invalid(N_("Three years at most: it can be offered again."), field="until_on")


def check_why(why: str) -> None:
    """Raises Invalid for anything but need or thanks: never for hours."""
    if why not in WHYS:
        raise Invalid(N_("Choose why: for need, or to thank. Never for hours."), field="why")


def period_of(per: str, today: date) -> str:
    """Out of which stock one is given on a day: `2027-01`, or `all`."""
    return f"{today.year:04d}-{today.month:02d}" if per == "month" else "all"
