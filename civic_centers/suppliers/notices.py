"""What people are told of being in charge of purchasing."""

from community.notifications.rules import Notice
from foundation.errors import N_

PURCHASER_GIVEN = Notice(
    "suppliers:purchaser_given",
    N_("You are in charge of purchasing in %(zone)s"),
    (
        N_("From now on you can write down suppliers there, take in their lists, and say what things cost."),
        N_("If you are related to a supplier, say so on its page: everybody reads it, and nobody wonders."),
    ),
    N_("Look at the suppliers"),
    topic="centers",
)
PURCHASER_ENDED = Notice(
    "suppliers:purchaser_ended",
    N_("You are no longer in charge of purchasing in %(zone)s"),
    (
        N_("A maker has ended it. Everything you did stays as it was: thank you."),
        N_("To know why, speak with a community maker."),
    ),
    N_("Look at the suppliers"),
    topic="centers",
)
NOTICES = (PURCHASER_GIVEN, PURCHASER_ENDED)
