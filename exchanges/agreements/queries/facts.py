"""Small questions that the verbs ask: places of a post, proposals on it, whether a side can be reached."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_
from sqlmodel import col, select

from community.leaving.rules import Going
from community.members.tables import Person
from community.parties.tables import Party, PartyMember
from exchanges.agreements.rules import OPEN, TAKING_A_PLACE
from exchanges.agreements.tables import Agreement, Appreciation
from exchanges.posts.tables import Post
from foundation.database import Session
from foundation.feature import registry


def open_proposal(session: Session, post_id: int, proposer_id: int) -> int | None:
    """The id of the proposal a party has standing on a post."""
    return session.scalar(
        select(col(Agreement.id)).where(
            col(Agreement.post_id) == post_id,
            col(Agreement.proposer_id) == proposer_id,
            col(Agreement.state) == "proposed",
            col(Agreement.series_id).is_(None),
        )
    )


def places_taken(session: Session, post_id: int) -> int:
    """How many places of a post have been filled since it was last put on the board.

    By agreements, and by what agreements are a part of (a series takes one).
    """
    agreements = (
        select(func.count(col(Agreement.id)))
        .join(Post, col(Post.id) == col(Agreement.post_id))
        .where(
            col(Agreement.post_id) == post_id,
            col(Agreement.state).in_(TAKING_A_PLACE),
            col(Agreement.accepted_at) >= col(Post.published_at),
            col(Agreement.series_id).is_(None),
        )
    )
    others = (taken(post_id) for taken in registry.hooks("places_taken"))
    return session.scalar(select(sum(others, agreements.scalar_subquery()))) or 0


def proposals_on(session: Session, post: Post) -> list[int]:
    """The ids of the proposals still standing on a post, in order."""
    statement = (
        select(col(Agreement.id))
        .where(
            col(Agreement.post_id) == post.id,
            col(Agreement.state) == "proposed",
            col(Agreement.series_id).is_(None),
        )
        .order_by(col(Agreement.id))
    )
    return list(session.scalars(statement))


def open_between(session: Session, party_id: int, other_id: int) -> list[int]:
    """The ids of the agreements two parties have not ended yet, in the order they are locked in: by post, then by id.

    Without the meetings of a series, which end with it.
    """
    statement = (
        select(col(Agreement.id))
        .where(
            or_(
                and_(col(Agreement.giver_id) == party_id, col(Agreement.receiver_id) == other_id),
                and_(col(Agreement.giver_id) == other_id, col(Agreement.receiver_id) == party_id),
            ),
            col(Agreement.state).in_(OPEN),
            col(Agreement.series_id).is_(None),
        )
        .order_by(func.coalesce(col(Agreement.post_id), 0), col(Agreement.id))
    )
    return list(session.scalars(statement))


def ending_with(session: Session, going: Going) -> list[Agreement]:
    """The proposals and agreements that end when somebody leaves, in the order they are locked in; not those of series.

    All of what closes with them; of what others keep, those in which they themselves would come.
    """
    closing, staying = going.closing, going.staying
    statement = (
        select(Agreement)
        .where(
            or_(
                col(Agreement.giver_id).in_(closing),
                col(Agreement.receiver_id).in_(closing),
                and_(col(Agreement.giver_id).in_(staying), col(Agreement.adult_id) == going.person_id),
            ),
            col(Agreement.state).in_(("proposed", "accepted")),
            col(Agreement.series_id).is_(None),
        )
        .order_by(func.coalesce(col(Agreement.post_id), 0), col(Agreement.id))
    )
    return list(session.scalars(statement))


def is_awaited(session: Session, party_id: int) -> bool:
    """Whether an agreement of a party has not come to its end: hours may still move."""
    statement = select(func.count(col(Agreement.id))).where(
        or_(col(Agreement.giver_id) == party_id, col(Agreement.receiver_id) == party_id),
        col(Agreement.state).in_(OPEN),
    )
    return bool(session.scalar(statement))


def settled_of(party_id: int) -> ColumnElement[bool]:
    """The condition that an agreement of a party is complete, side by side: so each side is read off its own index.

    With the state asked for once, SQLite would go through all that are complete, whosever they are.
    """
    sides = (col(Agreement.giver_id), col(Agreement.receiver_id))
    return or_(*(and_(side == party_id, col(Agreement.state) == "settled") for side in sides))


def reachable(party_id: Any) -> ColumnElement[bool]:
    """The condition that some adult of a party, given in a column, has an address at which a reminder arrives."""
    return exists().where(
        col(PartyMember.party_id) == party_id,
        col(PartyMember.until).is_(None),
        col(PartyMember.person_id) == col(Person.id),
        col(Person.email).is_not(None),
    )


def is_reachable(session: Session, party_id: int) -> bool:
    """Whether some adult of a party has an address at which a reminder arrives."""
    return party_id in reachable_among(session, (party_id,))


def reachable_among(session: Session, party_ids: Collection[int]) -> set[int]:
    """Those of several parties of which that holds, in one question."""
    if not party_ids:
        return set()
    party_id = col(Party.id)
    return set(session.scalars(select(party_id).where(party_id.in_(party_ids), reachable(party_id))))


def thanks_of(session: Session, agreement: Agreement) -> dict[int, Appreciation]:
    """The kind words of its two sides, by the party that wrote them: there are none before it is complete."""
    if agreement.state != "settled":
        return {}
    found = session.scalars(select(Appreciation).where(col(Appreciation.agreement_id) == agreement.id))
    return {words.from_party_id: words for words in found}
