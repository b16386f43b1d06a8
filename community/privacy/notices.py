"""What is told about one's own data."""

from community.notifications.rules import Notice
from foundation.errors import N_

READY = Notice(
    "privacy:ready",
    N_("Your file is ready"),
    (
        N_("The file with everything about you can be fetched for a week."),
        N_("If you did not ask for it, change your password and call a maker of your zone."),
    ),
    N_("Fetch the file"),
    topic="account",
    waited_for=True,
)

NOTICES = (READY,)
