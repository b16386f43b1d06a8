"""What a community's rules may be (domain, Time credits 2: the defaults let a newcomer receive first)."""

from dataclasses import dataclass

from foundation.errors import N_, Invalid

LONGEST_BALANCE = 1_000 * 60
"""Minutes: a limit beyond this is a slip of the keyboard."""

APPROVALS = ("maker", "invitation")
LONGEST_MANDATE = 36
"""Months: people forget what they said longer ago than that."""


@dataclass(frozen=True)
class RuleBook:
    """The settings in minutes and days that hold from a moment on."""

    floor_minutes: int = -10 * 60
    soft_floor_minutes: int = -5 * 60
    ceiling_minutes: int = 40 * 60
    welcome_minutes: int = 0
    auto_confirm_days: int = 7
    travel_time_counts: bool = False
    approval: str = "maker"
    card_before_giving: bool = False
    mandate_months: int = 12


def check_rules(book: RuleBook) -> None:
    """Raises Invalid, naming the field, for rules that contradict each other or are out of measure."""
    if not -LONGEST_BALANCE <= book.floor_minutes <= 0:
        raise Invalid(
            N_("How far down a balance may go is between 0 and %(most_minutes)s."),
            field="floor_minutes",
            most_minutes=LONGEST_BALANCE,
        )
    if not book.floor_minutes <= book.soft_floor_minutes <= 0:
        raise Invalid(N_("The warning comes before the limit, not after it."), field="soft_floor_minutes")
    if not 0 < book.ceiling_minutes <= LONGEST_BALANCE:
        raise Invalid(
            N_("How far up a balance may go is between 1 h and %(most_minutes)s."),
            field="ceiling_minutes",
            most_minutes=LONGEST_BALANCE,
        )
    if not 0 <= book.welcome_minutes <= book.ceiling_minutes:
        raise Invalid(N_("Welcome hours cannot be more than a balance may hold."), field="welcome_minutes")
    if not 1 <= book.auto_confirm_days <= 60:
        raise Invalid(N_("Choose between 1 and 60 days."), field="auto_confirm_days")
    if book.approval not in APPROVALS:
        raise Invalid(N_("Choose one of the two ways."), field="approval")
    if not 1 <= book.mandate_months <= LONGEST_MANDATE:
        raise Invalid(N_("Choose between 1 and %(most)s months."), field="mandate_months", most=LONGEST_MANDATE)
