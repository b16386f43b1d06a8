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
    topic="household",
)
DECLARED = Notice(
    "dependants:declared",
    N_("One of your household has declared something for you too"),
    (
        N_("It is about who you look after together. If you do not agree, say so there: one tap is enough."),
        N_("Open the page of your household when you have a quiet moment."),
    ),
    N_("See your household"),
    topic="household",
)
THEY_WROTE = Notice(
    "dependants:they_wrote",
    N_("Somebody of your household has written to you"),
    (N_("Open the page of your household when you have a quiet moment, and answer there."),),
    N_("See your household"),
    topic="household",
)
SAID_WITHOUT_YOU = Notice(
    "dependants:said_without_you",
    N_("Somebody has declared something for you too"),
    (
        N_("It is about somebody you once said a yes or a no for. Your word counts, also now that you have left."),
        N_("If you do not agree, say so there: one tap is enough."),
    ),
    N_("Say what you think"),
    topic="account",
)
NO_REMOVED = Notice(
    "dependants:no_removed",
    N_("Somebody was taken off the list of a household"),
    (
        N_("A no had been said there, and you had said something too. What was kept about them is gone."),
        N_("If they are added again within three months, the no still counts, and who said it is told."),
    ),
    N_("See your page"),
    topic="household",
)
NO_CARRIED = Notice(
    "dependants:no_carried",
    N_("Your no still counts"),
    (
        N_("You once said no to something in a household, and it has come up there again."),
        N_("Your no still counts. If you think otherwise now, talk with the family."),
    ),
    N_("Open it"),
    topic="household",
)
FOR_LEAD = Notice(
    "dependants:for_lead",
    N_("Please look at a household"),
    (
        N_("Somebody's no was set aside there. Talk with the family, when nobody looks over your shoulder."),
        N_("The no still counts for three months."),
    ),
    N_("Open it"),
    topic="makers",
    urgent=True,
)
ASK_AGAIN = Notice(
    "dependants:ask_again",
    N_("Please say yes or no once more"),
    (
        N_("Somebody has left who said yes or no for who you look after. Now your own word is needed."),
        N_("What was agreed and has not begun waits for it. Open the page of your household when you have a moment."),
    ),
    N_("See your household"),
    topic="household",
)
NOTICES = (ASK_AGAIN, CONSENT_CHANGED, DECLARED, THEY_WROTE, SAID_WITHOUT_YOU, NO_REMOVED, NO_CARRIED, FOR_LEAD)
