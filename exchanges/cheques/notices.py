"""What time cheques tell people."""

from community.notifications.rules import Notice
from foundation.errors import N_

ENDING = Notice(
    "cheques:ending",
    N_("Your time cheques are good until %(until_on)s"),
    (
        N_("Cheques of %(said_minutes)s not redeemed yet: %(cheque_count)s. They are good until %(until_on)s."),
        N_("Did you give one to somebody? Tell them to redeem it in time: a maker helps who does not use Reciproca."),
        N_("Those that nobody brings end by themselves, and their hours are yours again."),
    ),
    N_("See your cheques"),
    topic="reminders",
    good_until="until_on",
)
EXPIRED = Notice(
    "cheques:expired",
    N_("Your time cheques are over"),
    (
        N_("Cheques you printed were good until %(until_on)s, and some were not redeemed."),
        N_("Their hours are free again. If you still owe somebody one, record the exchange with them."),
    ),
    N_("See your cheques"),
    topic="exchanges",
)
STOPPED = Notice(
    "cheques:stopped",
    N_("What becomes of your time cheques"),
    (
        N_("Whoever helped you until %(since_on)s can redeem a cheque of yours until %(until_on)s: that hour is owed."),
        N_("Then those that are left are void, and the hours set aside for them are free again."),
        N_("If you are back before, they are good as they were. Please give none away meanwhile."),
    ),
    topic="account",
)
STOPPED_FOR_MAKERS = Notice(
    "cheques:stopped_for_makers",
    N_("Time cheques that are good until %(until_on)s"),
    (
        N_("%(party)s are not here for now, and somebody may hold cheques of theirs."),
        N_("They are redeemed until %(until_on)s, for help given until %(since_on)s. Then they are void."),
        N_("Who comes to you with one: help them redeem it. Later, the community fund can give them the hours."),
    ),
    N_("Redeem a cheque"),
    topic="makers",
)
VOIDED = Notice(
    "cheques:voided",
    N_("Your time cheques are void"),
    (
        N_("The days are over in which who helped you before could redeem them. The hours set aside are free again."),
        N_("If you still owe somebody an hour, tell a maker: it can be put right."),
    ),
    topic="exchanges",
)
NOTICES = (ENDING, EXPIRED, STOPPED, STOPPED_FOR_MAKERS, VOIDED)
