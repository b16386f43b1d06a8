"""Who looks after what could not be delivered or done."""

from foundation.access import Permission

MEND = Permission(
    "community:stuck:mend", ("administrator",), "See letters and work that were given up, and have them tried again"
)
