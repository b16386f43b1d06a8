"""What the keepers of a center are told of its activities."""

from community.notifications.rules import Notice
from foundation.errors import N_

_LINK = N_("Look at it")
NO_ROOM = Notice(
    "activities:no_room",
    N_("Dates without a room: %(activity)s"),
    (
        N_("%(center)s: the room is not free for %(number)s of its dates, the first %(starts_at)s."),
        N_("They take place all the same: choose another room or another time."),
    ),
    _LINK,
    topic="centers",
)
FEW = Notice(
    "activities:few",
    N_("Few people so far: %(activity)s"),
    (
        N_("%(center)s, %(starts_at)s: %(taken)s enrolled so far, and it needs %(least)s."),
        N_("If it is not to take place, call it off there: whoever is enrolled is told."),
    ),
    _LINK,
    topic="centers",
)
NOTICES = (NO_ROOM, FEW)
