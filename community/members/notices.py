"""What people are told of roles."""

from community.notifications.rules import Notice
from foundation.errors import N_

ROLE_ENDS = Notice(
    "members:role_ends",
    N_("Your role in %(community)s ends on %(until_on)s"),
    (
        N_("As was said when it was given, your role holds until %(until_on)s; then it ends by itself."),
        N_("Thank you for all you do. If you would like to go on, speak with an administrator."),
    ),
)
ROLE_OF_SOMEBODY_ENDS = Notice(
    "members:role_of_somebody_ends",
    N_("The role of %(name)s ends on %(until_on)s"),
    (
        N_("The role of %(name)s in %(community)s holds until %(until_on)s; then it ends by itself."),
        N_("If it should go on, or pass to somebody else, give it on the page of the roles."),
    ),
    N_("See the roles"),
)
NOTICES = (ROLE_ENDS, ROLE_OF_SOMEBODY_ENDS)
