"""What people are told about their own account and roles."""

from community.notifications.rules import Notice
from foundation.errors import N_

CONFIRM_NEW_ADDRESS = Notice(
    "members:confirm_new_address",
    N_("Is this your new e-mail address?"),
    (
        N_("%(name)s would like to receive mail from Reciproca at this address."),
        N_("If that is you, open the link and press the button. It works for two days."),
        N_("If it is not you, do nothing: nothing will change."),
    ),
    N_("Yes, it is mine"),
)

ADDRESS_CHANGED = Notice(
    "members:address_changed",
    N_("Your e-mail address was changed"),
    (
        N_("From now on Reciproca writes to you at the new address you gave."),
        N_("If it was not you, choose a new password at once and call a maker of your zone."),
    ),
    N_("Choose a new password"),
)

NOTICES = (CONFIRM_NEW_ADDRESS, ADDRESS_CHANGED)
