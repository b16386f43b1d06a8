"""What notices are, who is told how and when, and the summaries: pure decisions."""

from community.notifications.rules.declaring import (
    NEVER,
    UNSAID,
    Notice,
    good_until,
    is_stale,
    matter_of,
    packed,
)
from community.notifications.rules.routing import (
    IGNORED_AFTER,
    MAIL_AFTER_PUSH,
    MOST_IGNORED,
    SAME_FOR,
    Before,
    Reach,
    Route,
    is_stopping,
    route,
)
from community.notifications.rules.summing import DigestLine, DigestSection, due_slot, next_slot
from community.notifications.rules.topics import ACCOUNT, DIGEST, HOW, TOPICS
from community.notifications.rules.usual import USUAL, usual_way
from community.notifications.rules.wishing import (
    Wishes,
    check_wishes,
    first_moment,
    is_quiet,
    may_be_quiet,
    usual_wishes,
    way_for,
)

__all__ = [
    "ACCOUNT",
    "DIGEST",
    "HOW",
    "IGNORED_AFTER",
    "MAIL_AFTER_PUSH",
    "MOST_IGNORED",
    "NEVER",
    "SAME_FOR",
    "TOPICS",
    "UNSAID",
    "USUAL",
    "Before",
    "DigestLine",
    "DigestSection",
    "Notice",
    "Reach",
    "Route",
    "Wishes",
    "check_wishes",
    "due_slot",
    "first_moment",
    "good_until",
    "is_quiet",
    "is_stale",
    "is_stopping",
    "matter_of",
    "may_be_quiet",
    "next_slot",
    "packed",
    "route",
    "usual_way",
    "usual_wishes",
    "way_for",
]
