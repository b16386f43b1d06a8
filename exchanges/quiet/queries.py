"""After which exchanges with a child or a frail person somebody is still asked whether all went well.

Features above add theirs by the hook `asked_quietly(actor, since)`: what ended after a moment and the actor is asked
about, as a selection of `kind`, `object_id`, `title` and `moment`, or None. Tables.QuietAnswer knows their kinds.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
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
from foundation.feature import registry

ASKED_FOR = timedelta(days=30)
"""How long after an exchange the question waits."""
EVER = datetime(1970, 1, 1, tzinfo=UTC)
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
    at: datetime


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


def must_be_asked(session: Session, actor: Actor, kind: str, object_id: int) -> None:
    """Raises Missing for who takes no part in it, or where there is nothing to ask about."""
    if parties_about(session, actor, kind, object_id) is not None:
        return
    for found in _of_others(actor, EVER):
        them = found.subquery()
        one = select(them.c.object_id).where(them.c.kind == kind, them.c.object_id == object_id)
        if session.scalar(one.limit(1)) is not None:
            return
    raise Missing()


def _unanswered(actor: Actor) -> Select[Any]:
    since = clock.now() - ASKED_FOR
    every = union_all(_agreements(actor, since), _groups(actor, since), *_of_others(actor, since)).subquery()
    lines: Any = select(every.c.kind, every.c.object_id, every.c.title, every.c.moment)
    answered = exists().where(
        col(QuietAnswer.kind) == every.c.kind,
        col(QuietAnswer.object_id) == every.c.object_id,
        col(QuietAnswer.person_id) == actor.person_id,
    )
    return cast(Select[Any], lines.where(~answered).order_by(every.c.moment, every.c.kind, every.c.object_id))


def _of_others(actor: Actor, since: datetime) -> list[Select[Any]]:
    found = [ask(actor, since) for ask in registry.hooks("asked_quietly")]
    return [one for one in found if one is not None]


def _agreements(actor: Actor, since: datetime) -> Select[Any]:
    moment = col(Agreement.happened_at)
    return _lines("agreement", Agreement, moment).where(
        col(Agreement.community_id) == actor.community_id,
        col(Agreement.state).in_(TOOK_PLACE),
        or_(col(Agreement.giver_id).in_(actor.party_ids), col(Agreement.receiver_id).in_(actor.party_ids)),
        moment > since,
        _with_care(Agreement),
    )


def _groups(actor: Actor, since: datetime) -> Select[Any]:
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
        moment > since,
        _with_care(GroupExchange),
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
