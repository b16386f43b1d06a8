"""What organisations and makers are told of pledges. No notice names who gives, nor what is given."""

from community.notifications.rules import Notice
from foundation.errors import N_

_LOOK = N_("Look at the pledge")
OFFERED = Notice(
    "sponsors:offered",
    N_("Something was pledged in your zone"),
    (N_("An organisation would like to give something. Look at what it is and for what, and say yes or no."),),
    _LOOK,
    topic="makers",
)
ACCEPTED = Notice(
    "sponsors:accepted",
    N_("Your pledge was accepted"),
    (
        N_("Thank you! What you pledged is welcome."),
        N_("On its page you see what was noted of it, until %(until_on)s."),
    ),
    _LOOK,
    topic="posts",
)
DECLINED = Notice(
    "sponsors:declined",
    N_("Your pledge does not fit for now"),
    (N_("Thank you for the thought. Why it does not fit is written on its page."),),
    _LOOK,
    topic="posts",
)
WITHDRAWN = Notice(
    "sponsors:withdrawn",
    N_("A pledge in your zone is off"),
    (N_("What an organisation pledged in your zone is not to be counted on any more."),),
    _LOOK,
    topic="makers",
)
ENDED = Notice(
    "sponsors:ended",
    N_("Your pledge is over"),
    (N_("What was given stays noted, and so do the thanks. You can pledge something again at any time."),),
    _LOOK,
    topic="posts",
)
THANKED = Notice(
    "sponsors:thanked",
    N_("Thank you for what you gave"),
    (N_("The makers wrote you a few words, and everybody reads them where you wish to be named."),),
    N_("Read the thanks"),
    topic="posts",
)
DUE = Notice(
    "sponsors:due",
    N_("Your pledge is awaited until %(until_on)s"),
    (
        N_("You pledged something, and not all of it is noted as given."),
        N_("Did you give it already? Tell a maker, who notes it. Is it difficult now? Say so: it can be put right."),
    ),
    _LOOK,
    topic="reminders",
    good_until="until_on",
)
BEGINS = Notice(
    "sponsors:begins",
    N_("Tomorrow your pledge begins"),
    (N_("From tomorrow, %(from_on)s, you are counted on. Thank you!"),),
    _LOOK,
    topic="reminders",
    good_until="from_on",
)
NOTICES = (OFFERED, ACCEPTED, DECLINED, WITHDRAWN, ENDED, THANKED, DUE, BEGINS)
