"""What goes to the new address, and to the old one."""

from community.notifications.rules import Notice
from foundation.errors import N_

CONFIRM_NEW_ADDRESS = Notice(
    "addresses:confirm_new",
    N_("Is this your new e-mail address?"),
    (
        N_("%(name)s would like to receive mail from Reciproca at this address."),
        N_("If that is you, open the link and press the button. It works for seven days."),
        N_("If it is not you, do nothing: nothing will change."),
    ),
    N_("Yes, it is mine"),
    topic="account",
    waited_for=True,
)

AGREE_TO_CHANGE = Notice(
    "addresses:agree",
    N_("Somebody wants another e-mail address for your account"),
    (
        N_("Somebody signed in as you asked that we write to %(mail)s from now on, and no longer here."),
        N_("If it was you, open the link and say yes."),
        N_("If it was not you, open the link and press “Stop this”."),
        N_("Without a word from you the change may be made after %(changes_on)s."),
    ),
    N_("Say yes, or stop it"),
    topic="account",
    waited_for=True,
)

ADDRESS_CHANGED = Notice(
    "addresses:changed",
    N_("Your e-mail address was changed"),
    (
        N_("From now on Reciproca writes to you at the new address you gave."),
        N_("If it was not you, call a maker of your zone at once."),
    ),
    N_("Open Reciproca"),
    topic="account",
    waited_for=True,
)

NOTICES = (CONFIRM_NEW_ADDRESS, AGREE_TO_CHANGE, ADDRESS_CHANGED)
