"""What those are told who hold a voucher, and those who offer some. Never what it is, nor why it was given."""

from community.notifications.rules import Notice
from foundation.errors import N_

_SEE = N_("See it")
OFFERED = Notice(
    "vouchers:offered",
    N_("Vouchers were offered in your zone"),
    (N_("An organisation would like to give something away by vouchers. Look at it, and say yes or no."),),
    N_("Look at the offer"),
    topic="makers",
)
ACCEPTED = Notice(
    "vouchers:accepted",
    N_("Your vouchers are welcome"),
    (
        N_("Thank you! The makers hand them on, to who needs them or as thanks. You are not told to whom."),
        N_("Who brings one shows a code: read it with your telephone, or type it. It counts once."),
    ),
    N_("See how it goes"),
    topic="posts",
)
DECLINED = Notice(
    "vouchers:declined",
    N_("Your vouchers do not fit for now"),
    (N_("Thank you for the thought. Why they do not fit is written on their page."),),
    N_("Look at the offer"),
    topic="posts",
)
WITHDRAWN = Notice(
    "vouchers:withdrawn",
    N_("Vouchers of your zone are no more"),
    (N_("An organisation gives these vouchers no more. Who still held one has been told."),),
    N_("Look at the offer"),
    topic="makers",
)
ENDED = Notice(
    "vouchers:ended",
    N_("Your vouchers are over"),
    (
        N_("Makers hand them on no more. Thank you for what you gave: it stays in your yearly statement."),
        N_("Where a maker ended it earlier, why is written on the page. You can offer some again at any time."),
    ),
    N_("See how it went"),
    topic="posts",
)
GIVEN = Notice(
    "vouchers:given",
    N_("There is something for you"),
    (
        N_("A maker has put a voucher aside for you: a gift, for which nothing is asked."),
        N_("Show its code at the shop until %(until_on)s. It counts once."),
    ),
    _SEE,
    topic="posts",
    good_until="until_on",
)
ENDING = Notice(
    "vouchers:ending",
    N_("Your voucher is good until %(until_on)s"),
    (N_("You have a voucher that you have not used yet. It is good until %(until_on)s."),),
    _SEE,
    topic="reminders",
    good_until="until_on",
)
REDEEMED = Notice(
    "vouchers:redeemed",
    N_("Your voucher was used"),
    (N_("It was redeemed at the shop. Was it not you? Tell a maker."),),
    _SEE,
    topic="posts",
)
UNDONE = Notice(
    "vouchers:undone",
    N_("Your voucher is good again"),
    (N_("The shop had redeemed it by a slip, and has taken that back. You can use it."),),
    _SEE,
    topic="posts",
)
CALLED_BACK = Notice(
    "vouchers:called_back",
    N_("Your voucher is good no more"),
    (
        N_("A voucher of yours cannot be used any more. It is not for anything you did."),
        N_("If you count on it, talk to a maker of your zone."),
    ),
    _SEE,
    topic="posts",
)
NOTICES = (OFFERED, ACCEPTED, DECLINED, WITHDRAWN, ENDED, GIVEN, ENDING, REDEEMED, UNDONE, CALLED_BACK)
