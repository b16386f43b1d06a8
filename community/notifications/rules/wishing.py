"""How somebody wishes to be reached: which topics how, by which channels, and in which hours never."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from community.notifications.rules.topics import ACCOUNT, HOW, TOPICS
from community.notifications.rules.usual import usual_for, usual_way
from foundation import clock
from foundation.errors import N_, Invalid

QUIET_FROM = (18 * 60, 24 * 60)
QUIET_UNTIL = (5 * 60, 10 * 60)
"""Between which minutes after midnight quiet hours may begin and end: so they always hold the night."""
DIGEST_HOURS = (7, 21)
MOST_A_DAY = (3, 5, 10)
WEEK_OF_DAYS = 4
"""So many times what a day may hold, a week may."""


@dataclass(frozen=True)
class Wishes:
    """What one person chose, or the usual. Minutes are those after midnight on the wall of the community."""

    by_mail: bool = True
    by_push: bool = True
    quiet: bool = True
    quiet_from: int = 21 * 60 + 30
    quiet_until: int = 7 * 60 + 30
    digest: str = "weekly"
    """`daily`, `weekly` or `never`."""
    digest_weekday: int = 7
    """Monday is 1. Sunday evening is when a week is looked at."""
    digest_hour: int = 18
    most_a_day: int = 5
    """So many letters and pushes, but for one's account and what is urgent."""
    choices: Mapping[str, str] = field(default_factory=dict)
    """By topic, where it is not the usual."""

    @property
    def most_a_week(self) -> int:
        """So many in seven days."""
        return self.most_a_day * WEEK_OF_DAYS


def usual_wishes(roles: Collection[str]) -> Wishes:
    """The rhythm of who has chosen none."""
    usual = usual_for(roles)
    return Wishes(
        digest=usual.digest, digest_weekday=usual.weekday, digest_hour=usual.hour, most_a_day=usual.most_a_day
    )


def check_wishes(wishes: Wishes) -> None:
    """Raises Invalid for what no page offers."""
    wrong = N_("Please choose one of the answers.")
    if not QUIET_FROM[0] <= wishes.quiet_from <= QUIET_FROM[1]:
        raise Invalid(wrong, field="quiet_from")
    if not QUIET_UNTIL[0] <= wishes.quiet_until <= QUIET_UNTIL[1]:
        raise Invalid(wrong, field="quiet_until")
    if wishes.digest not in ("daily", "weekly", "never"):
        raise Invalid(wrong, field="digest")
    if not (1 <= wishes.digest_weekday <= 7 and DIGEST_HOURS[0] <= wishes.digest_hour <= DIGEST_HOURS[1]):
        raise Invalid(wrong, field="digest_hour")
    if wishes.most_a_day not in MOST_A_DAY:
        raise Invalid(wrong, field="most_a_day")
    if any(topic not in TOPICS or topic == ACCOUNT or how not in HOW for topic, how in wishes.choices.items()):
        raise Invalid(wrong)


def way_for(wishes: Wishes, topic: str, roles: Collection[str], *, asked_for: bool = False) -> str:
    """`at_once`, `digest` or `app`."""
    chosen = wishes.choices.get(topic)
    if chosen is not None and topic != ACCOUNT:
        return chosen
    return "at_once" if asked_for else usual_way(topic, roles)


def is_quiet(moment: datetime, zone: str, wishes: Wishes) -> bool:
    """Whether a moment falls into the hours in which nothing rings, by the wall clock of the community."""
    wall = clock.local(moment, zone)
    minute = wall.hour * 60 + wall.minute
    return wishes.quiet and (minute >= wishes.quiet_from or minute < wishes.quiet_until)


def may_be_quiet(moment: datetime, zone: str) -> bool:
    """Whether it is an hour in which anybody's quiet may lie: then it is worth asking what this one wishes."""
    wall = clock.local(moment, zone)
    minute = wall.hour * 60 + wall.minute
    return minute >= QUIET_FROM[0] or minute < QUIET_UNTIL[1]


def first_moment(moment: datetime, zone: str, wishes: Wishes) -> datetime:
    """The same moment, or the end of the quiet hours it falls into."""
    if not is_quiet(moment, zone, wishes):
        return moment
    wall = clock.local(moment, zone)
    day = wall.date() if wall.hour * 60 + wall.minute < wishes.quiet_until else wall.date() + timedelta(days=1)
    return clock.from_local(datetime.combine(day, time(*divmod(wishes.quiet_until, 60))), zone)
