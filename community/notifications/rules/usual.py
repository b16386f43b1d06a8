"""How people are told who have chosen nothing: by role, in one table."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from community.notifications.rules.topics import ACCOUNT, TOPICS

NOW, LATER = "at_once", "digest"


@dataclass(frozen=True)
class Usual:
    """The way of each topic, and the rhythm: when the summary comes, and how much goes out in a day."""

    messages: str
    exchanges: str
    reminders: str
    posts: str
    centers: str
    news: str
    household: str
    makers: str
    digest: str
    weekday: int
    """Monday is 1; for who gets the summary once a week."""
    hour: int
    most_a_day: int


# fmt: off
USUAL: Mapping[str, Usual] = MappingProxyType({
    #                       messages exchanges reminders  posts  centers news  household makers summary   on  at  a day
    "maker":         Usual(NOW,     NOW,      NOW,       LATER, NOW,    NOW,  NOW,      NOW,   "daily",  7,  18, 10),
    "operator":      Usual(NOW,     NOW,      NOW,       LATER, NOW,    NOW,  NOW,      NOW,   "daily",  7,  18, 10),
    "administrator": Usual(NOW,     NOW,      NOW,       LATER, NOW,    NOW,  NOW,      LATER, "daily",  7,  8,  5),
    "organisation":  Usual(NOW,     NOW,      LATER,     LATER, NOW,    NOW,  LATER,    LATER, "daily",  1,  9,  5),
    "member":        Usual(NOW,     NOW,      NOW,       LATER, NOW,    NOW,  NOW,      LATER, "weekly", 7,  18, 5),
})
# fmt: on
"""By role, the one that decides first. A maker, or who sits at the desk, hears of their work at once, and of the rest
every evening. Who runs the community reads what concerns makers before the day begins: a broadcast to approve does not
wait a week. A shop reads its letters in the morning, all in one; only who writes to it, what it agreed upon and what
makers write to many come by themselves. A member looks at the week on Sunday evening. What is urgent, and a meeting
people count on, breaks through."""


def usual_for(roles: Collection[str]) -> Usual:
    """The line of the table for somebody of these roles."""
    return USUAL[next((role for role in USUAL if role in roles), "member")]


def usual_way(topic: str, roles: Collection[str]) -> str:
    """How a topic is told to somebody of these roles who has chosen nothing for it: `at_once`, `digest` or `app`."""
    if topic not in TOPICS:
        raise KeyError(topic)
    return NOW if topic == ACCOUNT else str(getattr(usual_for(roles), topic))
