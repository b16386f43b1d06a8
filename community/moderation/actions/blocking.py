"""Having nothing to do with another party, and taking that back."""

from collections.abc import Mapping

from sqlmodel import col, delete, or_, select

from community.moderation.tables import Block
from community.parties.queries import hold_parties, people_of_all
from community.parties.tables import Party
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session, insert_if_absent
from foundation.errors import N_, Missing, Refused
from foundation.feature import registry
from foundation.signals import look_again_at


def block(session: Session, actor: Actor, party_id: int, answers: Mapping[str, str] | None = None) -> None:
    """Have nothing to do with another party any more. The other is not told. Raises Missing or Refused.

    Features that know of something open between the two end it, through the hook `party_blocked`; `answers` is what
    was said to the questions they put on the page.
    """
    own_id = actor.must_be_party()
    other = session.get(Party, party_id)
    if other is None or other.community_id != actor.community_id:
        raise Missing()
    if other.id in actor.party_ids or other.kind == "fund":
        raise Refused(N_("You cannot block yourself or the common fund."))
    hold_parties(session, (own_id, party_id), alone=True)
    values = {
        "party_id": own_id,
        "blocked_party_id": other.id,
        "blocked_by_id": actor.must_be_person(),
        "blocked_at": clock.now(),
    }
    if insert_if_absent(session, Block, values, conflict=["party_id", "blocked_party_id"]):
        audit.record(session, actor, "blocked", "party", other.id)
        _look_again(session, own_id, party_id)
    for hook in registry.hooks("party_blocked"):
        hook(session, actor, party_id, answers or {})


def unblock(session: Session, actor: Actor, party_id: int) -> None:
    """Take one's own block back; nothing happens when there is none."""
    own_id = actor.must_be_party()
    gone = session.exec(
        delete(Block).where(col(Block.party_id) == own_id, col(Block.blocked_party_id) == party_id)
    ).rowcount
    if gone:
        audit.record(session, actor, "unblocked", "party", party_id)


def keep_apart_too(session: Session, party_id: int, other_id: int) -> None:
    """Every block of one household, or against it, holds for another too, that comes of it or that it has joined.

    Who wanted nothing to do with the first meets the same people in the second: dividing is no way around it.
    """
    either = or_(col(Block.party_id) == party_id, col(Block.blocked_party_id) == party_id)
    for standing in session.exec(select(Block).where(either)).all():
        one = other_id if standing.party_id == party_id else standing.party_id
        other = other_id if standing.blocked_party_id == party_id else standing.blocked_party_id
        if one != other:
            values = {
                "party_id": one,
                "blocked_party_id": other,
                "blocked_by_id": standing.blocked_by_id,
                "blocked_at": standing.blocked_at,
            }
            if insert_if_absent(session, Block, values, conflict=["party_id", "blocked_party_id"]):
                _look_again(session, one, other)


def _look_again(session: Session, *party_ids: int) -> None:
    """What the people of both hear of each other ends with the block."""
    for people in people_of_all(session, party_ids).values():
        for person in people:
            look_again_at(session, person.id)
