"""How a person is written down."""

import re
from datetime import datetime, timedelta

from email_validator import EmailNotValidError, validate_email

from foundation.errors import N_, Invalid

LONGEST_NAME = 80
LONGEST_EMAIL = 254
LONGEST_PHONE = 40
LONGEST_ABOUT = 1000
LONGEST_REASON = 500

SECOND_FACTOR_GRACE = timedelta(days=14)
"""How long after it was given a role works for who has not set up two-step sign-in."""

ROLES = ("maker", "operator", "administrator", "keeper")
"""A maker of a zone or of all, who sits at the desk of one or of all, an administrator, the keeper of an organisation's
page who acts for it."""
OF_A_ZONE = ("maker", "operator")
"""Those who have the role in one zone, or in all."""
RUNNING = ("maker", "operator", "administrator")
"""Those who see what is others' business, and sign in with a second step."""
REMINDERS = (timedelta(days=3), timedelta(days=14))
"""So long before its end is a role spoken of, the nearest first."""
SOON = max(REMINDERS)

SPOKEN = (
    "it", "en",
    "ro", "sq", "ar", "fr", "es", "pa", "hi", "bn", "ur", "uk", "ru", "zh", "pt", "tl", "wo", "tw", "de", "lis",
)  # fmt: skip
"""Languages people here speak; `lis` is Italian sign language."""


def tidy_email(address: str, field: str = "email") -> str:
    """The address as it is kept: in lower case. Raises Invalid when it cannot be one. It asks no network."""
    try:
        found = validate_email(address.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise Invalid(
            N_("This does not look like an e-mail address. It looks like name@example.org."), field=field
        ) from error
    if len(found.normalized) > LONGEST_EMAIL:
        raise Invalid(N_("This is too long: %(longest)s letters at most."), field=field, longest=LONGEST_EMAIL)
    return found.normalized.lower()


def tidy_phone(number: str, field: str = "phone") -> str:
    """The number as it is kept: figures, spaces, one plus, or nothing. Raises Invalid when it cannot be one."""
    tidy = re.sub(r"[\s./()\-–]+", " ", number).strip()
    figures = re.sub(r"\D", "", tidy)
    if tidy and (not re.fullmatch(r"\+?[0-9 ]+", tidy) or not 5 <= len(figures) <= 15):
        raise Invalid(N_("Write the number with figures only, such as 333 1234567."), field=field)
    return tidy


def tidy_name(name: str, field: str, *, required: bool = True) -> str:
    """A given or family name without stray spaces. Raises Invalid when it is too long, or missing where required."""
    tidy = " ".join(name.split())
    if required and not tidy:
        raise Invalid(N_("Write your name."), field=field)
    if len(tidy) > LONGEST_NAME:
        raise Invalid(N_("This is too long: %(longest)s letters at most."), field=field, longest=LONGEST_NAME)
    return tidy


def second_factor_due(since: datetime, by: datetime | None) -> datetime:
    """From when on a role that began `since` sleeps without two-step sign-in; `by` is a day set for it alone."""
    return by or since + SECOND_FACTOR_GRACE


def check_span(since: datetime, until: datetime | None) -> None:
    """Raises Invalid for a time that ends before it begins."""
    if until is not None and until <= since:
        raise Invalid(N_("The last day comes after the first, and is not past."), field="last_day")


def days_left(ends_at: datetime, now: datetime) -> int | None:
    """Within how many days something ends, as one of the reminders has it; None for later, or past."""
    left = ends_at - now
    return next((before.days for before in REMINDERS if timedelta() < left <= before), None)
