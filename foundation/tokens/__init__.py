"""Secrets given out: invitations, e-mail links, cards, cheques. Looked at freely, taken once."""

from foundation.tokens.actions import forget_ended, issue, take, withdraw, withdraw_all
from foundation.tokens.queries import Token, look, look_at_any, standing, used_up_by

__all__ = [
    "Token",
    "forget_ended",
    "issue",
    "look",
    "look_at_any",
    "standing",
    "take",
    "used_up_by",
    "withdraw",
    "withdraw_all",
]
