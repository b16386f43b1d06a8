"""What may be demanded of who looks after others, and what somebody lacks for it (domain, Children 1-2).

Identity seen and two references hold wherever children or frail people are looked after; a community may demand more
in a category, never less.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from foundation.errors import N_, Invalid, Refused

REFERENCES_NEEDED = 2
MOST_REFERENCES = 5
OLDEST = 99
REMIND_BEFORE = (7, 30)
"""How many days before something runs out people are told: once within each."""
LONGEST_TRAINING = 80
LONGEST_BASIS = 1000
LONGEST_WHAT = 120
LONGEST_REASON = 500
DOCUMENTS = ("identity_card", "passport", "residence_permit", "driving_licence")
FEWEST_LEADS = 2
"""A lead and a stand-in: one of them may be ill, or take part in what a concern is about."""
KINDS = ("identity", "reference", "training", "age", "certificate")


class Lacks(StrEnum):
    """What somebody has not shown yet."""

    IDENTITY = "identity"
    REFERENCES = "references"
    TRAINING = "training"
    AGE = "age"
    CERTIFICATE = "certificate"


@dataclass(frozen=True)
class Requirements:
    """What is demanded of who comes, of who else is there, and of where two who never met before meet."""

    identity: bool = False
    references: int = 0
    trainings: frozenset[str] = frozenset()
    minimum_age: int = 0
    certificate: bool = False
    public_place: bool = False
    second_adult: bool = False
    """Whether another verified adult is there too."""

    @property
    def of_person(self) -> bool:
        """Whether anything is demanded of the person who comes."""
        return replace(self, public_place=False, second_adult=False) != NOTHING

    @property
    def of_anybody(self) -> bool:
        """Whether anything is demanded of the people who are there."""
        return self.of_person or self.second_adult


NOTHING = Requirements()
FOR_CARE = Requirements(identity=True, references=REFERENCES_NEEDED)
"""What always holds with children and frail people."""


@dataclass(frozen=True)
class Check:
    """Something that was seen of a person and not taken back: good from the day it was seen to the day it expires."""

    kind: str
    seen_on: date
    expires_on: date | None = None
    what: str = ""
    years: int = 0

    def holds(self, today: date) -> bool:
        return self.seen_on <= today and (self.expires_on is None or self.expires_on >= today)


class NotVerified(Refused):
    """The person named has not shown what is demanded. Said alike to all: what exactly lacks is theirs alone."""

    def __init__(self, lacks: Collection[Lacks] = (), *, field: str | None = None) -> None:
        of_care = not lacks or Lacks.IDENTITY in lacks or Lacks.REFERENCES in lacks
        super().__init__(
            N_("For children and frail people only somebody whom a community maker has met can come.")
            if of_care
            else N_("For this the community asks a little more of who comes, and it is not recorded yet."),
            advice=N_("Choose another adult who has been met, or ask a maker of your zone: it takes one conversation."),
            field=field,
        )
        self.lacks = tuple(lacks)


class NoSecondAdult(NotVerified):
    """A second adult has to be there, and none is named, or the same twice."""

    def __init__(self) -> None:
        Refused.__init__(
            self,
            N_("Here a second adult has to be there, besides who comes."),
            advice=N_("Choose another adult of one of the two families whom a maker has met."),
            field="second",
        )
        self.lacks = ()


def together(some: Iterable[Requirements]) -> Requirements:
    """All of several demands at once: the stricter one holds at each point."""
    found = NOTHING
    for one in some:
        found = Requirements(
            identity=found.identity or one.identity,
            references=max(found.references, one.references),
            trainings=found.trainings | one.trainings,
            minimum_age=max(found.minimum_age, one.minimum_age),
            certificate=found.certificate or one.certificate,
            public_place=found.public_place or one.public_place,
            second_adult=found.second_adult or one.second_adult,
        )
    return found


def what_lacks(requirements: Requirements, checks: Iterable[Check], today: date) -> tuple[Lacks, ...]:
    """What somebody with these checks, none of them taken back, has not shown on the day `today`; empty: they may."""
    good = [check for check in checks if check.holds(today)]
    lacks = []
    if requirements.identity and not any(check.kind == "identity" for check in good):
        lacks.append(Lacks.IDENTITY)
    if number_vouching(good, today) < requirements.references:
        lacks.append(Lacks.REFERENCES)
    followed = {_folded(check.what) for check in good if check.kind == "training"}
    if not {_folded(name) for name in requirements.trainings} <= followed:
        lacks.append(Lacks.TRAINING)
    if requirements.minimum_age > max((age_on(check, today) for check in good if check.kind == "age"), default=0):
        lacks.append(Lacks.AGE)
    if requirements.certificate and not any(check.kind == "certificate" for check in good):
        lacks.append(Lacks.CERTIFICATE)
    return tuple(lacks)


def number_vouching(checks: Iterable[Check], today: date) -> int:
    """How many different people vouch, on the day `today`."""
    return len({_folded(check.what) for check in checks if check.kind == "reference" and check.holds(today)})


def age_on(check: Check, today: date) -> int:
    """How old somebody certainly is who was of an age on the day it was seen: whole years since then count."""
    since, until = check.seen_on, today
    return check.years + until.year - since.year - ((until.month, until.day) < (since.month, since.day))


def last_day(requirements: Requirements, checks: Collection[Check], today: date) -> date | None:
    """The last day on which somebody who lacks nothing today still lacks nothing; None when nothing runs out."""
    ends = sorted({check.expires_on for check in checks if check.expires_on is not None and check.holds(today)})
    for day in ends:
        after = [check for check in checks if check.expires_on is None or check.expires_on > day]
        if what_lacks(requirements, after, max(day, today)):
            return day
    return None


def stage_of(until: date, today: date) -> int | None:
    """Within how many days something runs out: 7 or 30; None while it is further away, or over."""
    left = (until - today).days
    return next((days for days in REMIND_BEFORE if 0 <= left <= days), None)


def check_requirements(demands: Requirements, *, care: bool, basis: str) -> None:
    """Raises Invalid at the field for a demand that makes no sense, or less than care always demands."""
    if not 0 <= demands.references <= MOST_REFERENCES:
        raise Invalid(N_("Ask for at most %(most)s references."), field="references", most=MOST_REFERENCES)
    if care and (not demands.identity or demands.references < REFERENCES_NEEDED):
        raise Invalid(
            N_("With children and frail people identity and two references always hold. You may ask for more."),
            field="references" if demands.identity else "identity",
        )
    if not 0 <= demands.minimum_age <= OLDEST:
        raise Invalid(N_("Write an age between 0 and 99."), field="minimum_age")
    if demands.certificate and not basis:
        raise Invalid(
            N_("Write the law or the duty on which you ask for it: without a legal basis nobody may be asked."),
            field="certificate_basis",
        )


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())
