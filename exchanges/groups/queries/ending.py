"""The planned groups that end, or change hands, when two part, when somebody leaves or may no longer come."""

from collections.abc import Collection

from sqlalchemy import and_, exists, func, or_
from sqlmodel import col, select

from community.leaving.rules import Going
from exchanges.groups.rules import LEAVING
from exchanges.groups.tables import GroupExchange, GroupPlace
from foundation.database import Session


def open_between(session: Session, party_id: int, other_id: int) -> list[int]:
    """The ids of the planned groups in which one of two parties hosts and the other has a place or was asked."""
    one_way = and_(col(GroupExchange.host_id) == party_id, col(GroupPlace.party_id) == other_id)
    other_way = and_(col(GroupExchange.host_id) == other_id, col(GroupPlace.party_id) == party_id)
    statement = (
        select(col(GroupExchange.id))
        .join(GroupPlace, col(GroupPlace.group_id) == col(GroupExchange.id))
        .where(or_(one_way, other_way), col(GroupExchange.state) == "planned", col(GroupPlace.state).in_(LEAVING))
        .order_by(func.coalesce(col(GroupExchange.post_id), 0), col(GroupExchange.id))
    )
    return list(session.scalars(statement))


def open_of(session: Session, party_ids: Collection[int]) -> list[int]:
    """The ids of the planned groups which parties host, or in which they have a place or were asked."""
    inside = exists().where(
        col(GroupPlace.group_id) == col(GroupExchange.id),
        col(GroupPlace.party_id).in_(party_ids),
        col(GroupPlace.state).in_(LEAVING),
    )
    statement = (
        select(col(GroupExchange.id))
        .where(or_(col(GroupExchange.host_id).in_(party_ids), inside), col(GroupExchange.state) == "planned")
        .order_by(func.coalesce(col(GroupExchange.post_id), 0), col(GroupExchange.id))
    )
    return list(session.scalars(statement))


def led_by(session: Session, community_id: int, person_id: int) -> list[int]:
    """The ids of the planned groups to which a person comes for the host, or in which they are there besides."""
    statement = select(col(GroupExchange.id)).where(
        col(GroupExchange.community_id) == community_id,
        or_(col(GroupExchange.adult_id) == person_id, col(GroupExchange.second_id) == person_id),
        col(GroupExchange.state) == "planned",
    )
    return list(session.scalars(statement.order_by(col(GroupExchange.id))))


def ending_with(session: Session, going: Going) -> list[int]:
    """The ids of the planned groups that somebody who leaves hosts or has a place in, in the order they are locked."""
    hosted = or_(
        col(GroupExchange.host_id).in_(going.closing),
        and_(col(GroupExchange.host_id).in_(going.staying), col(GroupExchange.adult_id) == going.person_id),
    )
    taken = exists().where(
        col(GroupPlace.group_id) == col(GroupExchange.id),
        col(GroupPlace.state).in_(LEAVING),
        or_(
            col(GroupPlace.party_id).in_(going.closing),
            and_(col(GroupPlace.party_id).in_(going.staying), col(GroupPlace.person_id) == going.person_id),
        ),
    )
    statement = (
        select(col(GroupExchange.id))
        .where(or_(hosted, taken), col(GroupExchange.state) == "planned")
        .order_by(func.coalesce(col(GroupExchange.post_id), 0), col(GroupExchange.id))
    )
    return [number for number in session.scalars(statement) if number is not None]
