"""What makes somebody look: in a text, in how often strangers are asked, in how hours go round. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+\.[a-z]{2,}"  # an e-mail address
    r"|(?<![\w])(?:\+|00)\d[\d\s./-]{7,}\d"  # a number with the code of a country
    r"|(?<![\w])3\d{2}[\s./-]?\d{3}[\s./-]?\d{3,4}(?!\w)"  # a mobile number
    r"|(?<![\w])0\d{1,3}[\s./-]\d{5,8}(?!\w)",  # a telephone at home
    re.IGNORECASE,
)
MONEY = re.compile(
    r"€\s?\d|\d\s?€|\b\d+(?:[.,]\d+)?\s*eur[oi]?\b|\biban\b|\bpaypal\b|\bsatispay\b|\bbonifico\b|\bin contanti\b"
    r"|\bpostepay\b|\bcash\b",
    re.IGNORECASE,
)

A_DAY = timedelta(days=1)
NEW_FOR = timedelta(days=30)
"""So long an account is new."""
MOST_STRANGERS = 10
"""So many people one never exchanged with may be asked in a day before somebody looks."""
WINDOW = timedelta(days=30)
MUCH = 20 * 60
"""Minutes that two parties may move between them in the window before somebody looks."""
ROUND = 5 * 60
"""Minutes on every side of a circle, in the window, that make somebody look."""
AGAIN_AFTER = timedelta(days=60)
"""The same sign about the same thing does not come twice in this time."""


@dataclass(frozen=True)
class Flow:
    """What moved between an account and another in the window, in minutes."""

    given: int = 0
    received: int = 0


def in_text(words: str) -> str:
    """The sign that a text gives: `contact`, `money`, or none."""
    if CONTACT.search(words):
        return "contact"
    return "money" if MONEY.search(words) else ""


def in_flows(giver: int, receiver: int, flows: Mapping[int, Mapping[int, Flow]]) -> tuple[str, dict[str, int]]:
    """The sign that the hours of two accounts give, with what was counted; none where all is as usual.

    A circle may close between the two, or over a third: the giver gave to the receiver, who gave to somebody who gave
    to the giver, much each time and nearly the same.
    """
    between = flows.get(giver, {}).get(receiver, Flow())
    if min(between.given, between.received) >= 2 * ROUND:
        return "circular", {"parties": 2, "moved_minutes": between.given + between.received}
    for third, onward in flows.get(receiver, {}).items():
        back = flows.get(giver, {}).get(third, Flow()).received
        around = (between.given, onward.given, back)
        if third != giver and min(around) >= ROUND and max(around) * 3 <= min(around) * 4:
            return "circular", {"parties": 3, "moved_minutes": sum(around)}
    if between.given + between.received >= MUCH:
        return "sudden", {"moved_minutes": between.given + between.received}
    return "", {}
