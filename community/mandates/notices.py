"""What makers are told of households without e-mail."""

from community.notifications.rules import Notice
from foundation.errors import N_

ENDS = Notice(
    "mandates:ends",
    N_("%(party)s: what was agreed ends on %(until_on)s"),
    (
        N_("You act for %(party)s, who have no e-mail. What they agreed to holds until %(until_on)s."),
        N_("Ask them whether you may go on: by voice is enough. Then write it down on their page."),
    ),
    N_("Open their page"),
)
OVER = Notice(
    "mandates:over",
    N_("%(party)s: what was agreed is over"),
    (
        N_("For %(party)s, who have no e-mail, nothing more is done until they say yes again."),
        N_("Call them, or drop in. If they would rather not go on, write that down too."),
    ),
    N_("Open their page"),
)
NOTICES = (ENDS, OVER)
