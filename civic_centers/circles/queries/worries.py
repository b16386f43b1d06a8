"""After turns: who is asked quietly whether all went well, and whom a worry is about."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, literal
from sqlmodel import col, select

from civic_centers.circles.policies import TAKE_PART, is_family_of
from civic_centers.circles.queries.single import KIND, TURN
from civic_centers.circles.queries.turns import takers_of
from civic_centers.circles.tables import CareCircle, CircleChild, CircleFamily, CircleTurn, CircleTurnChild
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

TOOK_PLACE = ("held", "told", "done")


def asked_quietly(actor: Actor, since: datetime) -> Select[Any] | None:
    """Turns that ended after a moment, and about which the actor is asked (a hook): one line each.

    Asked are who looked after a child of another family, and every adult of a family whose child another looked after,
    whether or not they are in the circle still.
    """
    if actor.person_id is None or not actor.may(TAKE_PART) or actor.is_on_behalf:
        return None
    lines: Any = (
        select(
            literal(TURN).label("kind"),
            col(CircleTurn.id).label("object_id"),
            col(CareCircle.name).label("title"),
            col(CircleTurn.ends_at).label("moment"),
        )
        .join(CareCircle, col(CareCircle.id) == col(CircleTurn.circle_id))
        .where(
            col(CircleTurn.community_id) == actor.community_id,
            col(CircleTurn.state).in_(TOOK_PLACE),
            col(CircleTurn.ends_at) <= clock.now(),
            col(CircleTurn.ends_at) > since,
            _looked_after(actor) | _was_looked_after(actor),
        )
    )
    found: Select[Any] = lines
    return found


def _looked_after(actor: Actor) -> ColumnElement[bool]:
    first = (col(CircleTurn.person_id) == actor.person_id) & _came(
        col(CircleChild.family_id) != col(CircleTurn.family_id)
    )
    second = (col(CircleTurn.second_id) == actor.person_id) & _came(
        col(CircleChild.family_id) != col(CircleTurn.second_family_id)
    )
    return first | second


def _was_looked_after(actor: Actor) -> ColumnElement[bool]:
    """By somebody of another family: a family alone with its own child is not asked."""
    others = (col(CircleChild.family_id) != col(CircleTurn.family_id)) | (
        col(CircleChild.family_id) != col(CircleTurn.second_family_id)
    )
    ours = exists().where(
        col(CircleFamily.id) == col(CircleChild.family_id), col(CircleFamily.party_id).in_(actor.party_ids)
    )
    return _came(others, ours)


def _came(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition on CircleTurn that such a child came to it."""
    return exists().where(
        col(CircleTurnChild.turn_id) == col(CircleTurn.id),
        col(CircleTurnChild.came_at).is_not(None),
        col(CircleChild.id) == col(CircleTurnChild.child_id),
        *conditions,
    )


def parties_about(session: Session, actor: Actor, kind: str, object_id: int) -> tuple[int, ...] | None:
    """The households that a worry about a turn, or about a circle, is about (a hook); None for another kind of thing.

    Of a turn those who had it and whose child came. Of a circle all that are in it, or were. Raises Missing for who
    takes no part.
    """
    if kind == TURN:
        turn = session.get(CircleTurn, object_id)
        if turn is None or turn.community_id != actor.community_id:
            raise Missing()
        parties = parties_of_turn(session, turn)
        if not takes_part(actor, turn, parties):
            raise Missing()
        return parties
    if kind == KIND:
        inside = select(col(CircleFamily.id)).where(
            col(CircleFamily.circle_id) == object_id,
            col(CircleFamily.community_id) == actor.community_id,
            col(CircleFamily.state) == "in",
            is_family_of(actor),
        )
        if session.scalar(inside.limit(1)) is None:
            raise Missing()
        were = (col(CircleFamily.circle_id) == object_id, col(CircleFamily.agreed_at).is_not(None))
        return _parties(session, *were)
    return None


def parties_of_turn(session: Session, turn: CircleTurn) -> tuple[int, ...]:
    """The households that had a turn, and those whose child came: none of one that did not take place."""
    if turn.state not in TOOK_PLACE:
        return ()
    came = (
        select(col(CircleChild.family_id))
        .join(CircleTurnChild, col(CircleTurnChild.child_id) == col(CircleChild.id))
        .where(col(CircleTurnChild.turn_id) == turn.id, col(CircleTurnChild.came_at).is_not(None))
    )
    return _parties(session, col(CircleFamily.id).in_(takers_of(turn)) | col(CircleFamily.id).in_(came))


def takes_part(actor: Actor, turn: CircleTurn, parties: tuple[int, ...]) -> bool:
    """Whether the actor is of one of the households of a turn, or had it."""
    had = actor.person_id is not None and actor.person_id in (turn.person_id, turn.second_id)
    return bool(set(parties) & set(actor.party_ids)) or (had and bool(parties))


def worry_of_turn(session: Session, actor: Actor, turn: CircleTurn, *, inside: bool) -> tuple[str, int] | None:
    """What a worry is about that somebody tells from the page of a turn: the turn, where they had a part in it, else
    the circle their family is in; None for a maker, whose worry is about neither."""
    if takes_part(actor, turn, parties_of_turn(session, turn)):
        return TURN, turn.id or 0
    return (KIND, turn.circle_id) if inside else None


def about_for_lead(session: Session, kind: str, object_id: int) -> tuple[str, datetime | None] | None:
    """The circle a worry is about, and when the turn began; None for another kind of thing."""
    if kind not in (TURN, KIND):
        return None
    if kind == KIND:
        name = session.scalar(select(col(CareCircle.name)).where(col(CareCircle.id) == object_id))
        return (name, None) if name is not None else None
    row = session.execute(
        select(col(CareCircle.name), col(CircleTurn.starts_at))
        .join(CircleTurn, col(CircleTurn.circle_id) == col(CareCircle.id))
        .where(col(CircleTurn.id) == object_id)
    ).one_or_none()
    return (row[0], row[1]) if row is not None else None


def _parties(session: Session, *conditions: ColumnElement[bool]) -> tuple[int, ...]:
    statement = select(col(CircleFamily.party_id)).where(*conditions, col(CircleFamily.party_id).is_not(None))
    return tuple(sorted({one for one in session.scalars(statement) if one is not None}))
