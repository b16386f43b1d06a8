"""What time cheques tell people."""

from community.notifications.rules import Notice
from foundation.errors import N_

EXPIRED = Notice(
    "cheques:expired",
    N_("Your time cheques are over"),
    (
        N_("Cheques you printed were good until %(until_on)s, and some were not redeemed."),
        N_("Their hours are free again. If you still owe somebody one, record the exchange with them."),
    ),
    N_("See your cheques"),
)
NOTICES = (EXPIRED,)
