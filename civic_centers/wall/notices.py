"""What those are told who asked for something on the wall, or joined it."""

from community.notifications.rules import Notice
from foundation.errors import N_

_YOURS = N_("You asked for something on the wall of %(center)s, or joined somebody who did.")
_REPLY = N_("What the people of the center write to you stands beside it.")
_LINK = N_("See what became of it")
BECAME = Notice(
    "wall:became",
    N_("Something is made of it: %(center)s"),
    (_YOURS, N_("Now it begins: look at what it is, and whether it suits you.")),
    _LINK,
    topic="posts",
)
ANSWERED = Notice(
    "wall:answered",
    N_("An answer on the wall of %(center)s"),
    (_YOURS, _REPLY),
    _LINK,
    topic="posts",
)
CLOSED = Notice(
    "wall:closed",
    N_("Nothing comes of it for now: %(center)s"),
    (_YOURS, _REPLY, N_("You can write again what is missing, at any time.")),
    _LINK,
    topic="posts",
)
MERGED = Notice(
    "wall:merged",
    N_("Others miss the same: %(center)s"),
    (_YOURS, N_("Somebody had written the same, so now you are counted together: the more, the sooner it begins.")),
    _LINK,
    topic="posts",
)
STAYS = Notice(
    "wall:stays",
    N_("It stays on the wall: %(center)s"),
    (
        N_("You joined something on the wall of %(center)s."),
        N_("Who wrote it does not ask for it any more. It stays for you and for who else misses it."),
        N_("If you do not need it either, take your yes back there."),
    ),
    N_("Look at it"),
    topic="posts",
)
TAKEN_DOWN = Notice(
    "wall:taken_down",
    N_("Off the wall: %(center)s"),
    (
        N_("You offered to help with something on the wall of %(center)s."),
        N_("It is not asked for any more, and is off the wall. Thank you for offering!"),
    ),
    N_("See what else is missing"),
    topic="posts",
)
NOTICES = (BECAME, ANSWERED, CLOSED, MERGED, STAYS, TAKEN_DOWN)
