"""Messages that leave the house (mail, pushes, socket signals), written together with what they tell of."""

from sqlalchemy import Index, text
from sqlmodel import Field

from foundation.claims.tables import Claimable, claimable_constraints

_in_a_lane = text("lane IS NOT NULL AND done_at IS NULL AND dead_at IS NULL")


class OutboxMessage(Claimable, table=True):
    """One message for one channel. Its key, where it has one, is told once on that channel."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        *claimable_constraints("outbox_message", "channel"),
        Index(
            "ix_outbox_message_lane",
            "channel",
            "lane",
            "id",
            sqlite_where=_in_a_lane,
            postgresql_where=_in_a_lane,
        ),
    )

    channel: str = Field(max_length=60)
    lane: str | None = Field(default=None, max_length=120)
    """Messages of one lane go out one after the other, in the order in which they were left; None: in none."""
