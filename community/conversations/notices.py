"""What conversations may send. Never a word of what was written, nor what it is about."""

from community.notifications.rules import Notice
from foundation.errors import N_

NEW_DIRECT = Notice(
    "conversations:message",
    N_("%(who)s wrote to you"),
    (N_("There is a new message for you."),),
    N_("Read and answer"),
    topic="messages",
)
NOTICES = (NEW_DIRECT,)
