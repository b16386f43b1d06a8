"""How long one speaks with the makers about a case, and how it is called. Pure."""

from datetime import datetime

from community.moderation.rules import APPEAL_WITHIN
from foundation.errors import N_

ROLES = {
    "reporter": N_("What you reported"),
    "concerned": N_("What the makers look at"),
    "appeal": N_("Another look"),
}
"""What it is about, to who speaks with the makers."""
ROLES_AT_DESK = {
    "reporter": N_("who reported it"),
    "concerned": N_("whom it concerns"),
    "appeal": N_("who asks for another look"),
}
"""Who it is with, to the makers."""


def speaks_until(closed_at: datetime | None) -> datetime | None:
    """Until when it is spoken about a case: as long as another look can be asked for. None while it is open."""
    return closed_at + APPEAL_WITHIN if closed_at is not None else None


def is_over(closed_at: datetime | None, now: datetime) -> bool:
    """Whether nothing more is written about a case."""
    until = speaks_until(closed_at)
    return until is not None and until < now
