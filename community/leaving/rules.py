"""What leaving means: how long one may still come back, who goes, and what is confirmed before it happens."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from foundation.errors import N_, Invalid

COOLING_OFF = timedelta(days=14)
"""So long one tap brings everything back; then what is personal goes."""
SHORTEST_NAME = 3
"""Shorter ones are also ordinary words."""
GONE = {"it": "Qualcuno che è andato via", "en": "Somebody who left"}
"""What stands in place of a name, in the first language of the community: others still read their own statements."""


@dataclass(frozen=True)
class Going:
    """Somebody who leaves a community: the parties that close behind them, and those that stay with others."""

    community_id: int
    person_id: int
    closing: tuple[int, ...]
    staying: tuple[int, ...]
    names: tuple[str, ...] = ()
    """What they and theirs were called, and how they were reached: filled when their data goes."""
    gone: str = ""
    """What stands in place of it."""


def gone_name(languages: list[str]) -> str:
    """What stands in place of a name in a community that speaks these languages, the first one first."""
    return next((GONE[code] for code in languages if code in GONE), GONE["en"])


def without_names(text: str, going: Going) -> str:
    """A text in which nothing says who it was: whole words, whatever their capitals, the longest first."""
    names = sorted({name.strip() for name in going.names if len(name.strip()) >= SHORTEST_NAME}, key=len, reverse=True)
    if not names or not text:
        return text
    pattern = r"(?<!\w)(?:" + "|".join(re.escape(name) for name in names) + r")(?!\w)"
    said = re.sub(pattern, lambda _found: going.gone, text, flags=re.IGNORECASE)
    return re.sub(rf"{re.escape(going.gone)}(?:\s+{re.escape(going.gone)})+", lambda _found: going.gone, said)


def may_come_back(state: str, ends_at: datetime, now: datetime) -> bool:
    """Whether one tap still brings everything back."""
    return state == "waiting" and now < ends_at


def check_typed(typed: str, name: str) -> None:
    """Who has no password types the name of the community instead. Raises Invalid at `typed`."""
    if " ".join(typed.split()).casefold() != " ".join(name.split()).casefold():
        raise Invalid(N_("Write the name of the community just as it stands above."), field="typed")
