"""The kinds of activities, and the states of an activity and of a session. Pure: no database, no clock of its own."""

from collections.abc import Mapping
from types import MappingProxyType

from foundation.errors import N_, Refused

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "afternoon": N_("An afternoon for children"),
        "adolescents": N_("For adolescents"),
        "evening": N_("An evening for adults"),
        "elders": N_("For elders"),
        "workshop": N_("A workshop"),
        "homework": N_("Homework together"),
        "sport": N_("Movement and sport"),
        "meal": N_("Eating together"),
        "training": N_("A training for operators and volunteers"),
        "assembly": N_("A meeting of the community"),
        "other": N_("Something else"),
    }
)
"""By name, in the order in which they are offered."""

ACTIVITY_MOVES: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("draft", "publish"): "open",
        ("draft", "cancel"): "cancelled",
        ("open", "cancel"): "cancelled",
        ("open", "end"): "ended",
    }
)
SESSION_MOVES: Mapping[tuple[str, str], str] = MappingProxyType(
    {("planned", "cancel"): "cancelled", ("cancelled", "restore"): "planned"}
)


class NotNow(Refused):
    """An activity or a session has gone on meanwhile."""

    def __init__(self) -> None:
        super().__init__(N_("This activity is no longer as you saw it."), advice=N_("Look at how it stands now."))


def moved(moves: Mapping[tuple[str, str], str], state: str, verb: str) -> str:
    """Where `verb` leads from `state`. Raises NotNow when it leads nowhere."""
    if (state, verb) not in moves:
        raise NotNow()
    return moves[(state, verb)]
