"""What questions about posts may send."""

from community.notifications.rules import Notice
from foundation.errors import N_

NEW_WORDS = Notice(
    "asking:message",
    N_("%(who)s wrote to you"),
    (N_("There is a new message for you."),),
    N_("Read and answer"),
    topic="messages",
)
NOTICES = (NEW_WORDS,)
