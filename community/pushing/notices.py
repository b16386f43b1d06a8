"""The notices by which people see whether they are reached."""

from community.notifications.rules import Notice
from foundation.errors import N_

TEST_LETTER = Notice(
    "pushing:test_letter",
    N_("A trial letter: it works"),
    (N_("You asked for this letter to see whether our e-mail reaches you. It does."),),
    N_("Back to your devices"),
    topic="account",
    waited_for=True,
)

TEST_PUSH = Notice(
    "pushing:test_push",
    N_("A trial notice: it works"),
    (N_("This device is told of what is new."),),
    topic="account",
    waited_for=True,
)

NOTICES = (TEST_LETTER, TEST_PUSH)
