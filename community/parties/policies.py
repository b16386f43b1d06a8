"""Who acts for a party, and who sees it."""

from typing import Any

from sqlalchemy import ColumnElement, exists, or_, true
from sqlmodel import col

from community.moderation.policies import own_ids
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
    """The condition that no block stands, either way, between the person's parties and the one in a column.

    All their parties count, whichever they act for at the moment: who was blocked at home is blocked at work too. One's
    own parties are always seen.
    """
    mine = sorted(own_ids(actor))
    if not mine:
        return true()
    blocked = exists().where(
        or_(
            col(Block.party_id).in_(mine) & (col(Block.blocked_party_id) == party_column),
            col(Block.blocked_party_id).in_(mine) & (col(Block.party_id) == party_column),
        )
    )
    return or_(party_column.in_(mine), ~blocked)
