"""What is told where the adult of a turn that runs may not go on. Why is told to nobody."""

from community.notifications.rules import Notice
from foundation.errors import N_

_RUNS = N_("%(circle)s: %(starts_at)s, until %(ends_at)s.")
_TURN = N_("Look at the turn")

HAND_OVER = Notice(
    "circles:hand_over",
    N_("Hand your turn over, please: %(starts_at)s"),
    (
        _RUNS,
        N_("Something that is asked of who takes turns is not in order. A maker of your zone tells you what."),
        N_("Leave nobody alone: stay until the parents, or another adult of the circle, are there."),
    ),
    _TURN,
    topic="exchanges",
    promised=True,
    good_until="ends_at",
)
ANOTHER_NOW = Notice(
    "circles:another_now",
    N_("Another adult is needed now: %(circle)s"),
    (
        _RUNS,
        N_("Who has this turn cannot go on. Ask for a substitute: an adult who takes turns says on its page: I come."),
        N_("If somebody of yours is there, you can also fetch them."),
    ),
    _TURN,
    topic="exchanges",
    promised=True,
    good_until="ends_at",
)
