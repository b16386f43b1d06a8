"""Who has blocked whom."""

from collections.abc import Collection

from sqlmodel import col, or_, select

from community.moderation.tables import Block
from community.parties.tables import Party
from foundation.access import Actor
from foundation.database import Session


def blocks_of(session: Session, actor: Actor) -> list[Party]:
    """The parties that the actor's party has blocked, by name."""
    statement = (
        select(Party)
        .join(Block, col(Block.blocked_party_id) == col(Party.id))
        .where(col(Block.party_id) == actor.must_be_party())
        .order_by(col(Party.name))
    )
    return list(session.exec(statement))


def blocked_with(session: Session, party_ids: Collection[int]) -> set[int]:
    """The parties between whom and any of these a block stands, whoever set it."""
    if not party_ids:
        return set()
    statement = select(col(Block.party_id), col(Block.blocked_party_id)).where(
        or_(col(Block.party_id).in_(party_ids), col(Block.blocked_party_id).in_(party_ids))
    )
    return {each for pair in session.execute(statement) for each in pair} - set(party_ids)
