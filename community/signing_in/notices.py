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
    topic="account",
    waited_for=True,
)

NEW_PASSWORD = Notice(
    "signing_in:new_password",
    N_("Choose a new password"),
    (
        N_("Open the link to choose a new password."),
        N_("It works once, within an hour. If you did not ask for it, do nothing: the old one stays."),
    ),
    N_("Choose a new password"),
    topic="account",
    waited_for=True,
)

PASSWORD_CHANGED = Notice(
    "signing_in:password_changed",
    N_("Your password was changed"),
    (
        N_("Your password was changed, and whoever was signed in on another device was signed out."),
        N_("If it was not you, choose another one at once and call a maker of your zone."),
    ),
    N_("Choose a new password"),
    topic="account",
    waited_for=True,
)

NEW_DEVICE = Notice(
    "signing_in:new_device",
    N_("Somebody signed in as you on a new device"),
    (
        N_("On %(signed_in_at)s somebody signed in as you on a device that we did not know: %(device)s."),
        N_("If it was you, there is nothing to do."),
        N_("If it was not you, open the link: one button signs that device out. Then choose a new password."),
    ),
    N_("It was not me"),
    topic="account",
    waited_for=True,
)

NEW_DEVICE_UNNAMED = Notice(
    "signing_in:new_device_unnamed",
    N_("Somebody signed in as you on a new device"),
    (
        N_("On %(signed_in_at)s somebody signed in as you on a device that we did not know."),
        N_("If it was you, there is nothing to do."),
        N_("If it was not you, open the link: one button signs that device out. Then choose a new password."),
    ),
    N_("It was not me"),
    topic="account",
    waited_for=True,
)

SECOND_STEP_SET_UP = Notice(
    "signing_in:second_step_set_up",
    N_("Two-step sign-in is on"),
    (
        N_("From now on, to sign in you also write a code that your telephone shows."),
        N_("Keep the printed codes at home: each of them works once if the telephone is lost."),
        N_("If it was not you, choose a new password at once and call an administrator of your community."),
    ),
    topic="account",
    waited_for=True,
)

SECOND_STEP_ENDED = Notice(
    "signing_in:second_step_ended",
    N_("Two-step sign-in is off"),
    (
        N_("From now on nobody asks you for a code when you sign in."),
        N_("If it was not you, choose a new password at once and call an administrator of your community."),
    ),
    topic="account",
    waited_for=True,
)

SECOND_STEP_TAKEN_OFF = Notice(
    "signing_in:second_step_taken_off",
    N_("Two-step sign-in was taken off for you"),
    (
        N_("Somebody who may help with it took it off, because your telephone was said to be lost."),
        N_("You were signed out everywhere. Sign in again, and set it up on your new telephone."),
        N_("If you did not ask for it, choose a new password at once and call an administrator of your community."),
    ),
    topic="account",
    waited_for=True,
)

CODE_USED = Notice(
    "signing_in:code_used",
    N_("One of your printed codes was used"),
    (
        N_("Somebody signed in as you with a printed code. Codes still good: %(left)s."),
        N_("If it was not you, choose a new password at once and call an administrator of your community."),
    ),
    topic="account",
    waited_for=True,
)

NOTICES = (
    LINK,
    NEW_PASSWORD,
    PASSWORD_CHANGED,
    NEW_DEVICE,
    NEW_DEVICE_UNNAMED,
    SECOND_STEP_SET_UP,
    SECOND_STEP_ENDED,
    SECOND_STEP_TAKEN_OFF,
    CODE_USED,
)
