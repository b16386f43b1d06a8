"""What is done with vouchers: offered, accepted, given, redeemed once, called back."""

from civic_centers.vouchers.actions.ending import (
    call_back,
    end_for,
    end_offer_over,
    expire,
    follow_household,
    follow_party,
    forget,
    remind,
    stop_for,
    tidy_codes,
)
from civic_centers.vouchers.actions.giving import Given, give
from civic_centers.vouchers.actions.offering import (
    accept_offer,
    decline_offer,
    end_offer,
    hide_offer,
    offer_vouchers,
    show_offer_again,
    withdraw_offer,
)
from civic_centers.vouchers.actions.redeeming import redeem, undo

__all__ = [
    "Given",
    "accept_offer",
    "call_back",
    "decline_offer",
    "end_for",
    "end_offer",
    "end_offer_over",
    "expire",
    "follow_household",
    "follow_party",
    "forget",
    "give",
    "hide_offer",
    "offer_vouchers",
    "redeem",
    "remind",
    "show_offer_again",
    "stop_for",
    "tidy_codes",
    "undo",
    "withdraw_offer",
]
