"""Where one notice goes: out at once, into the summary, or only into the app. Told once, and not too often."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from community.notifications.rules.summing import next_slot
from community.notifications.rules.wishing import Wishes, first_moment, way_for
from foundation import clock

MAIL_AFTER_PUSH = timedelta(hours=3)
"""A letter follows a push only when nobody has looked by then."""
SAME_FOR = timedelta(days=7)
"""For so long a first, unseen notice speaks for those of the same kind and matter that follow."""
IGNORED_AFTER = timedelta(days=3)
"""What was told and not looked at for so long was ignored."""
MOST_IGNORED = 3
"""After so many of a kind in a row we stop, and ask."""


@dataclass(frozen=True)
class Reach:
    """Where somebody can be reached, and where the clock hangs."""

    mail: bool
    push: bool
    zone: str
    roles: Collection[str] = ("member",)


@dataclass(frozen=True)
class Before:
    """What was told to them before."""

    on_that_day: int = 0
    """Told outside on the day of `first_moment`, but for what is urgent."""
    in_that_week: int = 0
    """In the seven days that end with it."""
    same_unseen: bool = False
    """One of the same kind and matter that they were told, or will be, and have not seen."""
    stopped: bool = False
    ignored: int = 0
    """How many of this kind in a row were told outside, up to the last, and not looked at."""


@dataclass(frozen=True)
class Route:
    """`way`: `told` (by push, mail or both), `digest`, `app` (only there), `same` (told already) or `call`."""

    way: str
    push_at: datetime | None = None
    mail_at: datetime | None = None
    digest_at: datetime | None = None
    asks: bool = False
    """Whether to stop this kind and ask."""


def is_stopping(before: Before) -> bool:
    """Whether so many of a kind were ignored that it is time to ask."""
    return before.ignored >= MOST_IGNORED


def route(
    now: datetime,
    topic: str,
    wishes: Wishes,
    reach: Reach,
    before: Before,
    *,
    urgent: bool,
    asked_for: bool,
    promised: bool = False,
    until: datetime | None = None,
) -> Route:
    """Where a notice goes that was left `now`. What is urgent breaks the summary and the limits, never the quiet.

    What is promised breaks the limits, and the summary where that would come too late. After `until` nothing is told:
    what a summary would say too late goes at once, and what is too late already stands in the app only.
    """
    if not (reach.mail or reach.push):
        return Route("call")
    way = way_for(wishes, topic, reach.roles, asked_for=asked_for)
    mail, push = reach.mail and wishes.by_mail, reach.push and wishes.by_push
    if way == "app" or not (mail or push):
        return Route("app")
    if before.same_unseen and not promised:
        return Route("same")
    if not (urgent or promised) and (before.stopped or is_stopping(before)):
        return Route("app", asks=not before.stopped)
    if not urgent and way == "digest":
        held = _held(now, wishes, reach, mail=mail, soon=promised)
        if (not promised or _is_today(held, now, reach.zone)) and _is_in_time(held.digest_at, until):
            return held
    if not (urgent or promised) and _is_too_much(wishes, before):
        held = _held(now, wishes, reach, mail=mail, soon=True)
        return held if _is_in_time(held.digest_at, until) else Route("app")
    return _told(first_moment(now, reach.zone, wishes), wishes, reach, until, mail=mail, push=push)


def _told(at: datetime, wishes: Wishes, reach: Reach, until: datetime | None, *, mail: bool, push: bool) -> Route:
    """At once, or when the night is over; a letter follows a push only where it still says something."""
    if not _is_in_time(at, until):
        return Route("app")
    if not push:
        return Route("told", mail_at=at)
    mail_at = first_moment(at + MAIL_AFTER_PUSH, reach.zone, wishes) if mail else None
    return Route("told", push_at=at, mail_at=mail_at if _is_in_time(mail_at, until) else None)


def _is_in_time(moment: datetime | None, until: datetime | None) -> bool:
    return moment is None or until is None or moment < until


def _is_too_much(wishes: Wishes, before: Before) -> bool:
    return before.on_that_day >= wishes.most_a_day or before.in_that_week >= wishes.most_a_week


def _is_today(held: Route, now: datetime, zone: str) -> bool:
    """Whether a summary comes early enough for what cannot wait; who looks by themselves wants none."""
    return held.digest_at is None or clock.local(held.digest_at, zone).date() == clock.local(now, zone).date()


def _held(now: datetime, wishes: Wishes, reach: Reach, *, mail: bool, soon: bool = False) -> Route:
    """For the summary; `soon`: for the next evening, since it was to go at once."""
    if not mail or wishes.digest == "never":
        return Route("app")
    return Route("digest", digest_at=next_slot(now, reach.zone, wishes, every_day=soon))
