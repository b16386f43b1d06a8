"""What people are told while they join."""

from community.notifications.rules import Notice
from foundation.errors import N_

CONFIRM = Notice(
    "joining:confirm",
    N_("One step more to join %(community)s"),
    (
        N_("Thank you for asking to join %(community)s."),
        N_(
            "A maker of %(zone)s has your request already. Confirm that this address is yours, and see where you stand."
        ),
        N_("If you did not ask for it, do nothing: nobody will use this address."),
    ),
    N_("Confirm my address"),
    topic="account",
    waited_for=True,
)

CONFIRM_INVITED = Notice(
    "joining:confirm_invited",
    N_("Welcome to %(community)s"),
    (
        N_("Your invitation is good: you are in already."),
        N_("Confirm that this address is yours and come in."),
        N_("If you did not ask for it, do nothing: nobody will use this address."),
    ),
    N_("Confirm my address"),
    topic="account",
    waited_for=True,
)

ALREADY_HERE = Notice(
    "joining:already_here",
    N_("You have an account already"),
    (
        N_("Somebody asked to join %(community)s with this address, and you have an account with it."),
        N_("If it was you, sign in: you can join another community in two taps, with the same account."),
        N_("If it was not you, do nothing: nothing has changed."),
    ),
    N_("Sign in and go on"),
    topic="account",
    waited_for=True,
)

NEW_APPLICATION = Notice(
    "joining:new_application",
    N_("Somebody would like to join, in %(zone)s"),
    (N_("%(applicant)s is waiting for you in %(zone)s: have a look, and a word with them if you can."),),
    N_("See the request"),
    topic="makers",
)

APPROVED = Notice(
    "joining:approved",
    N_("Welcome to %(community)s"),
    (
        N_("You are in: your neighbours can see you now, and you them."),
        N_("You can receive first: ask for a hand, or offer one, even for an hour."),
    ),
    N_("Come in"),
    topic="household",
)

DECLINED = Notice(
    "joining:declined",
    N_("An answer from %(community)s"),
    (
        N_("The makers of your zone have looked at your request and written you a few words."),
        N_("You can talk to them, and ask again whenever you like."),
    ),
    N_("Read it here"),
    topic="account",
)

NOTICES = (CONFIRM, CONFIRM_INVITED, ALREADY_HERE, NEW_APPLICATION, APPROVED, DECLINED)
