"""What notices are about, and how each is told to whom who has chosen nothing."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from foundation.errors import N_

DIGEST = "digest"
"""Not a topic of notices: the summary, by which who wants none ends it."""
ACCOUNT = "account"
"""Letters about one's own account: they go at once, by e-mail, whatever was chosen."""

TOPICS: Mapping[str, str] = MappingProxyType(
    {
        ACCOUNT: N_("Your account: links to sign in, new devices"),
        "messages": N_("Messages from other people"),
        "exchanges": N_("Your exchanges: answers, changes, what to confirm"),
        "reminders": N_("Reminders: tomorrow, something that ends soon"),
        "posts": N_("The board: your posts, and what you look for"),
        "centers": N_("Civic centers: what you asked for, keep or take part in"),
        "news": N_("What makers write to many: news, changes, invitations"),
        "household": N_("Your household, and your place in the community"),
        "makers": N_("The work of makers"),
    }
)
"""By name, in the words of the page where people choose, those that matter most first."""

HOW: Mapping[str, str] = MappingProxyType(
    {
        "at_once": N_("At once"),
        "digest": N_("In the summary"),
        "app": N_("Only here, no letters"),
    }
)

_MEMBER = MappingProxyType(
    {
        "messages": "at_once",
        "exchanges": "at_once",
        "reminders": "at_once",
        "posts": "digest",
        "centers": "at_once",
        "news": "at_once",
        "household": "at_once",
        "makers": "digest",
    }
)
_BY_ROLE: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "maker": MappingProxyType({**_MEMBER, "makers": "at_once"}),
        "administrator": _MEMBER,
        "organisation": MappingProxyType({**_MEMBER, "reminders": "digest", "household": "digest"}),
        "member": _MEMBER,
    }
)
"""Makers are told of their work at once; who only runs the community, or acts for an organisation, reads it in the
summary. What is urgent breaks through."""


def usual_way(topic: str, roles: Collection[str]) -> str:
    """How a topic is told to somebody of these roles who has chosen nothing for it: `at_once`, `digest` or `app`."""
    if topic == ACCOUNT:
        return "at_once"
    role = next((role for role in _BY_ROLE if role in roles), "member")
    return _BY_ROLE[role][topic]
