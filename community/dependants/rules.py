"""When somebody who is looked after may be looked after by others: who has to have said yes, and who says no.

Both holders of parental responsibility say yes for a minor, or one declares for both (domain, Children 3); a frail
adult says yes, or their guardian does. One no is enough, whoever says it.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum

from foundation.errors import N_, Invalid, Refused

LONGEST_NEEDS = 2000
LONGEST_PICK_UP = 500
LONGEST_EMERGENCY = 500
LONGEST_WORDS = 2000
BOTH_NEEDED = 2
TEXT_VERSION = "1"
"""The version of the sentences of today. They are never changed: new ones get a new number."""

MINORS = ("0-2", "3-5", "6-10", "11-13", "14-17")
OWN_VIEW = ("14-17", "adult", "elder")
"""From 14 on somebody has a view of their own of what is kept about them."""

FOR_MINORS = ("yes", "both", "alone")
FOR_ADULTS = ("self", "guardian")

TEXTS: Mapping[str, Mapping[str, str]] = {
    "1": {
        "yes": N_("I hold parental responsibility, and I agree that a verified person looks after this child."),
        "both": N_(
            "I hold parental responsibility together with somebody else, who agrees too. I answer for what I declare."
        ),
        "alone": N_("I alone hold parental responsibility, and I agree. I answer for what I declare."),
        "self": N_("This person decides for themselves and agrees that a verified person looks after them."),
        "guardian": N_("I am their guardian or support administrator, and I agree. I answer for what I declare."),
        "no": N_("I do not agree."),
    }
}
"""What is said, by version and kind: kept word for word, so that one can read later what one said yes to."""

WITHDRAWN = "gone"
"""What stands in the place of what somebody said who has left for good: nothing said, and the earlier lines remain."""
KINDS = (*FOR_MINORS, *FOR_ADULTS, "no")


class Standing(StrEnum):
    """Where the consent for one person stands."""

    GIVEN = "given"
    ONE_ABSENT = "one_absent"
    """One of two has said yes, the other has said nothing."""
    ABSENT = "absent"
    REFUSED = "refused"
    """Somebody said no, or took a yes back."""
    OBJECTED = "objected"
    """They themselves object, and nobody has answered yet."""


def standing_of(
    age_band: str, said: Collection[str], *, here: Collection[str] | None = None, objects: bool = False
) -> Standing:
    """Where the consent stands: `said` is what each person said last, `here` what those said who still answer for them.

    A no counts whoever said it; a yes needs somebody of the household, or themselves, who still stands by it.
    """
    standing = _standing_of(age_band, said, objects=objects)
    if standing is Standing.GIVEN and here is not None and not any(one in kinds_for(age_band) for one in here):
        return Standing.ABSENT
    return standing


def _standing_of(age_band: str, said: Collection[str], *, objects: bool) -> Standing:
    if objects:
        return Standing.OBJECTED
    if "no" in said:
        return Standing.REFUSED
    if age_band in MINORS:
        if any(one in ("both", "alone") for one in said):
            return Standing.GIVEN
        number = sum(one == "yes" for one in said)
        return (Standing.ABSENT, Standing.ONE_ABSENT, Standing.GIVEN)[min(number, BOTH_NEEDED)]
    return Standing.GIVEN if any(one in FOR_ADULTS for one in said) else Standing.ABSENT


def kinds_for(age_band: str) -> tuple[str, ...]:
    """What can be said for somebody of this age, besides no."""
    return FOR_MINORS if age_band in MINORS else FOR_ADULTS


def check_kind(kind: str, age_band: str) -> str:
    """Raises Invalid for something that is not said for somebody of this age."""
    if kind not in kinds_for(age_band):
        raise Invalid(N_("Choose one of the sentences."), field="kind")
    return kind


def check_own_view(age_band: str) -> None:
    """Raises Refused below 14."""
    if age_band not in OWN_VIEW:
        raise Refused(
            N_("A view of their own is for who is 14 or older."),
            advice=N_("With younger children look at this page together."),
        )


def check_words(words: str) -> str:
    """What somebody wrote, tidied. Raises Invalid for nothing, or too much."""
    tidy = words.strip()
    if not tidy or len(tidy) > LONGEST_WORDS:
        raise Invalid(N_("Write a few words."), field="words")
    return tidy


class NotInOrder(Refused):
    """A consent is absent for somebody who is to be looked after. It names nobody: the other side may read it."""

    def __init__(self) -> None:
        super().__init__(
            N_("For who is to be looked after not everybody whose yes is needed has said yes."),
            advice=N_("The family settles it on the page of who they look after; then it goes on from here."),
        )
