"""What the authors of posts are told when nobody is looking at the page."""

from community.notifications.rules import Notice
from foundation.errors import N_

EXPIRING = Notice(
    "posts:expiring",
    N_("Still open? %(title)s"),
    (
        N_("“%(title)s” leaves the board after %(last_on)s."),
        N_("If it is still needed, one tap keeps it there. If you have found somebody, close it: others will not ask."),
    ),
    N_("Keep it or close it"),
    topic="posts",
    good_until="last_on",
)

EXPIRED = Notice(
    "posts:expired",
    N_("Off the board: %(title)s"),
    (
        N_("“%(title)s” has come to its last day and is no longer on the board."),
        N_("You can put it back with one tap, whenever you like."),
    ),
    N_("Look at it"),
    topic="posts",
)

FREE_AGAIN = Notice(
    "posts:free_again",
    N_("Back on the board: %(title)s"),
    (
        N_("What was agreed about “%(title)s” has come to nothing, so its place is free again."),
        N_("Others can answer it once more. If it is no longer needed, close it."),
    ),
    N_("Look at it"),
    topic="posts",
)

ENTRUSTED = Notice(
    "posts:entrusted",
    N_("Somebody entrusts a need to the makers of %(zone)s"),
    (
        N_("A household of %(zone)s has written something that only the makers of the zone can read."),
        N_("Read it when nobody looks over your shoulder, and see whom you could ask."),
    ),
    N_("Read it"),
    topic="makers",
)

CONFIDENTIAL_TITLE = {"it": "la tua richiesta riservata", "en": "your confidential need"}
"""A letter may be read by somebody else: what is confidential is not named in it."""

NOTICES = (EXPIRING, EXPIRED, FREE_AGAIN, ENTRUSTED)
