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
)
NOTICES = (ENDS,)
