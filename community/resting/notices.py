"""What quiet members are told."""

from community.notifications.rules import Notice
from foundation.errors import N_

STILL_HERE = Notice(
    "resting:still_here",
    N_("How are you? We have not heard from you in %(community)s for a while"),
    (
        N_("It has been quiet for some months, and that is perfectly all right."),
        N_("If you like, tell us in one tap: all is well, I would rather rest for a while, or I would like to leave."),
        N_("Your hours stay yours, whatever you choose."),
    ),
    N_("Answer in one tap"),
    topic="household",
)
RESTING = Notice(
    "resting:resting",
    N_("We let you rest for now in %(community)s"),
    (
        N_("As we did not hear from you, your neighbours do not see or ask you for the moment."),
        N_("Nothing is lost: one tap, and you are back with everything you had."),
    ),
    N_("I am back"),
    topic="household",
)
RESTING_TOLD = Notice(
    "resting:told",
    N_("You rest for now in %(community)s"),
    (
        N_("%(maker)s wrote down that you would rather rest for a while: your neighbours do not see or ask you now."),
        N_("Is that not so? One tap, and you are back with everything you had."),
    ),
    N_("I am back"),
    topic="household",
)
NOTICES = (STILL_HERE, RESTING, RESTING_TOLD)
