"""Everybody looks at the calendar; members have one of their own to subscribe to."""

from foundation.access import Permission

SUBSCRIBE = Permission(
    "member:calendar:subscribe",
    ("member", "maker", "administrator"),
    "Have a secret address by which one’s own calendar can be subscribed to",
)
