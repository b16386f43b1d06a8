"""What people hear about posts that answer a search they keep."""

from community.notifications.rules import Notice
from foundation.errors import N_

FOUND = Notice(
    "searches:found",
    N_("New on the board: %(title)s"),
    (
        N_("“%(title)s” has just come up, and it answers one of your searches."),
        N_("If it is for you, answer soon: others may be looking for the same."),
    ),
    N_("Look at it"),
    topic="posts",
    asked_for=True,
)

LAST_FOUND = Notice(
    "searches:found_last",
    FOUND.subject,
    (
        *FOUND.body,
        N_("A lot is coming up today: so as not to fill your letter box, we send the rest together in the morning."),
    ),
    FOUND.link,
    topic="posts",
    asked_for=True,
)
"""In place of FOUND for the last letter at once of a day."""

FOUND_TODAY = Notice(
    "searches:found_daily",
    N_("New on the board for your searches: %(number)s"),
    (
        N_("Since yesterday there is something new for the searches you keep."),
        N_("You choose for each search whether we write at once, in the morning, or not at all."),
    ),
    N_("Look at your searches"),
    topic="posts",
    asked_for=True,
)

NOTICES = (FOUND, LAST_FOUND, FOUND_TODAY)
