"""What groups tell people: the events in their thread, and the messages that leave the house."""

from community.notifications.rules import Notice
from exchanges.agreements.notices import ANSWER, SEE
from foundation.errors import N_

# Events: sentences of the catalogue; %(who)s is filled with the given name of who did it.
OPENED = N_("%(who)s proposes to meet all together.")
CHANGED = N_("%(who)s changed something: who had said yes is asked again.")
OTHER_ADULT_COMES = N_("%(who)s changed who comes: %(adult)s.")
EXPENSES_CHANGED = N_("%(who)s changed the expenses: they are no higher than before.")
JOINED = N_("%(who)s comes too.")
LEFT = N_("%(who)s cannot come.")
WENT_WITH_THE_GROUP = N_("%(who)s comes with the group instead.")
HELD = N_("%(who)s wrote down how it went: %(count)s were there.")
PUT_RIGHT = N_("%(who)s put right what was written down.")
RECORDED = N_("%(who)s recorded it: %(count)s were there.")
CONFIRMED = N_("%(who)s confirmed.")
SILENT = N_("%(name)s said nothing, so it counts as confirmed.")
DISPUTED = N_("%(who)s says that it was not like this.")
RESOLVED = N_("%(who)s decided for the community.")
SETTLED = N_("Everybody has answered: it is complete.")
SETTLED_HOURS = N_("Everybody has answered: the hours have moved, all at once.")
NOBODY_LEFT = N_("Nobody is left in it: no hours move.")

INVITED = Notice(
    "groups:invited",
    N_("Do you come too? %(title)s"),
    (
        N_("%(who)s proposes to meet all together for “%(title)s”: %(starts_at)s."),
        N_("On the page you see what each gives. One tap is enough to say yes or no."),
    ),
    ANSWER,
    topic="exchanges",
    good_until="starts_at",
)
STILL_INVITED = Notice(
    "groups:nudge",
    N_("%(who)s waits for your answer: %(title)s"),
    (
        N_("%(who)s invited you some days ago to “%(title)s”. A yes or a no is a kindness to them."),
        N_("We do not ask again."),
    ),
    ANSWER,
    topic="reminders",
)
CHANGED_TERMS = Notice(
    "groups:changed",
    N_("Something has changed: %(title)s"),
    (
        N_("%(who)s has changed something in “%(title)s”, so your yes no longer counts."),
        N_("Your place is kept: look at it again, and say whether it suits you."),
    ),
    ANSWER,
    topic="exchanges",
    promised=True,
)
SOMEBODY_COMES = Notice(
    "groups:joined",
    N_("%(who)s comes too: %(title)s"),
    (N_("Somebody has taken a place in “%(title)s”. On the page you see who comes."),),
    SEE,
    topic="exchanges",
)
SOMEBODY_LEAVES = Notice(
    "groups:left",
    N_("%(who)s cannot come: %(title)s"),
    (N_("A place in “%(title)s” is free again."),),
    SEE,
    topic="exchanges",
    promised=True,
)
HOW_DID_IT_GO = Notice(
    "groups:how_was_it",
    N_("How did it go? %(title)s"),
    (N_("Write down who was there and how long it took: then each confirms, and the hours count."),),
    N_("Write down how it went"),
    topic="reminders",
)
NOT_THERE = Notice(
    "groups:absent",
    N_("Without you this time: %(title)s"),
    (
        N_("%(who)s has written down that you were not there. Nothing is taken from you: your hours are free again."),
        N_("If you were there after all, write it on the page."),
    ),
    SEE,
    topic="exchanges",
)
COMPLETE = Notice(
    "groups:settled",
    N_("Complete: %(title)s"),
    (N_("Everybody has answered, and “%(title)s” is complete. On the page you see what each gave."),),
    SEE,
    topic="exchanges",
)
NOBODY = Notice(
    "groups:void",
    N_("No hours move: %(title)s"),
    (N_("Nobody is left in “%(title)s”, so no hours move."),),
    SEE,
    topic="exchanges",
)

NOTICES = (
    INVITED, STILL_INVITED, CHANGED_TERMS, SOMEBODY_COMES, SOMEBODY_LEAVES, HOW_DID_IT_GO, NOT_THERE, COMPLETE, NOBODY,
)  # fmt: skip
