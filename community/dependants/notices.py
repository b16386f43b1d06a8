"""What the adults of a household are told about who they look after: that there is something to read, never what."""

from community.notifications.rules import Notice
from foundation.errors import N_

CONSENT_CHANGED = Notice(
    "dependants:consent_changed",
    N_("Something of your household waits for you"),
    (
        N_("One of you has taken back a yes. What was agreed and has not begun stops until you have talked about it."),
        N_("Open the page of your household when you have a quiet moment."),
    ),
    N_("See your household"),
)
DECLARED = Notice(
    "dependants:declared",
    N_("One of your household has declared something for you too"),
    (
        N_("It is about who you look after together. If you do not agree, say so there: one tap is enough."),
        N_("Open the page of your household when you have a quiet moment."),
    ),
    N_("See your household"),
)
THEY_WROTE = Notice(
    "dependants:they_wrote",
    N_("Somebody of your household has written to you"),
    (N_("Open the page of your household when you have a quiet moment, and answer there."),),
    N_("See your household"),
)
NOTICES = (CONSENT_CHANGED, DECLARED, THEY_WROTE)
