"""Secrets given out: invitations, e-mail links, cards, cheques. Looked at freely, taken once."""

from foundation.tokens.actions import forget_ended, issue, take, withdraw, withdraw_all
from foundation.tokens.queries import Token, look, standing

__all__ = ["Token", "forget_ended", "issue", "look", "standing", "take", "withdraw", "withdraw_all"]
