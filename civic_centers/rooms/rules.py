"""What may be booked, in which order a booking goes on, and what one is warned of. No database, no clock."""

from datetime import datetime, timedelta

from foundation.errors import N_, Invalid, Refused

LONGEST_BOOKING = timedelta(days=7)
FURTHEST = timedelta(days=731)
"""So far ahead one may book: two years."""
MOVES = {
    ("requested", "hold"): "held",
    ("requested", "decline"): "declined",
    ("requested", "cancel"): "cancelled",
    ("held", "cancel"): "cancelled",
}


class Taken(Refused):
    """The room has something else at that time: `starts_at` and `busy_until` say from when to when.

    `title` says by what, for those who may read it; it is empty for others, and where two booked at the same moment.
    """

    def __init__(self, starts_at: datetime, busy_until: datetime, title: str = "") -> None:
        self.starts_at, self.busy_until, self.title = starts_at, busy_until, title
        message = N_("The room is taken from %(from_at)s to %(to_at)s.")
        if title:
            message = N_("The room is taken from %(from_at)s to %(to_at)s: %(title)s.")
        params: dict[str, object] = {"from_at": starts_at, "to_at": busy_until} | ({"title": title} if title else {})
        advice = N_("Choose another time, or another room. Changing over takes its time too.")
        super().__init__(message, field="starts", advice=advice, **params)


class NotNow(Refused):
    """A booking has gone on meanwhile."""

    def __init__(self) -> None:
        super().__init__(N_("This booking is no longer as you saw it."), advice=N_("Look at how it stands now."))


def moved(state: str, verb: str) -> str:
    """The state after a verb. Raises NotNow where it is not possible."""
    try:
        return MOVES[state, verb]
    except KeyError:
        raise NotNow() from None


def check_time(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Raises Invalid for a time that ends before it begins, has begun already, is very long or very far away."""
    if ends_at <= starts_at:
        raise Invalid(N_("It must end after it begins."), field="ends")
    if starts_at < now:
        raise Invalid(N_("That moment is over: choose one to come."), field="day")
    if ends_at - starts_at > LONGEST_BOOKING:
        raise Invalid(N_("Up to a week at a time."), field="ends")
    if starts_at - now > FURTHEST:
        raise Invalid(N_("That is too far away: up to two years ahead."), field="day")


def check_title(title: str) -> str:
    """What it is for, without stray spaces. Raises Invalid when nothing is said."""
    tidy = " ".join(title.split())
    if not tidy:
        raise Invalid(N_("Say in a few words what it is for."), field="title")
    return tidy


def check_reason(reason: str) -> str:
    """Raises Invalid when nothing is said: somebody counted on the room."""
    if not reason.strip():
        raise Invalid(N_("Say why, in a few words: somebody was counting on it."), field="reason")
    return reason.strip()
