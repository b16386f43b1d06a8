"""Who acts for a party, and who sees it."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, true
from sqlmodel import col, select

from community.moderation.policies import is_stopped, own_ids
from community.moderation.tables import Block
from community.parties.tables import Party, PartyMember
from community.resting.policies import is_resting
from foundation import clock
from foundation.access import Actor, Permission
from foundation.errors import Missing

SEE = Permission("member:party:read", ("member", "maker", "administrator"), "See who takes part in the community")
WRITE = Permission("member:party:write", ("member",), "Change the parties one acts for")


def acting(moment: Any = None) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The conditions that somebody acts for a party at a moment, or now: present, and not past a day said before."""
    now = clock.now() if moment is None else moment
    return col(PartyMember.until).is_(None), or_(col(PartyMember.ends_at).is_(None), col(PartyMember.ends_at) > now)


def must_act_for(actor: Actor, party: Party) -> None:
    """Raises Missing unless the person may act for this party."""
    if party.id not in actor.party_ids or party.community_id != actor.community_id:
        raise Missing()


def is_present(community_id: int, party_column: Any) -> ColumnElement[bool]:
    """The condition that somebody who acts for the party in a column is neither paused nor excluded.

    A party whose people are all away for now by a decision of the makers is not seen, found or asked meanwhile.
    """
    stopped = is_stopped(community_id, col(PartyMember.person_id))
    somebody = (col(PartyMember.party_id) == party_column, *acting())
    return or_(~exists().where(*somebody, stopped), exists().where(*somebody, ~stopped))


def is_awake(community_id: int, party_column: Any) -> ColumnElement[bool]:
    """The condition that somebody who acts for the party in a column is present, and not all who do rest for now.

    A party that rests is not found or led to; its page can be read, and what is agreed goes on.
    """
    resting = is_resting(community_id, col(PartyMember.person_id))
    somebody = (col(PartyMember.party_id) == party_column, *acting())
    awake = or_(~exists().where(*somebody, resting), exists().where(*somebody, ~resting))
    return and_(is_present(community_id, party_column), awake)


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


def nobody_blocked(actor: Actor, party_column: Any) -> ColumnElement[bool]:
    """The condition that none of the adults of the party in a column also acts for one that a block keeps apart.

    `not_blocked` looks at parties; this looks at the people behind them, for what brings two parties together: who
    blocked the bakery does not want to be led to the baker. Parties of one's own block nobody here.
    """
    mine = sorted(own_ids(actor))
    if not mine:
        return true()
    blocked = (
        select(col(Block.blocked_party_id))
        .where(col(Block.party_id).in_(mine), col(Block.blocked_party_id).not_in(mine))
        .union(
            select(col(Block.party_id)).where(col(Block.blocked_party_id).in_(mine), col(Block.party_id).not_in(mine))
        )
    )
    people = select(col(PartyMember.person_id)).where(
        col(PartyMember.party_id).in_(blocked), col(PartyMember.until).is_(None)
    )
    theirs = select(col(PartyMember.party_id)).where(
        col(PartyMember.person_id).in_(people), col(PartyMember.until).is_(None)
    )
    return or_(party_column.in_(mine), party_column.not_in(theirs))
