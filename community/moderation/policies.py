"""Who reads reports, and what a block means."""

from collections.abc import Sequence

from sqlmodel import col, or_, select

from community.moderation.tables import Block
from foundation.access import Actor, Permission
from foundation.database import Session
from foundation.errors import N_, Refused

REPORT = Permission("member:report:write", ("member", "maker", "administrator"), "Report something to the makers")
MODERATE = Permission("zone:report:decide", ("maker",), "Read the reports of the zone and decide")
BLOCK = Permission("member:block:write", ("member",), "Have nothing to do with another household")


class Blocked(Refused):
    """One of the two wants nothing to do with the other; neither is told who."""

    def __init__(self) -> None:
        super().__init__(
            N_("You and they cannot exchange with each other."),
            advice=N_("A community maker can help if you think this is a mistake."),
        )


def are_blocked(session: Session, one_id: int, other_id: int) -> bool:
    """Whether a block stands between two parties, whoever set it."""
    return _some_blocked(session, (one_id,), other_id)


def are_apart(session: Session, actor: Actor, other_id: int) -> bool:
    """Whether a block stands between another party and any of those the person acts for; never among one's own."""
    mine = own_ids(actor)
    return bool(mine) and other_id not in mine and _some_blocked(session, sorted(mine), other_id)


def own_ids(actor: Actor) -> set[int]:
    """Every party the person acts for here, the present one among them."""
    return {party_id for party_id in (actor.party_id, *actor.party_ids) if party_id is not None}


def must_not_be_blocked(session: Session, one_id: int, other_id: int) -> None:
    """Raises Blocked where a block stands between two parties."""
    if are_blocked(session, one_id, other_id):
        raise Blocked()


def is_party_to(actor: Actor, about_party_id: int | None, reporter_id: int) -> bool:
    """Whether the maker is a side of the matter: nobody decides their own case."""
    return about_party_id in actor.party_ids or reporter_id == actor.person_id


def _some_blocked(session: Session, party_ids: Sequence[int], other_id: int) -> bool:
    statement = select(Block.id).where(
        or_(
            col(Block.party_id).in_(party_ids) & (col(Block.blocked_party_id) == other_id),
            (col(Block.party_id) == other_id) & col(Block.blocked_party_id).in_(party_ids),
        )
    )
    return session.exec(statement.limit(1)).first() is not None
