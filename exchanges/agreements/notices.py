"""What agreements tell people who are not looking."""

from community.notifications.rules import Notice
from foundation.errors import N_

SEE = N_("See how things stand")
ANSWER = N_("Answer")

CASHED = Notice(
    "agreements:redeemed",
    N_("Your time cheque was redeemed: %(title)s"),
    (
        N_("%(who)s has redeemed a time cheque of yours of %(said_minutes)s for “%(title)s”. The hours have moved."),
        N_("If something is not right, tell your maker: it can be undone."),
    ),
    SEE,
    topic="exchanges",
)
NEW_PROPOSAL = Notice(
    "agreements:proposed",
    N_("%(who)s answers you: %(title)s"),
    (N_("%(who)s has written to you about “%(title)s”."), N_("Look when and how long, and say whether it suits you.")),
    ANSWER,
    topic="exchanges",
)
NEW_TERMS = Notice(
    "agreements:countered",
    N_("%(who)s proposes it another way: %(title)s"),
    (
        N_("%(who)s has changed something in the proposal about “%(title)s”."),
        N_("Now it is your turn to say yes or no."),
    ),
    ANSWER,
    topic="exchanges",
)
YES = Notice(
    "agreements:accepted",
    N_("%(who)s said yes: %(title)s"),
    (
        N_("You have agreed on “%(title)s”."),
        N_("On the page you find how to reach each other, and where."),
    ),
    SEE,
    topic="exchanges",
)
NO = Notice(
    "agreements:declined",
    N_("%(who)s cannot this time: %(title)s"),
    (N_("It happens. There are other posts on the board, and other people near you."),),
    SEE,
    topic="exchanges",
)
TAKEN = Notice(
    "agreements:closed",
    N_("No longer needed: %(title)s"),
    (
        N_("The post you had answered is closed: somebody else was found, or it is no longer needed."),
        N_("Thank you for coming forward. It counts all the same."),
    ),
    SEE,
    topic="exchanges",
)
PARTED_WAYS = Notice(
    "agreements:parted",
    N_("It goes no further: %(title)s"),
    (
        N_("“%(title)s” goes no further. No hours move, and you need do nothing."),
        N_("It happens. There are other posts on the board, and other people near you."),
    ),
    SEE,
    topic="exchanges",
)
LEFT_US = Notice(
    "agreements:left",
    N_("It goes no further: %(title)s"),
    (
        N_("“%(title)s” goes no further: the other side has left the community. No hours move."),
        N_("What was set aside for it is free again. A maker of your zone is glad to help you find somebody else."),
    ),
    SEE,
    topic="exchanges",
    promised=True,
)
TOOK_BACK = Notice(
    "agreements:withdrawn",
    N_("%(who)s took it back: %(title)s"),
    (N_("You need do nothing: “%(title)s” no longer waits for your answer."),),
    SEE,
    topic="exchanges",
)
OTHER_ADULT = Notice(
    "agreements:replaced",
    N_("Somebody else comes: %(title)s"),
    (N_("%(who)s has changed who comes for “%(title)s”. On the page you see who it is."),),
    SEE,
    topic="exchanges",
    promised=True,
)
TOMORROW = Notice(
    "agreements:tomorrow",
    N_("Tomorrow: %(title)s"),
    (N_("%(starts_at)s, with %(who)s."), N_("If you cannot make it, say so now: one button is enough.")),
    SEE,
    topic="reminders",
    promised=True,
    good_until="starts_at",
    says_tomorrow=True,
)
STILL_TO_ANSWER = Notice(
    "agreements:nudge",
    N_("%(who)s waits for your answer: %(title)s"),
    (
        N_("%(who)s wrote to you about “%(title)s” some days ago. A yes, a no or “not now” is a kindness to them."),
        N_("We do not ask again: without an answer it ends by itself."),
    ),
    ANSWER,
    topic="reminders",
)
HOW_WAS_IT = Notice(
    "agreements:how_was_it",
    N_("How did it go? %(title)s"),
    (N_("Write down how long it really took: then %(who)s confirms, and the hours count."),),
    N_("Write down how it went"),
    topic="reminders",
)
PLEASE_CONFIRM = Notice(
    "agreements:confirm",
    N_("Please confirm: %(title)s"),
    (
        N_("%(who)s has written down how long “%(title)s” took. If it is right, confirm; if not, say so."),
        N_("If you say nothing, it counts as confirmed after %(until_on)s."),
    ),
    N_("Look and confirm"),
    topic="exchanges",
)
PLEASE_ANSWER = Notice(
    "agreements:confirm_needed",
    N_("Your confirmation is needed: %(title)s"),
    (
        N_("%(who)s has written down how long “%(title)s” took. If it is right, confirm; if not, say so."),
        N_("This one never counts by itself: it waits for your word."),
    ),
    N_("Look and confirm"),
    topic="exchanges",
)
STILL_TO_CONFIRM = Notice(
    "agreements:remind",
    N_("Still to confirm: %(title)s"),
    (
        N_("“%(title)s” waits for your yes. If you say nothing, it counts as confirmed after %(until_on)s."),
        N_("If it was different, this is the moment to say so."),
    ),
    N_("Look and confirm"),
    topic="reminders",
    good_until="until_on",
)
IS_CONFIRMED = Notice(
    "agreements:confirmed",
    N_("Confirmed: %(title)s"),
    (N_("The exchange is complete."), N_("Would you like to say thank you?")),
    SEE,
    topic="exchanges",
)
WAS_DIFFERENT = Notice(
    "agreements:disputed",
    N_("%(who)s says it was different: %(title)s"),
    (
        N_("It happens, even among people of good will. Write to each other: often that is enough."),
        N_("A maker of the zone reads along and helps."),
    ),
    SEE,
    topic="exchanges",
)
TO_SETTLE = Notice(
    "agreements:to_resolve",
    N_("A disagreement to settle"),
    (N_("Two members remember an exchange differently. Read what they wrote, listen to both, then decide."),),
    N_("Read and decide"),
    topic="makers",
)
DECIDED = Notice(
    "agreements:resolved",
    N_("A maker has decided: %(title)s"),
    (N_("On the page you both read what was decided, and why."),),
    SEE,
    topic="exchanges",
)
CALLED_OFF = Notice(
    "agreements:cancelled",
    N_("Called off: %(title)s"),
    (N_("%(who)s has called off “%(title)s”. The reason is on the page."),),
    SEE,
    topic="exchanges",
    promised=True,
)
DID_NOT_HAPPEN = Notice(
    "agreements:missed",
    N_("It did not take place: %(title)s"),
    (N_("%(who)s has written that “%(title)s” did not take place. No hours move."),),
    SEE,
    topic="exchanges",
)
NEW_WORDS = Notice(
    "agreements:message",
    N_("%(who)s wrote to you"),
    (N_("There is a new message about “%(title)s”."),),
    N_("Read and answer"),
    topic="messages",
)
THANKS = Notice(
    "agreements:thanks",
    N_("%(who)s says thank you"),
    (N_("There are a few kind words for you about “%(title)s”."),),
    N_("Read them"),
    topic="messages",
)

