"""The summary that comes daily or weekly: when it is due, and what it is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from community.notifications.rules.wishing import Wishes
from foundation import clock

LATEST = timedelta(hours=6)
"""So long after its hour a summary is still sent, if nobody was there to send it."""


@dataclass(frozen=True)
class DigestLine:
    """One line of a summary, in the reader's language. `endpoint` and `values` make its address."""

    text: str
    endpoint: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class DigestSection:
    """What a feature adds to the summary, through the hook `digest_sections(session, actor, since)`.

    `since` is when the last one was made. It names no child, no address, no hardship and nothing confidential, as any
    letter. The smallest `position` first.
    """

    title: str
    lines: tuple[DigestLine, ...]
    position: int = 50
    alone: bool = True
    """Whether it is worth a letter by itself."""


def next_slot(after: datetime, zone: str, wishes: Wishes, *, every_day: bool = False) -> datetime:
    """When the next summary goes out, after a moment; `every_day` for what cannot wait a week."""
    day = clock.local(after, zone).date()
    while True:
        if every_day or wishes.digest != "weekly" or day.isoweekday() == wishes.digest_weekday:
            slot = _slot(day, zone, wishes)
            if slot > after:
                return slot
        day += timedelta(days=1)


def due_slot(now: datetime, zone: str, wishes: Wishes, *, held: bool) -> date | None:
    """The day whose summary is to go out now; None where it is not the hour. `held`: whether something waits for it."""
    day = clock.local(now, zone).date()
    if wishes.digest == "never":
        return None
    if wishes.digest == "weekly" and day.isoweekday() != wishes.digest_weekday and not held:
        return None
    slot = _slot(day, zone, wishes)
    return day if slot <= now < slot + LATEST else None


def _slot(day: date, zone: str, wishes: Wishes) -> datetime:
    """The hour of the summary on a day, moved out of the quiet hours without leaving the day."""
    minute = wishes.digest_hour * 60
    if wishes.quiet:
        minute = min(max(minute, wishes.quiet_until), wishes.quiet_from - 30)
    return clock.from_local(datetime.combine(day, time(*divmod(minute, 60))), zone)
