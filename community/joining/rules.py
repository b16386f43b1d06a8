"""What an application says, and where it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from community.communities.tables import Question
from community.organisations.tables import KINDS
from foundation.errors import N_, Invalid

LONGEST_ANSWER = 2000
LONGEST_REASON = 1000
MOST_USES = 500
MOST_DAYS = 365


@dataclass(frozen=True)
class Newcomer:
    """Who applies, in their own words; `language` is the one they read the form in."""

    given_name: str
    family_name: str
    email: str
    phone: str = ""
    language: str = "it"


@dataclass(frozen=True)
class Application:
    """What they apply for. `applies_for` is `household` or a kind of organisation; answers go by question id."""

    zone_id: int
    applies_for: str = "household"
    party_name: str = ""
    answers: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """A station on the way into the community: `state` is done, now or next."""

    name: str
    state: str


def steps_of(membership_state: str, *, email_confirmed: bool) -> list[Step]:
    """Where an applicant stands, and what comes next."""
    approved = membership_state == "approved"
    return [
        Step("applied", "done"),
        Step("confirmed", "done" if email_confirmed else "now"),
        Step("met", "done" if approved else "now" if email_confirmed else "next"),
        Step("in", "done" if approved else "next"),
    ]


def checked_application(application: Application, questions: Iterable[Question]) -> Application:
    """The application without stray spaces. Raises Invalid, naming the field, for one that cannot be right."""
    if application.applies_for != "household" and application.applies_for not in KINDS:
        raise Invalid(N_("Choose for whom you join."), field="applies_for")
    name = " ".join(application.party_name.split())
    if len(name) > 120:
        raise Invalid(N_("This is too long: %(longest)s letters at most."), field="party_name", longest=120)
    if application.applies_for != "household" and not name:
        raise Invalid(N_("Write the name of the organisation."), field="party_name")
    answers = {}
    for question in questions:
        words = application.answers.get(question.id or 0, "").strip()
        place = f"question_{question.id}"
        if question.required and not words:
            raise Invalid(N_("The makers need an answer here."), field=place)
        if len(words) > LONGEST_ANSWER:
            raise Invalid(N_("This is too long: %(longest)s letters at most."), field=place, longest=LONGEST_ANSWER)
        if words:
            answers[question.id or 0] = words
    return Application(application.zone_id, application.applies_for, name, answers)


def checked_reason(words: str) -> str:
    """Why an application is declined. Raises Invalid without words: the applicant reads them."""
    tidy = words.strip()
    if not tidy:
        raise Invalid(N_("Write why: they will read it, so write as you would speak."), field="reason")
    if len(tidy) > LONGEST_REASON:
        raise Invalid(N_("This is too long: %(longest)s letters at most."), field="reason", longest=LONGEST_REASON)
    return tidy


def check_invitation(uses: int, days: int) -> None:
    """Raises Invalid for an invitation for nobody, for too many, or for too long."""
    if not 1 <= uses <= MOST_USES:
        raise Invalid(N_("For how many people? Between 1 and %(most)s."), field="uses", most=MOST_USES)
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(N_("For how many days? Between 1 and %(most)s."), field="days", most=MOST_DAYS)
