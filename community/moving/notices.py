"""What is said to who moves to another community, and to who may come along."""

from community.notifications.rules import Notice
from foundation.errors import N_

LET_IN = Notice(
    "moving:let_in",
    N_("%(community)s says yes: one step more"),
    (
        N_("The makers of %(community)s have let you in. What you wished to take along is there."),
        N_("Nothing has changed in %(here)s. Say goodbye there when you are ready, or stay: you choose."),
    ),
    N_("See what comes next"),
    topic="household",
)
COME_ALONG = Notice(
    "moving:come_along",
    N_("%(who)s asks whether you come along"),
    (
        N_("%(who)s would like to move to %(community)s, and wishes that you share one household there too."),
        N_("You choose by yourself, and in peace. If you do nothing, nothing changes for you."),
    ),
    N_("Look at it"),
    topic="household",
)
NOTICES = (LET_IN, COME_ALONG)
