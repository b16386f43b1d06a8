"""What makers and administrators do about who looks after others."""

from community.safeguarding.actions.checking import (
    record_age,
    record_certificate,
    record_identity,
    record_reference,
    record_training,
    withdraw_check,
)
from community.safeguarding.actions.leading import end_lead, end_lead_with, name_lead
from community.safeguarding.actions.reminding import remind
from community.safeguarding.actions.requiring import require
from community.safeguarding.actions.telling import LOOK_AGAIN, look_again

__all__ = [
    "LOOK_AGAIN",
    "end_lead",
    "end_lead_with",
    "look_again",
    "name_lead",
    "record_age",
    "record_certificate",
    "record_identity",
    "record_reference",
    "record_training",
    "remind",
    "require",
    "withdraw_check",
]
