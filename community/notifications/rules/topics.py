"""What notices are about, and in which ways each may be told."""

from collections.abc import Mapping
from types import MappingProxyType

from foundation.errors import N_

DIGEST = "digest"
"""Not a topic of notices: the summary, by which who wants none ends it."""
ACCOUNT = "account"
"""Letters about one's own account: they go by e-mail, whatever was chosen."""

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
        "makers": N_("The work of makers and of the desk"),
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
