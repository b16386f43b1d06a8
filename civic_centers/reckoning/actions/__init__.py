"""What moves money between purses, always from one to another."""

from civic_centers.reckoning.actions.charging import charge
from civic_centers.reckoning.actions.closing import close_accounts, pay_out
from civic_centers.reckoning.actions.giving import (
    Ask,
    answer_offer,
    ask_quota,
    decline,
    gift_of_sponsor,
    give_to_quota,
    grant,
    offer,
    withdraw_request,
)
from civic_centers.reckoning.actions.leaving import (
    end_with,
    forget,
    hand_over,
    move_to_party,
    party_moved,
    write_off,
)
from civic_centers.reckoning.actions.opening import open_with, take_opening_back
from civic_centers.reckoning.actions.paying import record_payment, refund, reverse
from civic_centers.reckoning.actions.reminding import remind

__all__ = [
    "Ask",
    "answer_offer",
    "ask_quota",
    "charge",
    "close_accounts",
    "decline",
    "end_with",
    "forget",
    "gift_of_sponsor",
    "give_to_quota",
    "grant",
    "hand_over",
    "move_to_party",
    "offer",
    "open_with",
    "party_moved",
    "pay_out",
    "record_payment",
    "refund",
    "remind",
    "reverse",
    "take_opening_back",
    "withdraw_request",
    "write_off",
]