ENDED_BY_ITSELF = Notice(
    "agreements:lapsed",
    N_("It ended by itself: %(title)s"),
    (
        N_("Nobody wrote anything more about “%(title)s”, so it is closed. No hours move."),
        N_("If it took place after all, record it: two minutes are enough."),
    ),
    SEE,
    topic="exchanges",
)
COPIED = Notice(
    "agreements:cheque",
    N_("Copied from paper: %(title)s"),
    (
        N_("%(who)s has copied a paper cheque of %(said_minutes)s for “%(title)s”. The hours have moved."),
        N_("If something is not right, tell your maker: it can be undone."),
    ),
    SEE,
    topic="exchanges",
)

MAKER_FIRST = Notice(
    "agreements:maker_first",
    N_("Called off for now: %(title)s"),
    (
        N_("Before “%(title)s” a maker would like a word with you: something about who comes has to be seen again."),
        N_("It takes one conversation. No hours move, and afterwards you can agree on it again."),
    ),
    SEE,
    topic="exchanges",
    promised=True,
)
NOT_FOR_NOW = Notice(
    "agreements:not_for_now",
    N_("Called off for now: %(title)s"),
    (
        N_("“%(title)s” does not take place for now: in the family something has to be settled first. No hours move."),
        N_("It is nobody's fault. Afterwards you can agree on it again."),
    ),
    SEE,
    topic="exchanges",
    promised=True,
)
THEY_CANNOT_COME = Notice(
    "agreements:cannot_come",
    N_("Called off: %(title)s"),
    (
        N_("Who was to come for “%(title)s” cannot make it. It happens to everybody. No hours move."),
        N_("There are other people near you, and a maker of your zone is glad to help you find somebody."),
    ),
    SEE,
    topic="exchanges",
    promised=True,
)

NOTICES = (
    NEW_PROPOSAL, NEW_TERMS, YES, NO, TAKEN, PARTED_WAYS, LEFT_US, TOOK_BACK, OTHER_ADULT, TOMORROW, STILL_TO_ANSWER,
    HOW_WAS_IT, PLEASE_CONFIRM, PLEASE_ANSWER, STILL_TO_CONFIRM, IS_CONFIRMED, WAS_DIFFERENT, TO_SETTLE, DECIDED,
    CALLED_OFF, DID_NOT_HAPPEN, NEW_WORDS, THANKS, ENDED_BY_ITSELF, MAKER_FIRST, NOT_FOR_NOW, THEY_CANNOT_COME,
    COPIED, CASHED,
)  # fmt: skip
