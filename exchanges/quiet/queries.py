"""After which exchanges with a child or a frail person somebody is still asked whether all went well."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, exists, literal, or_, union_all
from sqlmodel import col, select

from exchanges.agreements.policies import own_side
from exchanges.agreements.tables import Agreement
from exchanges.groups.tables import GroupExchange, GroupPlace
from exchanges.matching.policies import demands_care
from exchanges.posts.tables import Post
from exchanges.quiet.tables import QuietAnswer
from foundation import clock
from foundation.access import Actor
from foundation.database import Session, number_of
from foundation.errors import Missing

ASKED_FOR = timedelta(days=30)
"""How long after an exchange the question waits."""
MOST = 20
TOOK_PLACE = ("delivered", "disputed", "settled")
GROUP_TOOK_PLACE = ("held", "settled")
WAS_THERE = ("told", "confirmed", "disputed")


@dataclass(frozen=True)
class Question:
    """The quiet question about one exchange."""

    kind: str
    object_id: int
    title: str


def to_ask(session: Session, actor: Actor) -> list[Question]:
    """The exchanges after which the person is asked, the oldest first."""
    if actor.person_id is None or not actor.party_ids:
        return []
    return [Question(*row) for row in session.execute(_unanswered(actor).limit(MOST))]


def number_to_ask(actor: Actor) -> ColumnElement[int] | None:
    """How many these are, as an expression."""
    if actor.person_id is None or not actor.party_ids:
        return None
    return number_of(_unanswered(actor).limit(MOST))


def parties_about(session: Session, actor: Actor, kind: str, object_id: int) -> tuple[int, ...] | None:
    """The parties of an exchange in which the actor takes part; None for another kind of thing. Raises Missing."""
    if kind == "agreement":
        agreement = session.get(Agreement, object_id)
        if agreement is None or own_side(actor, agreement) is None:
            raise Missing()
        return agreement.giver_id, agreement.receiver_id
    if kind == "group_exchange":
        group = session.get(GroupExchange, object_id)
        if group is None or group.community_id != actor.community_id:
            raise Missing()
        places = session.scalars(select(col(GroupPlace.party_id)).where(col(GroupPlace.group_id) == object_id)).all()
        if not {group.host_id, *places} & set(actor.party_ids):
            raise Missing()
        return group.host_id, *places
    return None


def _unanswered(actor: Actor) -> Select[Any]:
    both = union_all(_agreements(actor), _groups(actor)).subquery()
    return select(both.c.kind, both.c.object_id, both.c.title).order_by(both.c.moment, both.c.object_id)


def _agreements(actor: Actor) -> Select[Any]:
    moment = col(Agreement.happened_at)
    return _lines("agreement", Agreement, moment).where(
        col(Agreement.community_id) == actor.community_id,
        col(Agreement.state).in_(TOOK_PLACE),
        or_(col(Agreement.giver_id).in_(actor.party_ids), col(Agreement.receiver_id).in_(actor.party_ids)),
        moment > clock.now() - ASKED_FOR,
        _with_care(Agreement),
        ~_answered(actor, "agreement", col(Agreement.id)),
    )


def _groups(actor: Actor) -> Select[Any]:
    moment = col(GroupExchange.happened_at)
    there = exists().where(
        col(GroupPlace.group_id) == col(GroupExchange.id),
        col(GroupPlace.party_id).in_(actor.party_ids),
        col(GroupPlace.state).in_(WAS_THERE),
    )
    return _lines("group_exchange", GroupExchange, moment).where(
        col(GroupExchange.community_id) == actor.community_id,
        col(GroupExchange.state).in_(GROUP_TOOK_PLACE),
        or_(col(GroupExchange.host_id).in_(actor.party_ids), there),
        moment > clock.now() - ASKED_FOR,
        _with_care(GroupExchange),
        ~_answered(actor, "group_exchange", col(GroupExchange.id)),
    )


def _lines(kind: str, table: Any, moment: Any) -> Select[Any]:
    lines: Any = select(
        literal(kind).label("kind"),
        col(table.id).label("object_id"),
        col(table.title).label("title"),
        moment.label("moment"),
    )
    return cast(Select[Any], lines)


def _with_care(table: Any) -> ColumnElement[bool]:
    """That somebody was looked after: by its own category, or by the one its post has now."""
    of_post = exists().where(col(Post.id) == col(table.post_id), demands_care(col(Post.category_id)))
    return or_(demands_care(col(table.category_id)), of_post)


def _answered(actor: Actor, kind: str, id_column: Any) -> ColumnElement[bool]:
    return exists().where(
        col(QuietAnswer.kind) == kind,
        col(QuietAnswer.object_id) == id_column,
        col(QuietAnswer.person_id) == actor.person_id,
    )
