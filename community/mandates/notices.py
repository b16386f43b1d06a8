"""What makers are told of households without e-mail."""

from community.notifications.rules import Notice
from foundation.errors import N_

ENDS = Notice(
    "mandates:ends",
    N_("What a household agreed with you ends on %(until_on)s"),
    (
        N_("You act for %(party)s, who have no e-mail. What they agreed to holds until %(until_on)s."),
        N_("Ask them whether you may go on: by voice is enough. Then write it down on their page."),
    ),
    N_("Open their page"),
    topic="makers",
)
OVER = Notice(
    "mandates:over",
    N_("What a household agreed with you is over"),
    (
        N_("For %(party)s, who have no e-mail, nothing more is done until they say yes again."),
        N_("Call them, or drop in. If they would rather not go on, write that down too."),
    ),
    N_("Open their page"),
    topic="makers",
)
YOUR_ACCOUNT = Notice(
    "mandates:your_account",
    N_("Your own account of %(community)s"),
    (
        N_("With the printed code you asked to use %(community)s yourself, with this address."),
        N_("Open the link and choose a password. From then on makers act for you no more."),
        N_("If it was not you, do nothing: nothing will change."),
    ),
    N_("Choose a password"),
    topic="account",
    waited_for=True,
)
ALREADY_HERE = Notice(
    "mandates:already_here",
    N_("You have an account already"),
    (
        N_("Somebody with a printed code of %(community)s wrote this address, and you have an account with it."),
        N_("If it was you, talk to a maker: two accounts cannot have the same address."),
        N_("If it was not you, do nothing: nothing has changed."),
    ),
    N_("Sign in"),
    topic="account",
    waited_for=True,
)
NOTICES = (ENDS, OVER, YOUR_ACCOUNT, ALREADY_HERE)
