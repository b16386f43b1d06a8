"""What people are told of their card."""

from community.notifications.rules import Notice
from foundation.errors import N_

ENDS = Notice(
    "cards:ends",
    N_("Your card of %(community)s ends on %(until_on)s"),
    (
        N_("Your membership card holds until %(until_on)s, and so may your insurance."),
        N_("To renew it, speak with a maker of your zone. You can always receive, card or not."),
    ),
    N_("See my card"),
    topic="reminders",
    good_until="until_on",
)
INSURANCE_ENDS = Notice(
    "cards:insurance_ends",
    N_("Your insurance in %(community)s ends on %(until_on)s"),
    (
        N_("You are insured with the community until %(until_on)s."),
        N_("To renew it, speak with a maker of your zone before you give a hand again."),
    ),
    N_("See my card"),
    topic="reminders",
    good_until="until_on",
)
THEIRS_END = Notice(
    "cards:theirs_end",
    N_("Cards to renew in your zones: %(count)s"),
    (
        N_("Membership cards that end within a month: %(count)s. Each of these people was told."),
        N_("The list says who they are. A word from you at the next meeting is often enough."),
    ),
    N_("See the cards"),
    topic="makers",
)
NOTICES = (ENDS, INSURANCE_ENDS, THEIRS_END)
