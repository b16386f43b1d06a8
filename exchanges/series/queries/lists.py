"""Several series: between whom, whose, and what ends or begins with somebody."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, func, or_
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from community.leaving.rules import Going
from exchanges.agreements.policies import own_among
from exchanges.agreements.rules import TAKING_A_PLACE
from exchanges.agreements.tables import Agreement
from exchanges.posts.tables import Post
from exchanges.series.rules import STANDING
from exchanges.series.tables import Series, SeriesTerms
from foundation.access import Actor
from foundation.database import Session


def open_proposal(session: Session, post_id: int, proposer_id: int) -> int | None:
    """The id of the weekly proposal that a party has standing on a post."""
    return session.scalar(
        select(col(Series.id)).where(
            col(Series.post_id) == post_id, col(Series.proposer_id) == proposer_id, col(Series.state) == "proposed"
        )
    )


def proposals_on(session: Session, post: Post) -> list[int]:
    """The ids of the weekly proposals still standing on a post, in order."""
    statement = (
        select(col(Series.id))
        .where(col(Series.post_id) == post.id, col(Series.state) == "proposed")
        .order_by(col(Series.id))
    )
    return list(session.scalars(statement))


def open_between(session: Session, party_id: int, other_id: int) -> list[int]:
    """The ids of the series of two parties that have not ended, in the order in which they are locked."""
    statement = (
        select(col(Series.id))
        .where(
            or_(
                and_(col(Series.giver_id) == party_id, col(Series.receiver_id) == other_id),
                and_(col(Series.giver_id) == other_id, col(Series.receiver_id) == party_id),
            ),
            col(Series.state).in_(("proposed", *STANDING)),
        )
        .order_by(func.coalesce(col(Series.post_id), 0), col(Series.id))
    )
    return list(session.scalars(statement))


def open_of(session: Session, party_ids: Collection[int]) -> list[int]:
    """The ids of the series of parties that have not ended, in the order in which they are locked."""
    statement = (
        select(col(Series.id))
        .where(
            or_(col(Series.giver_id).in_(party_ids), col(Series.receiver_id).in_(party_ids)),
            col(Series.state).in_(("proposed", *STANDING)),
        )
        .order_by(func.coalesce(col(Series.post_id), 0), col(Series.id))
    )
    return list(session.scalars(statement))


def where_comes(session: Session, community_id: int, person_id: int) -> list[int]:
    """The ids of the standing series to which a person comes, or is there besides, in the order they are locked."""
    agreed = select(col(SeriesTerms.series_id)).where(
        or_(col(SeriesTerms.adult_id) == person_id, col(SeriesTerms.second_id) == person_id),
        col(SeriesTerms.state) == "agreed",
    )
    statement = (
        select(col(Series.id))
        .where(col(Series.community_id) == community_id, col(Series.state).in_(STANDING), col(Series.id).in_(agreed))
        .order_by(func.coalesce(col(Series.post_id), 0), col(Series.id))
    )
    return list(session.scalars(statement))


def places_taken(post_id: int) -> ColumnElement[int]:
    """How many places of a post series have filled since it was last put on the board, as an expression.

    Those that go on, and those of which a meeting took place.
    """
    met = exists().where(col(Agreement.series_id) == col(Series.id), col(Agreement.state).in_(TAKING_A_PLACE))
    statement = (
        select(func.count(col(Series.id)))
        .join(Post, col(Post.id) == col(Series.post_id))
        .where(
            col(Series.post_id) == post_id,
            or_(col(Series.state).in_(STANDING), met),
            col(Series.accepted_at) >= col(Post.published_at),
        )
    )
    return statement.scalar_subquery()


def my_threads(actor: Actor) -> SelectOfScalar[int]:
    """The ids of the threads of the actor's series, to be used in another question."""
    return select(col(Series.thread_id)).where(mine(actor))


def mine(actor: Actor) -> ColumnElement[bool]:
    """The condition that a series is one of the actor's."""
    return own_among(actor, Series)


def ending_with(session: Session, going: Going, today: date) -> list[int]:
    """The series that end when somebody leaves, in locking order: all of what closes with them, and those of what
    others keep in which they themselves come."""
    comes = exists().where(
        col(SeriesTerms.series_id) == col(Series.id),
        col(SeriesTerms.adult_id) == going.person_id,
        col(SeriesTerms.state) != "dropped",
        or_(col(SeriesTerms.last_day).is_(None), col(SeriesTerms.last_day) >= today),
    )
    statement = (
        select(col(Series.id))
        .where(
            or_(
                col(Series.giver_id).in_(going.closing),
                col(Series.receiver_id).in_(going.closing),
                and_(col(Series.giver_id).in_(going.staying), comes),
            ),
            col(Series.state).in_(("proposed", *STANDING)),
        )
        .order_by(func.coalesce(col(Series.post_id), 0), col(Series.id))
    )
    return [number for number in session.scalars(statement) if number is not None]


def is_awaited(session: Session, party_id: int) -> bool:
    """Whether a party has a series that stands or waits for an answer."""
    statement = select(col(Series.id)).where(
        or_(col(Series.giver_id) == party_id, col(Series.receiver_id) == party_id),
        col(Series.state).in_(("proposed", *STANDING)),
    )
    return session.scalar(statement.limit(1)) is not None


def begun_with(session: Session, going: Going) -> list[Agreement]:
    """The meetings of series of what closes that have begun and were not written down, in locking order."""
    statement = (
        select(Agreement)
        .where(
            or_(col(Agreement.giver_id).in_(going.closing), col(Agreement.receiver_id).in_(going.closing)),
            col(Agreement.series_id).is_not(None),
            col(Agreement.state).in_(("proposed", "accepted")),
        )
        .order_by(func.coalesce(col(Agreement.post_id), 0), col(Agreement.id))
    )
    return list(session.scalars(statement))
