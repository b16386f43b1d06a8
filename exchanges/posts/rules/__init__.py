"""What may happen to a post, how long it stays, and what it must say before it is seen."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from community.households.tables import AGE_BANDS as ALL_AGE_BANDS
from foundation import clock
from foundation.errors import N_, Invalid, Refused

KINDS = ("offer", "need")
VISIBILITIES = ("community", "zones", "public", "confidential")
PLACES = ("mine", "theirs", "somewhere", "remote")
HOUSING_HELP = ("room", "repair", "move", "documents", "guarantee")
RHYTHMS = ("dates", "weekly", "any")
WEEKDAYS = range(1, 8)
AGE_BANDS = tuple(band for band in ALL_AGE_BANDS if band[0].isdigit())
"""Those of children and adolescents."""
UNITS = ("kg", "g", "l", "pieces", "boxes", "packs")

USUAL_LIFE = timedelta(days=30)
LONGEST_LIFE = timedelta(days=180)
REMIND_BEFORE = timedelta(days=7)
REMIND_NOT_BEFORE = timedelta(days=2)
"""Nobody is asked about a post that is younger than this."""
FURTHEST_DATE = timedelta(days=366)
MOST_DATES = 6
MOST_PHOTOS = 4
MOST_MINUTES = 100 * 60
MOST_PLACES = 100
MOST_EXPENSE = 10_000 * 100
MOST_CHILDREN = 20
MOST_QUANTITY = 100_000 * 1000

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")

_MOVES = {
    "publish": ({"draft"}, "open"),
    "pause": ({"open"}, "paused"),
    "resume": ({"paused"}, "open"),
    "close": ({"open", "paused", "expired"}, "closed"),
    "renew": ({"open", "paused", "expired", "closed"}, "open"),
    "expire": ({"open", "paused"}, "expired"),
    "fill": ({"open", "paused", "expired"}, "closed"),
    "offer_again": ({"closed"}, "open"),
    "show_again": ({"closed"}, "paused"),
    "hide": ({"open", "paused", "expired", "closed"}, "closed"),
}


class NotNow(Refused):
    """The post is not in a state where this can be done."""


def moved(state: str, verb: str) -> str:
    """The state after `verb`. Raises NotNow where it cannot be done."""
    before, after = _MOVES[verb]
    if state not in before:
        raise NotNow(
            N_("This cannot be done any more: the post has changed meanwhile."),
            advice=N_("Look at how it stands now."),
        )
    return after


def possible(state: str) -> frozenset[str]:
    """The verbs that can follow on a state."""
    return frozenset(verb for verb, (before, _after) in _MOVES.items() if state in before)


def fold(words: str) -> str:
    """Words as they are searched: small letters without accents."""
    # Taken apart twice: capitals hide in letters that have another shape, and small letters may fall into two.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", words).casefold())
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


def next_weekly(weekdays: Sequence[int], weekly_at: str, time_zone: str, now: datetime) -> datetime | None:
    """When something that is every week on these days comes next; at noon where no time was said.

    An hour that the clocks skip that night counts as the one after it.
    """
    hour, minute = map(int, (weekly_at or "12:00").split(":"))
    today = clock.local(now, time_zone).date()
    for ahead in range(8):
        day = today + timedelta(days=ahead)
        if day.isoweekday() in weekdays:
            wall = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(time_zone))
            if wall >= now:
                return wall.astimezone(UTC)
    return None


def check_wish(wish: date | None, today: date) -> None:
    """Raises Invalid for a last day that has passed, or more than six months away."""
    if wish is not None and wish < today:
        raise Invalid(N_("This day has already passed. Choose one from today on."), field="expires_on")
    if wish is not None and wish > today + LONGEST_LIFE:
        raise Invalid(N_("Six months at most: you can renew it with one tap."), field="expires_on")


def usual_expiry(dates: Sequence[date], today: date) -> date:
    """The last day on the board where nobody chose one: the last of the dates, or a month from today."""
    upcoming = [day for day in dates if day >= today]
    return min(max(upcoming), today + LONGEST_LIFE) if upcoming else today + USUAL_LIFE


def check_dates(
    dates: Sequence[tuple[datetime, datetime | None]], now: datetime, *, kept: Collection[datetime] = ()
) -> None:
    """Raises Invalid for a date that has passed, one that ends before it begins, or too many.

    A date of `kept` was written earlier and may have passed since.
    """
    if len(dates) > MOST_DATES:
        raise Invalid(N_("%(most)s dates at most."), field="dates", most=MOST_DATES)
    for starts_at, ends_at in dates:
        if starts_at < now and starts_at not in kept:
            raise Invalid(N_("This moment has already passed. Choose one that is still to come."), field="dates")
        if starts_at > now + FURTHEST_DATE:
            raise Invalid(N_("This is more than a year away. Choose a nearer day."), field="dates")
        if ends_at is not None and ends_at <= starts_at:
            raise Invalid(N_("It must end after it begins."), field="dates")


def check_weekly(weekdays: Sequence[int], weekly_at: str) -> None:
    """Raises Invalid for days or a time that no week has."""
    if any(day not in WEEKDAYS for day in weekdays):
        raise Invalid(N_("Choose among the days of the week."), field="weekdays")
    if weekly_at and not _CLOCK.fullmatch(weekly_at):
        raise Invalid(N_("Write the time such as 16:30."), field="weekly_at")


def check_how(minutes: int | None, gift: bool, places: int, expense_cents: int) -> None:
    """Raises Invalid for numbers that no post can have."""
    if not gift and minutes is not None and not 1 <= minutes <= MOST_MINUTES:
        raise Invalid(N_("Choose a time between 1 minute and 100 hours."), field="minutes")
    if not 1 <= places <= MOST_PLACES:
        raise Invalid(N_("From 1 to %(most)s."), field="places", most=MOST_PLACES)
    if not 0 <= expense_cents <= MOST_EXPENSE:
        raise Invalid(N_("Write an amount of up to 10,000 euros."), field="expense_cents")


def check_own(kind: str, own: Mapping[str, Any]) -> None:
    """Hold the answers of childcare, purchasing or housing against what they may be. Raises Invalid at the field."""
    checks = {"childcare": _check_childcare, "purchasing": _check_purchasing, "housing": _check_housing}
    checks[kind](own)


def _check_childcare(own: Mapping[str, Any]) -> None:
    children = own.get("children")
    if children is None or not 1 <= children <= MOST_CHILDREN:
        raise Invalid(N_("Say how many children: from 1 to %(most)s."), field="children", most=MOST_CHILDREN)
    if any(band not in ALL_AGE_BANDS for band in own.get("age_bands", ())):
        raise Invalid(N_("Choose among the ages."), field="age_bands")


def _check_purchasing(own: Mapping[str, Any]) -> None:
    if not own.get("what"):
        raise Invalid(N_("Say what is bought."), field="what")
    quantity = own.get("quantity")
    if quantity is None or not 0 < quantity <= MOST_QUANTITY:
        raise Invalid(N_("Say how much: a number above zero."), field="quantity")
    if own.get("unit") not in UNITS:
        raise Invalid(N_("Choose a unit."), field="unit")
    share = own.get("share_cents")
    if share is not None and not 0 <= share <= MOST_EXPENSE:
        raise Invalid(N_("Write an amount of up to 10,000 euros."), field="share_cents")


def _check_housing(own: Mapping[str, Any]) -> None:
    if own.get("help") not in HOUSING_HELP:
        raise Invalid(N_("Say which help it is."), field="help")
    since, until = own.get("since"), own.get("until")
    if since and until and until < since:
        raise Invalid(N_("It must end after it begins."), field="until")


@dataclass(frozen=True)
class Lack:
    """What a post still needs, at which of the three steps it is said, and in which field there."""

    step: str
    field: str
    words: str


@dataclass(frozen=True)
class Said:
    """What a post says so far, as far as publishing asks for it."""

    title: str
    category_id: int | None
    zone_id: int | None
    rhythm: str
    has_dates: bool
    weekdays: Sequence[int]
    gift: bool
    minutes: int | None
    wants_own_fields: bool
    has_own_fields: bool


def lacks(said: Said) -> list[Lack]:
    """What is missing before a draft can be published, in the order of the steps."""
    found = []
    if not said.title:
        found.append(Lack("what", "title", N_("Give it a title.")))
    if said.category_id is None:
        found.append(Lack("what", "category_id", N_("Choose what it is about.")))
    if not said.rhythm:
        found.append(Lack("when", "rhythm", N_("Say when: a date, every week, or whenever you like.")))
    if said.rhythm == "dates" and not said.has_dates:
        found.append(Lack("when", "dates", N_("Write at least one date.")))
    if said.rhythm == "weekly" and not said.weekdays:
        found.append(Lack("when", "weekdays", N_("Choose at least one day of the week.")))
    if said.zone_id is None:
        found.append(Lack("when", "zone_id", N_("Say in which zone.")))
    if said.wants_own_fields and not said.has_own_fields:
        found.append(Lack("when", "own", N_("Answer the questions about this kind of help.")))
    if not said.gift and said.minutes is None:
        found.append(Lack("how", "minutes", N_("Say about how long it takes, or that it is a gift.")))
    return found
