"""Until when who looks after somebody reads what they have to know, and what a yes to care waits for."""

from datetime import datetime, timedelta
from typing import Protocol

from foundation.errors import N_, Refused

STAYS_FOR = timedelta(hours=24)
"""How long after the end the carer still reads what they had to know: the telephone of the mother, that evening."""

FOR_MAKERS = N_(
    "Open their page and choose to act for them: under “Who they look after” you write down who says yes, and here "
    "under “For whom” for whom it is. Then come back."
)
"""What a maker reads who writes down the yes of a household without e-mail, when it cannot be yet."""


class Together(Protocol):
    """What somebody comes for: an agreement or a group."""

    state: str
    starts_at: datetime | None
    minutes: int
    delivered_at: datetime | None


def visible(one: Together, at: datetime) -> bool:
    """Whether the carer named reads it at the moment `at`: from the yes to the end, and a day more."""
    if one.state in ("accepted", "planned"):
        return one.starts_at is None or at < one.starts_at + timedelta(minutes=one.minutes) + STAYS_FOR
    if one.state in ("delivered", "disputed", "settled", "held"):
        return one.delivered_at is not None and at < one.delivered_at + STAYS_FOR
    return False


class NotSaid(Refused):
    """The household has not said for whom it is. It names nobody: the other side may read it."""

    def __init__(self) -> None:
        super().__init__(
            N_("It has still to be said for whom this is."),
            advice=N_("The family says it under “For whom”, on this page: then the answer can be yes."),
        )
