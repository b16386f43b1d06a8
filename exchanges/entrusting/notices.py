"""What stands in the conversation when it was said for whom: that it was, never who; and a letter to other adults."""

from community.notifications.rules import Notice
from foundation.errors import N_

SAID = N_("%(who)s said for whom it is.")

FOR_AN_ADULT = Notice(
    "entrusting:for_an_adult",
    N_("One of you said that help is for an adult"),
    (N_("Then nobody is asked who else must say yes. If it is not so, say for whom it is, or call it off."),),
    N_("See it"),
    topic="household",
)
NOTICES = (FOR_AN_ADULT,)
