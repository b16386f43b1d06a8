"""What the makers' desk may write. No letter says what it is about: on its page one reads it alone."""

from community.notifications.rules import Notice
from foundation.errors import N_

_READ = N_("Read it")
_APPEAL = N_("If you see it otherwise, another maker looks at it again: you find how on the page, within thirty days.")
_SUBJECT = N_("The makers have written to you")
"""Whoever looks over a shoulder learns nothing: what it is stands inside."""
_ENDS = N_("You read why, and until when, on the page.")


def _decided(outcome: str, said: str, topic: str = "household") -> Notice:
    return Notice(
        f"moderation:{outcome}",
        _SUBJECT,
        (said, _ENDS, _APPEAL),
        _READ,
        topic=topic,
    )


DECIDED = {
    "publish": Notice(
        "moderation:publish",
        N_("Your post is on the board"),
        (N_("A maker has read it: now the others read it too. Thank you for waiting."),),
        N_("Look at it"),
        topic="posts",
    ),
    "hide": _decided(
        "hide",
        N_("A community maker has looked at something you wrote, and taken it out of sight. You still see it."),
    ),
    "edit": _decided(
        "edit",
        N_("A community maker has looked at something you wrote, and asks you to change it a little."),
    ),
    "warn": _decided(
        "warn",
        N_("The community makers would like to tell you something. Nothing is taken from you."),
    ),
    "limit": _decided(
        "limit",
        N_("The community makers ask you to stop for a while with something you do here."),
    ),
    "pause": _decided(
        "pause",
        N_("For now you can do nothing here. Your hours stay yours."),
        topic="account",
    ),
    "exclude": _decided(
        "exclude",
        N_("The community makers have decided that it does not go on together."),
        topic="account",
    ),
}
"""By outcome; that nothing was to be done tells nobody."""

UNDONE = Notice(
    "moderation:undone",
    _SUBJECT,
    (N_("The makers have taken back what they had decided about you: it counts no longer."),),
    _READ,
    topic="household",
)

UPHELD = Notice(
    "moderation:upheld",
    _SUBJECT,
    (N_("Another maker has read what you wrote. The decision stays as it is: on the page you read why."),),
    _READ,
    topic="household",
)

OVERTURNED = Notice(
    "moderation:overturned",
    _SUBJECT,
    (N_("Another maker has read what you wrote, and the decision counts no longer."),),
    _READ,
    topic="household",
)

LOOKED_AT = Notice(
    "moderation:looked_at",
    _SUBJECT,
    (
        N_("The makers have an answer to something you wrote to them."),
        N_("Read it when nobody looks over your shoulder."),
    ),
    N_("Read it"),
    topic="household",
)

URGENT_CASE = Notice(
    "moderation:urgent",
    N_("Something urgent on the makers' desk"),
    (N_("Somebody may be in danger, or a child is concerned. Please look within a day."),),
    N_("Open the case"),
    topic="makers",
    urgent=True,
)

OVERDUE = Notice(
    "moderation:overdue",
    N_("A report has waited too long"),
    (N_("It should have been decided by now. Take it, or give it to a colleague."),),
    N_("Open the case"),
    topic="makers",
)

ASSIGNED = Notice(
    "moderation:assigned",
    N_("A colleague gives you a case"),
    (N_("Have a look when you can: the deadline is on its page."),),
    N_("Open the case"),
    topic="makers",
)

APPEALED = Notice(
    "moderation:appealed",
    N_("Somebody asks for another look"),
    (N_("A person does not agree with a decision of a colleague. Read both sides, then answer."),),
    N_("Open the makers' desk"),
    topic="makers",
)

NOTICES = (*DECIDED.values(), UNDONE, UPHELD, OVERTURNED, LOOKED_AT, URGENT_CASE, OVERDUE, ASSIGNED, APPEALED)
