"""Applying, being met, and coming in; by invitation at once."""

from community.joining.actions.applying import apply_as_newcomer, apply_as_person, confirm_email, take_back
from community.joining.actions.deciding import approve, decline
from community.joining.actions.inviting import invite, join_party, join_party_as_newcomer, withdraw_invitation
from community.joining.actions.telling import CONFIRM_EMAIL, tell_owner

__all__ = [
    "CONFIRM_EMAIL",
    "apply_as_newcomer",
    "apply_as_person",
    "approve",
    "confirm_email",
    "decline",
    "invite",
    "join_party",
    "join_party_as_newcomer",
    "take_back",
    "tell_owner",
    "withdraw_invitation",
]
