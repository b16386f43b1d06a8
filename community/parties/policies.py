"""Who acts for a party, and who sees it."""

from typing import Any

from sqlalchemy import ColumnElement, exists, or_, true
from sqlmodel import col

from community.moderation.tables import Block
from community.parties.tables import Party
from foundation.access import Actor, Permission
from foundation.errors import Missing

SEE = Permission("member:party:read", ("member", "maker", "administrator"), "See who takes part in the community")
WRITE = Permission("member:party:write", ("member",), "Change the parties one acts for")


def must_act_for(actor: Actor, party: Party) -> None:
    """Raises Missing unless the person may act for this party."""
    if party.id not in actor.party_ids or party.community_id != actor.community_id:
        raise Missing()


def not_blocked(actor: Actor, party_column: Any) -> ColumnElement[bool]:
    """The condition that no block stands, either way, between the actor's present party and the one in a column."""
    if actor.party_id is None:
        return true()
    return ~exists().where(
        or_(
            (col(Block.party_id) == actor.party_id) & (col(Block.blocked_party_id) == party_column),
            (col(Block.blocked_party_id) == actor.party_id) & (col(Block.party_id) == party_column),
        )
    )
