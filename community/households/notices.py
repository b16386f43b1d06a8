"""What the people of a household are told when it is to change."""

from community.notifications.rules import Notice
from foundation.errors import N_

SEE = N_("See what would happen")
_SUBJECT = N_("%(who)s proposes something for your household")
"""What it is stands inside: some live with whom they would rather not tell yet."""

TO_DIVIDE = Notice(
    "households:to_divide",
    _SUBJECT,
    (
        N_("%(who)s proposes to divide %(party)s in two, and how the hours are shared."),
        N_("Look at it in peace. Nothing happens until one of you says yes."),
    ),
    SEE,
    topic="household",
)
TO_JOIN = Notice(
    "households:to_join",
    _SUBJECT,
    (
        N_("%(who)s proposes that %(party)s becomes a part of your household: one balance, one door."),
        N_("Look at it in peace. Nothing happens until one of you says yes."),
    ),
    SEE,
    topic="household",
)
WE_JOIN = Notice(
    "households:we_join",
    _SUBJECT,
    (
        N_("%(who)s proposes that %(party)s becomes a part of another household, with its balance."),
        N_("If you do not want it, take it back on the page of your household."),
    ),
    SEE,
    topic="household",
)
DONE = Notice(
    "households:done",
    N_("Your household has changed"),
    (N_("What was proposed for %(party)s is done: you find the people, the hours and the posts where you agreed."),),
    N_("See your household"),
    topic="household",
)
NOT_NOW = Notice(
    "households:not_now",
    N_("Your household stays as it is"),
    (N_("What was proposed for %(party)s does not happen for now. You can talk about it, and propose it again."),),
    N_("See your household"),
    topic="household",
)
NOTICES = (TO_DIVIDE, TO_JOIN, WE_JOIN, DONE, NOT_NOW)
