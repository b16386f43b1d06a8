"""Messages that leave the house, written in the transaction of what they tell and delivered after it."""

from foundation.outbox.actions import is_muted, muted, purge, put
from foundation.outbox.delivery import Channel, InHouse, Later, Prepared, Undeliverable, deliver_due
from foundation.outbox.tables import OutboxMessage

__all__ = [
    "Channel",
    "InHouse",
    "Later",
    "OutboxMessage",
    "Prepared",
    "Undeliverable",
    "deliver_due",
    "is_muted",
    "muted",
    "purge",
    "put",
]
