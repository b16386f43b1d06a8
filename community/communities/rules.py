"""What a community's rules may be (domain, Time credits 2: the defaults let a newcomer receive first)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from foundation.errors import N_, Invalid

LONGEST_BALANCE = 1_000 * 60
"""Minutes: a limit beyond this is a slip of the keyboard."""

APPROVALS = ("maker", "invitation")
LONGEST_MANDATE = 36
"""Months: people forget what they said longer ago than that."""
LONGEST_CHEQUE = 24
"""Months: paper is lost, and hours that wait for it are of use to nobody."""
MOST_ON_CHEQUES = 100 * 60


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
    cheque_months: int = 6
    cheque_most_minutes: int = 10 * 60


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
    if not 1 <= book.cheque_months <= LONGEST_CHEQUE:
        raise Invalid(N_("Choose between 1 and %(most)s months."), field="cheque_months", most=LONGEST_CHEQUE)
    if not 0 <= book.cheque_most_minutes <= MOST_ON_CHEQUES:
        raise Invalid(
            N_("On time cheques there may be up to %(most_minutes)s, or none."),
            field="cheque_most_minutes",
            most_minutes=MOST_ON_CHEQUES,
        )


TEXTS = {"about": 4000, "house_rules": 4000, "footer": 300}
"""The community's own texts and their longest length in letters: who we are, how we do it here, a line at the foot."""


def tidy_texts(texts: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """The known texts without stray ends. Raises Invalid, at `name_code`, for one that is too long."""
    found: dict[str, dict[str, str]] = {}
    for name, longest in TEXTS.items():
        found[name] = {code: words.strip() for code, words in texts.get(name, {}).items()}
        for code, words in found[name].items():
            if len(words) > longest:
                raise Invalid(
                    N_("This is too long: %(longest)s letters at most."), field=f"{name}_{code}", longest=longest
                )
    return found


def check_languages(languages: Sequence[str], known: Collection[str]) -> list[str]:
    """Each once, in their order. Raises Invalid for none, or for one the installation does not speak."""
    wanted = list(dict.fromkeys(languages))
    if not wanted or not set(wanted) <= set(known):
        raise Invalid(N_("Choose one language at least."), field="spoken")
    return wanted
