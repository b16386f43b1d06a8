"""Messages that leave the house (mail, pushes, socket signals), written together with what they tell of."""

from sqlmodel import Field

from foundation.claims.tables import Claimable, claimable_constraints


class OutboxMessage(Claimable, table=True):
    """One message for one channel. Its key, where it has one, is told once on that channel."""

    __tablename__ = "outbox_message"
    __table_args__ = claimable_constraints("outbox_message", "channel")

    channel: str = Field(max_length=60)
