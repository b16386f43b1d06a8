"""What is said when somebody leaves."""

from community.notifications.rules import Notice
from foundation.errors import N_

YOU_LEFT = Notice(
    "leaving:you_left",
    N_("You have left %(community)s"),
    (
        N_("Thank you for the time you gave and for the time you let others give you."),
        N_("Until %(until_on)s one tap brings everything back. After that your name, contacts and words go for good."),
        N_("If it was not you, come back at once and choose a new password."),
    ),
    N_("I have changed my mind"),
    topic="account",
    waited_for=True,
)
PERSON_LEFT = Notice(
    "leaving:person_left",
    N_("Something has changed in %(party)s"),
    (
        N_("%(who)s has left the community. %(party)s, its balance and its history stay with you."),
        N_("What only %(who)s had promised to do was called off, and the others know."),
    ),
    N_("See who is left"),
    topic="household",
)
CAME_BACK = Notice(
    "leaving:came_back",
    N_("%(who)s is back with %(party)s"),
    (N_("%(who)s has changed their mind and acts for %(party)s again."),),
    N_("See who is there"),
    topic="household",
)
MEMBER_LEFT = Notice(
    "leaving:member_left",
    N_("Somebody has left the community"),
    (
        N_("%(who)s has left, and may come back until %(until_on)s. A kind word may help, whatever they decide."),
        N_("What they had agreed upon was called off, and the others have been told."),
    ),
    N_("See who is here"),
    topic="makers",
)
NOTICES = (YOU_LEFT, PERSON_LEFT, CAME_BACK, MEMBER_LEFT)
