"""What the ledger tells people: hours that came without an exchange, and hours that went back."""

from community.notifications.rules import Notice
from foundation.errors import N_

SEE = N_("See my time")

GIFT = Notice(
    "ledger:gift",
    N_("%(who)s gave you %(given_minutes)s"),
    (
        N_("%(who)s has given you %(given_minutes)s of their time, as a gift."),
        N_("Nothing is expected in return: ask for something you would like."),
    ),
    SEE,
    topic="exchanges",
)
GRANTED = Notice(
    "ledger:granted",
    N_("You have %(given_minutes)s more"),
    (N_("Hours have come to you: %(given_minutes)s. On the page you find from whom, and why."),),
    SEE,
    topic="exchanges",
)
UNDONE = Notice(
    "ledger:undone",
    N_("A movement of your hours was undone"),
    (
        N_("A community maker has undone a movement of your hours: they are back where they were."),
        N_("On the page you find which one, and why."),
    ),
    SEE,
    topic="exchanges",
)

SHEETS = Notice(
    "ledger:sheets",
    N_("The monthly sheets can be printed"),
    (
        N_("In your zones of %(community)s there are households without e-mail."),
        N_("Once a month they are given their hours on paper."),
        N_("On the page you print them all at once, one a page. Bring them, or post them."),
    ),
    N_("Print the sheets"),
    topic="makers",
)
NOTICES = (GIFT, GRANTED, UNDONE)
