"""The one letter about a concern: to a lead, and it says nothing.

Who told of it gets none: a mail may be read by others at home.
"""

from community.notifications.rules import Notice
from foundation.errors import N_

FOR_LEAD = Notice(
    "concerns:for_lead",
    N_("Something waits for you in your community"),
    (N_("Open it when nobody looks over your shoulder. It is for you and the other leads alone."),),
    N_("Open it"),
    topic="makers",
    urgent=True,
)

NOTICES = (FOR_LEAD,)
