"""Who was asked to answer a post, and what a party wishes about being suggested."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, or_
from sqlmodel import col, select

from community.parties.tables import Party
from exchanges.agreements.tables import Agreement
from exchanges.matching.policies import STANDING
from exchanges.matching.rules import MOST_SHOWN
from exchanges.matching.tables import AskedToAnswer, SuggestionWish
from exchanges.posts.policies import on_board
from exchanges.posts.tables import Post
from foundation import clock
from foundation.access import Actor
from foundation.database import Session, number_of


@dataclass(frozen=True)
class Invitation:
    """A post whose author asked the reader's party to answer."""

    post_id: int
    title: str
    author: str


def invitations_for(session: Session, actor: Actor, limit: int = MOST_SHOWN) -> list[Invitation]:
    """The open posts about which the parties of the actor were asked, and to which they said nothing yet."""
    waits = _waits_for(actor)
    # Asked first, since mostly there is none: in one question SQLite would begin with all the posts of the board.
    about = list(session.scalars(select(col(AskedToAnswer.post_id)).where(*waits)))
    if not about:
        return []
    statement = (
        select(col(Post.id), col(Post.title), col(Party.name))
        .join(AskedToAnswer, col(AskedToAnswer.post_id) == col(Post.id))
        .join(Party, col(Party.id) == col(Post.party_id))
        .where(col(Post.id).in_(about), *waits, on_board(actor), ~answered_by(actor.party_ids))
        .order_by(col(AskedToAnswer.id).desc())
        .limit(limit)
    )
    return [Invitation(*row) for row in session.execute(statement)]


def number_asked(actor: Actor) -> ColumnElement[int] | None:
    """How many of these there are, as an expression."""
    if actor.party_id is None:
        return None
    about = exists().where(col(Post.id) == col(AskedToAnswer.post_id), on_board(actor), ~answered_by(actor.party_ids))
    return number_of(select(col(AskedToAnswer.id)).where(*_waits_for(actor), about).limit(MOST_SHOWN))


def _waits_for(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return col(AskedToAnswer.party_id) == actor.party_id, col(AskedToAnswer.not_now_at).is_(None)


def answered_by(party_ids: Collection[int]) -> ColumnElement[bool]:
    """The condition that one of these parties has answered a post, and the answer stands.

    Who proposes is one of the two sides. It is said for the sake of their indexes: PostgreSQL collects the answers of a
    party before it looks at posts, and would look for them among all agreements.
    """
    sides = (col(Agreement.giver_id), col(Agreement.receiver_id))
    return exists().where(
        col(Agreement.post_id) == col(Post.id),
        col(Agreement.proposer_id).in_(party_ids),
        or_(*(side.in_(party_ids) for side in sides)),
        col(Agreement.state).in_(STANDING),
    )


def is_asked(session: Session, actor: Actor, post_id: int) -> bool:
    """Whether the party acted for was asked about a post and has not said "not now"."""
    if actor.party_id is None:
        return False
    found = session.scalar(
        select(col(AskedToAnswer.id)).where(
            col(AskedToAnswer.post_id) == post_id,
            col(AskedToAnswer.party_id) == actor.party_id,
            col(AskedToAnswer.not_now_at).is_(None),
        )
    )
    return found is not None


def asked_today(session: Session, post_id: int, time_zone: str) -> int:
    """How many were asked about a post since midnight on the wall of the community."""
    here = clock.local(clock.now(), time_zone)
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    statement = select(func.count(col(AskedToAnswer.id))).where(
        col(AskedToAnswer.post_id) == post_id, col(AskedToAnswer.asked_at) >= midnight
    )
    return session.scalar(statement) or 0


def wish_of(session: Session, party_id: int) -> str:
    """`gladly`, `never`, or empty: suggested like everybody."""
    return session.scalar(select(col(SuggestionWish.wish)).where(col(SuggestionWish.party_id) == party_id)) or ""
