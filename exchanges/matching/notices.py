"""What matching tells people: that the author of a post thought of them."""

from community.notifications.rules import Notice
from foundation.errors import N_

COULD_YOU = Notice(
    "matching:asked",
    N_("%(who)s asks whether you could: %(title)s"),
    (
        N_("%(who)s has written “%(title)s” and thought of you."),
        N_("Answer only if it suits you. If it does not, you need do nothing: nobody is told."),
    ),
    N_("Look at it"),
    topic="exchanges",
)

NOTICES = (COULD_YOU,)
