"""After how long somebody is asked whether all is well, and after how long they rest."""

from datetime import datetime

from dateutil.relativedelta import relativedelta

from foundation.errors import N_, Invalid

ASK_AFTER_MONTHS = 6
REST_AFTER_DAYS = 42
ANSWERS = ("fine", "rest", "leave")
SOME = 100
"""So many are asked in one go; the others the next time."""


def long_ago(now: datetime, months: int) -> datetime:
    """So many months before."""
    return now - relativedelta(months=months)


def check_rest_rules(ask_after_months: int, rest_after_days: int) -> None:
    """Raises Invalid, naming the field, for what is too soon or too long to be kind."""
    if not (ask_after_months == 0 or 2 <= ask_after_months <= 36):
        raise Invalid(N_("From 2 to 36 months, or 0 for never."), field="ask_after_months")
    if not (rest_after_days == 0 or 14 <= rest_after_days <= 365):
        raise Invalid(N_("From 14 to 365 days, or 0 for never."), field="rest_after_days")
