"""Vouchers in words."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from civic_centers.vouchers.queries import state_of
from civic_centers.vouchers.tables import VoucherOffer
from foundation import clock
from foundation.web.state import time_zone

OFFER_WORDS = {
    "offered": _l("Waits for a maker"),
    "accepted": _l("Makers hand them on"),
    "declined": _l("Does not fit"),
    "withdrawn": _l("Taken back"),
    "ended": _l("Over"),
}
STATE_WORDS = {
    "given": _l("Good"),
    "redeemed": _l("Used"),
    "expired": _l("Its day is over"),
    "called_back": _l("Good no more"),
}


def most_words(offer: VoucherOffer) -> str:
    """How many there are at most."""
    if offer.per == "month":
        return ngettext("%(num)s each month", "%(num)s each month", offer.most)
    return ngettext("%(num)s in all", "%(num)s in all", offer.most)


def saying() -> dict[str, Any]:
    """What the templates of vouchers say things with."""
    return {
        "offer_words": OFFER_WORDS,
        "state_words": STATE_WORDS,
        "most_words": most_words,
        "state_of": state_of,
        "until": lambda voucher: clock.last_day(voucher.ends_at, time_zone()),
    }
