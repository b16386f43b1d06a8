"""What people are told of centers they keep."""

from community.notifications.rules import Notice
from foundation.errors import N_

KEEPER_GIVEN = Notice(
    "centers:keeper_given",
    N_("You keep %(center)s"),
    (
        N_("From now on you can change its page and its hours, book its rooms, answer who asks for one, and its wall."),
        N_("Your name stands on the public page only if you say so there."),
    ),
    N_("Look at the center"),
    topic="centers",
)
KEEPER_ENDED = Notice(
    "centers:keeper_ended",
    N_("You no longer keep %(center)s"),
    (
        N_("A maker has ended it. Everything you did there stays as it was: thank you."),
        N_("To know why, speak with a community maker."),
    ),
    N_("Look at the center"),
    topic="centers",
)
NOTICES = (KEEPER_GIVEN, KEEPER_ENDED)
