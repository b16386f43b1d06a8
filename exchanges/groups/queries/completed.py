"""What a party did in groups that are complete: in hours, and as a gift."""

from sqlalchemy import ColumnElement, case, exists, func, or_
from sqlmodel import col, select

from exchanges.agreements.queries import Gift
from exchanges.groups.tables import GroupExchange, GroupPlace
from foundation.database import Session


def count_exchanges(session: Session, party_id: int) -> int:
    """How many group exchanges a party has completed, hosting or attending, in hours or as a gift."""
    return session.scalar(select(func.count(col(GroupExchange.id))).where(_took_part(party_id))) or 0


def count_gifts(session: Session, party_id: int) -> tuple[int, int]:
    """How often a party gave a hand to several as a gift, and how often it received one among several."""
    hosted = col(GroupExchange.host_id) == party_id
    statement = select(func.count(case((hosted, 1))), func.count(case((~hosted, 1)))).where(_gift(party_id))
    given, received = session.execute(statement).one()
    return given, received


def latest_gifts(session: Session, party_id: int, limit: int) -> list[Gift]:
    """These gifts, the newest first."""
    newest = (col(GroupExchange.ended_at).desc(), col(GroupExchange.id).desc())
    return [
        Gift(
            one.title,
            one.happened_at or one.ended_at or one.created_at,
            one.host_id == party_id,
            "groups.show",
            {"group_id": one.id},
        )
        for one in session.scalars(select(GroupExchange).where(_gift(party_id)).order_by(*newest).limit(limit))
    ]


def _gift(party_id: int) -> ColumnElement[bool]:
    return _took_part(party_id) & (col(GroupExchange.rule) == "gift")


def _took_part(party_id: int) -> ColumnElement[bool]:
    attended = exists().where(
        col(GroupPlace.group_id) == col(GroupExchange.id),
        col(GroupPlace.party_id) == party_id,
        col(GroupPlace.state) == "confirmed",
    )
    return (col(GroupExchange.state) == "settled") & or_(col(GroupExchange.host_id) == party_id, attended)
