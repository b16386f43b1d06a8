"""The one letter that asks somebody for a reference."""

from community.notifications.rules import Notice
from foundation.errors import N_

PLEASE = Notice(
    "references:please",
    N_("A few words about somebody you know"),
    (
        N_("%(who)s, community maker, asks you about %(name)s, who would like to look after others."),
        N_("Three short questions. Only the makers read what you write; %(name)s does not."),
        N_("If you would rather not, do nothing."),
    ),
    N_("Answer the three questions"),
    topic="account",
)

NOTICES = (PLEASE,)
