"""Offers of vouchers, and vouchers as those see them who may."""

from civic_centers.vouchers.queries.held import (
    Held,
    behind,
    ending,
    held_of,
    holders_of,
    over,
    state_of,
    to_look_after,
    voucher_to_show,
    vouchers_of_offer,
)
from civic_centers.vouchers.queries.offers import (
    KIND,
    OFFER_KIND,
    OfferView,
    number_offered,
    offer_visible_to,
    offers_for_makers,
    offers_of,
    offers_over,
    view_of,
    what_of_mine,
)
from civic_centers.vouchers.queries.reporting import Report, report_of, statement_line

__all__ = [
    "KIND",
    "OFFER_KIND",
    "Held",
    "OfferView",
    "Report",
    "behind",
    "ending",
    "held_of",
    "holders_of",
    "number_offered",
    "offer_visible_to",
    "offers_for_makers",
    "offers_of",
    "offers_over",
    "over",
    "report_of",
    "state_of",
    "statement_line",
    "to_look_after",
    "view_of",
    "voucher_to_show",
    "vouchers_of_offer",
    "what_of_mine",
]
