"""What the makers' desk may write. No letter says what it is about: on its page one reads it alone."""

from community.notifications.rules import Notice
from foundation.errors import N_

_READ = N_("Read it")
_APPEAL = N_("If you see it otherwise, another maker looks at it again: you find how on the page, within thirty days.")
_ENDS = N_("You read why, and until when, on the page.")


def _decided(outcome: str, subject: str, said: str) -> Notice:
    return Notice(f"moderation:{outcome}", subject, (said, _ENDS, _APPEAL), _READ)


DECIDED = {
    "publish": Notice(
        "moderation:publish",
        N_("Your post is on the board"),
        (N_("A maker has read it: now the others read it too. Thank you for waiting."),),
        N_("Look at it"),
    ),
    "hide": _decided(
        "hide",
        N_("A maker took something of yours out of sight"),
        N_("A community maker has looked at something you wrote, and taken it out of sight. You still see it."),
    ),
    "edit": _decided(
        "edit",
        N_("A maker asks you to change something"),
        N_("A community maker has looked at something you wrote, and asks you to change it a little."),
    ),
    "warn": _decided(
        "warn",
        N_("A word from the makers"),
        N_("The community makers would like to tell you something. Nothing is taken from you."),
    ),
    "limit": _decided(
        "limit",
        N_("Some things you cannot do for now"),
        N_("The community makers ask you to stop for a while with something you do here."),
    ),
    "pause": _decided(
        "pause",
        N_("Your place in the community is paused"),
        N_("For now you can do nothing here. Your hours stay yours."),
    ),
    "exclude": _decided(
        "exclude",
        N_("You are no longer part of the community"),
        N_("The community makers have decided that it does not go on together."),
    ),
}
"""By outcome; that nothing was to be done tells nobody."""

UNDONE = Notice(
    "moderation:undone",
    N_("A decision about you was taken back"),
    (N_("The makers have taken back what they had decided about you: it counts no longer."),),
    _READ,
)

UPHELD = Notice(
    "moderation:upheld",
    N_("Another maker has looked again"),
    (N_("Another maker has read what you wrote. The decision stays as it is: on the page you read why."),),
    _READ,
)

OVERTURNED = Notice(
    "moderation:overturned",
    N_("Another maker has looked again: you were right"),
    (N_("Another maker has read what you wrote, and the decision counts no longer."),),
    _READ,
)

LOOKED_AT = Notice(
    "moderation:looked_at",
    N_("The makers have looked at what you reported"),
    (
        N_("Thank you for telling them. They have decided what to do; more they cannot say, since it concerns others."),
        N_("If it happens again, report it again. In danger call 112, for children 114, for violence 1522."),
    ),
    N_("What I reported"),
)

URGENT_CASE = Notice(
    "moderation:urgent",
    N_("Something urgent on the makers' desk"),
    (N_("Somebody may be in danger, or a child is concerned. Please look within a day."),),
    N_("Open the case"),
)

OVERDUE = Notice(
    "moderation:overdue",
    N_("A report has waited too long"),
    (N_("It should have been decided by now. Take it, or give it to a colleague."),),
    N_("Open the case"),
)

ASSIGNED = Notice(
    "moderation:assigned",
    N_("A colleague gives you a case"),
    (N_("Have a look when you can: the deadline is on its page."),),
    N_("Open the case"),
)

APPEALED = Notice(
    "moderation:appealed",
    N_("Somebody asks for another look"),
    (N_("A person does not agree with a decision of a colleague. Read both sides, then answer."),),
    N_("Open the makers' desk"),
)

NOTICES = (*DECIDED.values(), UNDONE, UPHELD, OVERTURNED, LOOKED_AT, URGENT_CASE, OVERDUE, ASSIGNED, APPEALED)
