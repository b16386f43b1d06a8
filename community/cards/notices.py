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
)
NOTICES = (ENDS, INSURANCE_ENDS)
