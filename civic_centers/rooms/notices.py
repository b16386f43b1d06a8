"""What people are told of rooms they asked for, and keepers of who asks."""

from community.notifications.rules import Notice
from foundation.errors import N_

_WHERE = N_("%(room)s, %(center)s: %(starts_at)s.")
_WHY = N_("The people of the center say why on its page.")
_LINK = N_("Look at it")
ASKED = Notice(
    "rooms:asked",
    N_("Somebody asks for a room: %(center)s"),
    (_WHERE, N_("They wait for a yes or a no from one of you.")),
    N_("Answer"),
    topic="centers",
)
ACCEPTED = Notice(
    "rooms:accepted",
    N_("The room is yours: %(center)s"),
    (_WHERE, N_("If you need it no more, give it back in time: somebody else will be glad.")),
    _LINK,
    topic="centers",
)
DECLINED = Notice(
    "rooms:declined",
    N_("The room cannot be given: %(center)s"),
    (_WHERE, _WHY, N_("Perhaps another day, or another room?")),
    _LINK,
    topic="centers",
)
CANCELLED = Notice(
    "rooms:cancelled",
    N_("The room is no longer yours: %(center)s"),
    (_WHERE, _WHY, N_("Look for another time or another room on its page.")),
    _LINK,
    topic="centers",
)
GIVEN_UP = Notice(
    "rooms:given_up",
    N_("A room is free again: %(center)s"),
    (_WHERE, N_("Who had it gives it back.")),
    _LINK,
    topic="centers",
)
MOVED = Notice(
    "rooms:moved",
    N_("Your room has another time or place: %(center)s"),
    (
        N_("From now on it is: %(room)s, %(center)s, %(starts_at)s."),
        N_("If that does not suit you, say so on its page."),
    ),
    _LINK,
    topic="centers",
)
NOTICES = (ASKED, ACCEPTED, DECLINED, CANCELLED, GIVEN_UP, MOVED)
