"""What a broadcast is as a letter, and what makers are told about each other's."""

from community.notifications.rules import Notice
from foundation.errors import N_

SIGNED = N_("%(maker)s, for the makers of %(community)s")
READ_IT = N_("Read it on its page")

NEWS = Notice(
    "broadcasts:news",
    N_("%(community)s: %(subject)s"),
    ("%(words)s", SIGNED),
    READ_IT,
    topic="news",
)
"""The words themselves are in it, so that who can only be called hears all of it."""
URGENT = Notice(
    "broadcasts:urgent",
    N_("Today, %(community)s: %(subject)s"),
    ("%(words)s", SIGNED),
    READ_IT,
    topic="news",
    urgent=True,
)
PLEASE_APPROVE = Notice(
    "broadcasts:approve",
    N_("Please read before it goes out: a message to many"),
    (
        N_("%(who)s wrote a message for %(people)s people. It goes out only when a second maker says yes."),
        N_("Read it as the others would, and say yes, or what you would change."),
    ),
    N_("Read it"),
    topic="makers",
)
APPROVED = Notice(
    "broadcasts:approved",
    N_("A second maker said yes to your message"),
    (N_("%(who)s has read your message and said yes. It goes out as you planned it."),),
    N_("See how it goes"),
    topic="makers",
)
SENT_BACK = Notice(
    "broadcasts:sent_back",
    N_("A second maker would change something in your message"),
    (N_("%(who)s has read your message and wrote what to change. Nothing has gone out."),),
    N_("Read what they wrote"),
    topic="makers",
)
NOT_SENT = Notice(
    "broadcasts:not_sent",
    N_("Your message has not gone out"),
    (N_("You do not look after all the people it was for any more. Another maker can copy it and send it."),),
    N_("Look at it"),
    topic="makers",
)
GREW = Notice(
    "broadcasts:grew",
    N_("Your message waits for a second maker"),
    (N_("It would reach more people by now, so a second maker reads it first. We have asked them."),),
    N_("Look at it"),
    topic="makers",
)
NOTICES = (NEWS, URGENT, PLEASE_APPROVE, APPROVED, SENT_BACK, NOT_SENT, GREW)
