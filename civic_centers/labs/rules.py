"""The states of a lab and of who is in it, what may be written, and what a photograph needs. No database, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from foundation.errors import N_, Invalid, Refused, Stale

KIND = "lab"
"""As which the record of deeds and reports know a lab."""
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "care": N_("Work and family time"),
        "purchasing": N_("Solidarity purchasing"),
        "housing": N_("Housing"),
        "street": N_("Bringing a street or a square to life"),
        "blank": N_("Something else"),
    }
)
"""The templates by name, in the order in which they are offered."""
ENTRIES: Mapping[str, str] = MappingProxyType(
    {
        "open": N_("Open: whoever wants to is in at once"),
        "request": N_("By request: the people who run it answer"),
        "invitation": N_("By invitation: only who is invited comes in"),
    }
)
RESOURCES: Mapping[str, str] = MappingProxyType(
    {"hours": N_("Hours of help"), "thing": N_("Things"), "room": N_("Rooms and places"), "euro": N_("Euro")}
)
GOAL_STATES = ("open", "reached", "dropped")
ASKED_AGAIN = timedelta(days=90)
"""So long after a no nobody is invited again."""
MAY_ASK_AGAIN = timedelta(days=30)
"""So long after a keeper's no nobody asks again by themselves."""
MOST_MEMBERS, MOST_GOALS, MOST_TASKS, MOST_RESOURCES = 300, 40, 200, 60
MOST_PROPOSED = 3
"""So many labs that no maker has opened yet may one person have proposed."""
MOST_PHOTOS = 6
"""Of one page of the diary."""
MOST_AMOUNT = 10_000_000
"""In the unit of the resource: minutes, pieces, euro cents."""
FURTHEST = timedelta(days=3653)


class NotNow(Stale):
    """Something has become of it meanwhile."""

    def __init__(self) -> None:
        super().__init__(N_("This has changed meanwhile."), advice=N_("Below is how it stands now."))


class CannotCome(Refused):
    """Whoever asks cannot come in; nobody is told why, for it may be a block."""

    def __init__(self) -> None:
        super().__init__(
            N_("You cannot come into this lab for now."),
            advice=N_("A community maker of the zone listens to you, and looks for a way."),
        )


class CannotInvite(Refused):
    """Somebody cannot be invited: they said no lately, or do not want to meet somebody in it. Nobody is told which."""

    def __init__(self) -> None:
        super().__init__(
            N_("This person cannot be invited to this lab for now."),
            field="person_id",
            advice=N_("Choose somebody else, or speak with a community maker of the zone."),
        )


@dataclass(frozen=True)
class About:
    """What a lab says of itself."""

    name: str
    need: str
    zone_id: int
    words: str = ""
    center_id: int | None = None
    kind: str = "blank"
    entry: str = "request"
    is_public: bool = False
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class Starter:
    """What a template gives a new lab, in the language of who makes it; all of it may be changed.

    Goals and tasks come with days from the first day on; resources are a kind, words, a unit and an amount.
    """

    words: str = ""
    goals: tuple[tuple[str, int], ...] = ()
    tasks: tuple[tuple[str, int], ...] = ()
    resources: tuple[tuple[str, str, str, int], ...] = ()


@dataclass(frozen=True)
class Answer:
    """What is said of a photograph: what is seen on it, and whether a child can be recognised."""

    words: str
    shows_child: bool
    released: bool = False


@dataclass(frozen=True)
class Outcome:
    """What came of a lab. Numbers None where nobody counted."""

    words: str
    families: int | None = None
    people: int | None = None


def check_about(about: About) -> None:
    """Raises Invalid at the field."""
    if not about.name.strip():
        raise Invalid(N_("Give it a name."), field="name")
    if len(about.need.strip()) < 3:
        raise Invalid(N_("Say in a few words what you all need."), field="need")
    if about.kind not in KINDS:
        raise Invalid(N_("Choose one of the kinds."), field="kind")
    if about.entry not in ENTRIES:
        raise Invalid(N_("Say who may come in."), field="entry")
    if about.starts_on is not None and about.ends_on is not None and about.ends_on < about.starts_on:
        raise Invalid(N_("The last day comes before the first."), field="ends_on")


def check_words(words: str, *, field: str = "words") -> str:
    """What was written, without stray spaces around it. Raises Invalid for nothing."""
    said = words.strip()
    if not said:
        raise Invalid(N_("Write a few words first."), field=field)
    return said


def check_reason(reason: str) -> str:
    """Raises Invalid when nothing is said to who reads it."""
    if not reason.strip():
        raise Invalid(N_("Say why, in a few words: whoever it is about reads it."), field="reason")
    return reason.strip()


def check_due(due_on: date | None, today: date, *, field: str = "due_on") -> None:
    """Raises Invalid for a day that nobody can mean."""
    if due_on is not None and abs(due_on - today) > FURTHEST:
        raise Invalid(N_("Look at the year once more."), field=field)


def check_photo(answer: Answer) -> None:
    """Raises Invalid without words, and for a recognisable child without a release (domain.md, children, rule 3)."""
    if not answer.words.strip():
        raise Invalid(N_("Say what is seen on it: some cannot see it."), field="seen")
    if answer.shows_child and not answer.released:
        raise Invalid(
            N_("A child can be recognised and there is no release: this photograph cannot be put up."),
            field="released",
            advice=N_("Choose another, where nobody under eighteen can be recognised."),
        )


def check_amount(amount: int | None) -> int:
    """Raises Invalid for what is not more than nothing, or is absurd."""
    if amount is None or not 1 <= amount <= MOST_AMOUNT:
        raise Invalid(N_("Say how much, in whole numbers and more than nothing."), field="amount")
    return amount


def check_outcome(outcome: Outcome) -> None:
    """Raises Invalid at the field."""
    if not outcome.words.strip():
        raise Invalid(N_("Say in a few words what came of it: it stays on its page."), field="outcome")
    for field, number in (("families", outcome.families), ("people", outcome.people)):
        if number is not None and not 0 <= number <= 100_000:
            raise Invalid(N_("A whole number, please: up to 100,000."), field=field)


def must_be(state: str, *wanted: str) -> None:
    """Raises NotNow where a thing is in another state by now."""
    if state not in wanted:
        raise NotNow()
