"""What people are told about signing in."""

from community.notifications.rules import Notice
from foundation.errors import N_

LINK = Notice(
    "signing_in:link",
    N_("Your link to sign in"),
    (
        N_("Open the link and press the button: you are in, without a password."),
        N_("It works once, within half an hour. If you did not ask for it, do nothing."),
    ),
    N_("Sign in"),
)

NEW_PASSWORD = Notice(
    "signing_in:new_password",
    N_("Choose a new password"),
    (
        N_("Open the link to choose a new password."),
        N_("It works once, within an hour. If you did not ask for it, do nothing: the old one stays."),
    ),
    N_("Choose a new password"),
)

PASSWORD_CHANGED = Notice(
    "signing_in:password_changed",
    N_("Your password was changed"),
    (
        N_("Your password was changed, and whoever was signed in on another device was signed out."),
        N_("If it was not you, choose another one at once and call a maker of your zone."),
    ),
    N_("Choose a new password"),
)

NOTICES = (LINK, NEW_PASSWORD, PASSWORD_CHANGED)
