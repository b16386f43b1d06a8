"""What is told of words between somebody and the makers: never what they are about."""

from community.notifications.rules import ACCOUNT, Notice
from foundation.errors import N_

_SUBJECT = N_("The makers have written to you")
_LINE = N_("There are words for you from the makers. You can answer them there.")

FROM_MAKERS = Notice("speaking:from_makers", _SUBJECT, (_LINE,), N_("Read and answer"), topic="messages")
FROM_MAKERS_AWAY = Notice("speaking:from_makers_away", _SUBJECT, (_LINE,), N_("Read and answer"), topic=ACCOUNT)
"""The same for who is paused or excluded, to whom only letters still go."""
TO_MAKERS = Notice(
    "speaking:to_makers",
    N_("Somebody has written to the makers"),
    (N_("It is about a case on the desk. Please read it, and answer."),),
    N_("Read and answer"),
    topic="makers",
)
NOTICES = (FROM_MAKERS, FROM_MAKERS_AWAY, TO_MAKERS)
