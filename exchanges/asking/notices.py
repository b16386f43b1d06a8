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
STILL_TO_READ = Notice(
    "asking:silent",
    N_("%(who)s waits for a word from you"),
    (N_("%(who)s wrote to you some days ago. Two words are enough, also to say not now."), N_("We do not ask again.")),
    N_("Read and answer"),
    topic="reminders",
)
NOTICES = (NEW_WORDS, STILL_TO_READ)
