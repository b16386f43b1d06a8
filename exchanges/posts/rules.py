"""What may happen to a post, how long it stays, and what it must say before it is seen."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from foundation.errors import N_, Invalid, Refused

KINDS = ("offer", "need")
VISIBILITIES = ("community", "zones", "public", "confidential")
PLACES = ("mine", "theirs", "somewhere", "remote")
HOUSING_HELP = ("room", "repair", "move", "documents", "guarantee")
UNITS = ("kg", "g", "l", "pieces", "boxes", "packs")

USUAL_LIFE = timedelta(days=30)
LONGEST_LIFE = timedelta(days=180)
REMIND_BEFORE = timedelta(days=3)
MOST_DATES = 6
MOST_PHOTOS = 4

_MOVES = {
    "publish": ({"draft"}, "open"),
    "pause": ({"open"}, "paused"),
    "resume": ({"paused"}, "open"),
    "close": ({"open", "paused", "expired"}, "closed"),
    "renew": ({"open", "paused", "expired", "closed"}, "open"),
    "expire": ({"open", "paused"}, "expired"),
    "hide": ({"open", "paused", "expired"}, "closed"),
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
    plain = unicodedata.normalize("NFKD", words.casefold())
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


def expiry(wish: date | None, dates: Sequence[date], today: date) -> date:
    """The last day on the board: the wish, or the last of the dates, or a month from now.

    Raises Invalid for a day that has passed, or more than six months away.
    """
    if wish is not None and wish < today:
        raise Invalid(N_("This day has already passed. Choose one from today on."), field="expires_on")
    if wish is not None and wish > today + LONGEST_LIFE:
        raise Invalid(N_("Six months at most: you can renew it with one tap."), field="expires_on")
    if wish is not None:
        return wish
    upcoming = [day for day in dates if day >= today]
    return min(max(upcoming), today + LONGEST_LIFE) if upcoming else today + USUAL_LIFE


def check_dates(dates: Sequence[tuple[datetime, datetime | None]], now: datetime) -> None:
    """Raises Invalid for a date that has passed, one that ends before it begins, or too many."""
    if len(dates) > MOST_DATES:
        raise Invalid(N_("%(most)s dates at most."), field="dates", most=MOST_DATES)
    for starts_at, ends_at in dates:
        if starts_at < now:
            raise Invalid(N_("This moment has already passed. Choose one that is still to come."), field="dates")
        if ends_at is not None and ends_at <= starts_at:
            raise Invalid(N_("It must end after it begins."), field="dates")


@dataclass(frozen=True)
class Lack:
    """What a draft still needs, and at which of the three steps it is said."""

    step: str
    words: str


def lacks(*, title: str, category_id: int | None, zone_id: int | None, rhythm: str, has_dates: bool,
          gift: bool, minutes: int | None, own_fields: str, has_own_fields: bool) -> list[Lack]:  # fmt: skip
    """What is missing before a draft can be published, in the order of the steps."""
    found = []
    if not title:
        found.append(Lack("what", N_("Give it a title.")))
    if category_id is None:
        found.append(Lack("what", N_("Choose what it is about.")))
    if zone_id is None:
        found.append(Lack("when", N_("Say in which zone.")))
    if not rhythm or (rhythm == "dates" and not has_dates):
        found.append(Lack("when", N_("Say when: a date, or whenever you like.")))
    if own_fields != "none" and not has_own_fields:
        found.append(Lack("when", N_("Answer the questions about this kind of help.")))
    if not gift and minutes is None:
        found.append(Lack("how", N_("Say about how long it takes, or that it is a gift.")))
    return found
