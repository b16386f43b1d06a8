"""What families are told of their purse, and makers of the solidarity quota. None says who paid, or for whom."""

from community.notifications.rules import Notice
from foundation.errors import N_

_LINK = N_("Look at it")
RECEIPT = Notice(
    "reckoning:receipt",
    N_("Receipt %(number)s: %(amount)s"),
    (N_("It stands in your purse, and the receipt is there to print."),),
    N_("The receipt"),
    topic="household",
)
TAKEN_BACK = Notice(
    "reckoning:taken_back",
    N_("A receipt was taken back: %(amount)s"),
    (N_("It had been written by mistake. This is the receipt that takes it back: %(number)s."),),
    N_("The receipt"),
    topic="household",
)
STILL_OPEN = Notice(
    "reckoning:still_open",
    N_("Something of the shared orders is still open: %(amount)s"),
    (
        N_("If you have paid it meanwhile, tell who keeps the till."),
        N_("If it is too much just now, you can say so in your purse: it stays between you and a maker."),
    ),
    N_("Your purse"),
    topic="reminders",
)
ASKED = Notice(
    "reckoning:asked",
    N_("Somebody wrote to the makers about the shared orders: %(zone)s"),
    (N_("Only the makers of the zone read it. That you open it is written down."),),
    _LINK,
    topic="makers",
)
ANSWERED = Notice(
    "reckoning:answered",
    N_("The makers have answered you"),
    (N_("You wrote to them about the shared orders. The answer is in your purse."),),
    N_("Your purse"),
    topic="household",
)
OFFERED = Notice(
    "reckoning:offered",
    N_("A maker has left you something in your purse"),
    (N_("It is about the shared orders. You say yes or no there, and nobody else hears of it."),),
    N_("Your purse"),
    topic="household",
)
_IF_WRONG = N_("If it is not right, tell who keeps the shared orders: it can be corrected.")
BROUGHT_FAVOUR = Notice(
    "reckoning:brought_favour",
    N_("In your favour from before: %(amount)s"),
    (N_("It was written down from the books that the group kept before. Your next order uses it."), _IF_WRONG),
    N_("Your purse"),
    topic="household",
)
BROUGHT_DEBT = Notice(
    "reckoning:brought_debt",
    N_("Still to give from before: %(amount)s"),
    (N_("It was written down from the books that the group kept before."), _IF_WRONG),
    N_("Your purse"),
    topic="household",
)
NOT_BROUGHT = Notice(
    "reckoning:not_brought",
    N_("What was written down from before was taken back: %(amount)s"),
    (N_("It had been written by mistake. Your purse says how it stands now."),),
    N_("Your purse"),
    topic="household",
)
NOTICES = (
    RECEIPT, TAKEN_BACK, STILL_OPEN, ASKED, ANSWERED, OFFERED, BROUGHT_FAVOUR, BROUGHT_DEBT, NOT_BROUGHT,
)  # fmt: skip
