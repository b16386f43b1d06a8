"""What a household without e-mail agrees to, for how long, and what is refused without it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from foundation.errors import N_, Invalid, Refused

if TYPE_CHECKING:
    from foundation.access import Actor
    from foundation.database import Session

WAYS = ("spoken", "signed")
TEXT_VERSION = "2026-12"
TEXT = (
    N_("We do not use e-mail, so we ask the makers of our community to act for us in Reciproca."),
    N_("They write offers and requests, propose, answer, confirm and record exchanges as we tell them to."),
    N_("They write what we tell them about the people we look after, children too: no more than who comes must know."),
    N_("The yes for each of these people stays ours: they only write down how and when we said it."),
    N_("Beside everything they do stand both names: ours, and the name of who wrote it."),
    N_("We may ask at any time to see what was done for us, and every month we are given our hours on paper."),
    N_("We can end this at once, by telling any maker. It costs nothing, and our hours stay ours."),
    N_("It ends by itself on the day written here, unless we say yes again."),
)
"""What is agreed to. Whoever changes a word raises TEXT_VERSION: it stands beside every agreement."""

REMIND_BEFORE = (30, 7)
"""Days before the last one on which the makers are reminded, once each, and once more when it is over."""
MOST_ADULTS = 4
LONGEST_STAY = timedelta(hours=2)
"""How long a maker stays in somebody's place before asking again: a telephone is put away and forgotten."""


@dataclass(frozen=True)
class Said:
    """How and when a household agreed."""

    way: str
    agreed_on: date


@dataclass(frozen=True)
class NewAdult:
    """An adult of a household without e-mail."""

    given_name: str
    family_name: str = ""
    phone: str = ""


@dataclass(frozen=True)
class NewHome:
    """A household that a maker opens."""

    zone_id: int
    adults: Sequence[NewAdult]
    name: str = ""
    address: str = ""
    language: str = "it"


@dataclass(frozen=True)
class Reply:
    """One thing that waits for a person's word: done by themselves with card and PIN, or shown to who stands for them.

    `key` names the thing as it stands now, so that another state is another reply. `title` and `line` are ready to
    read, `yes` are the words on the button; `do` does it for the actor it is given. `url` is its own page, and
    `page_line` what leads there instead of `line`. What is `always` possible waits for nobody, and stands below.
    """

    key: str
    title: str
    line: str
    yes: str
    do: "Callable[[Session, Actor], object]"
    url: str = ""
    page_line: str = ""
    always: bool = False


class NotStanding(Refused):
    """Nobody may act for this household now: it never said so, or what it said is over."""

    def __init__(self, *, expired: bool) -> None:
        message = (
            N_("What was agreed with this household is over, so nothing more is done for it for now.")
            if expired
            else N_("This household has not agreed that makers act for it.")
        )
        advice = N_("Ask them whether you may, by voice is enough, and write it down on their page: it takes a minute.")
        super().__init__(message, advice=advice)


def checked_said(said: Said, months: int, today: date) -> date:
    """The last day of what was agreed. Raises Invalid, naming the field."""
    if said.way not in WAYS:
        raise Invalid(N_("Choose how they agreed."), field="way")
    if said.agreed_on > today:
        raise Invalid(N_("This day has not come yet."), field="agreed_on")
    until: date = said.agreed_on + relativedelta(months=months) - timedelta(days=1)
    if until < today:
        raise Invalid(N_("That was so long ago that it is over already: ask them again."), field="agreed_on")
    return until


def checked_adults(home: NewHome) -> list[NewAdult]:
    """The adults that were written down. Raises Invalid without any."""
    adults = [adult for adult in home.adults if adult.given_name.strip()]
    if not adults:
        raise Invalid(N_("Write the name of one adult at least."), field="given_name")
    if len(adults) > MOST_ADULTS:
        raise Invalid(N_("Write up to %(most)s adults."), field="given_name", most=MOST_ADULTS)
    return adults


def reminder_due(until: date, today: date) -> str:
    """Which of the reminders is due: days before the end, `over`, or none (empty)."""
    left = (until - today).days
    if left < 0:
        return "over"
    due = [days for days in REMIND_BEFORE if left <= days]
    return str(min(due)) if due else ""
