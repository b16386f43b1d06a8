"""Circles in lists: one's own, those one keeps, their conversations, and what one's calendar and own view say."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func
from sqlmodel import col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from civic_centers.circles.policies import kept
from civic_centers.circles.tables import (
    CareCircle,
    CircleChild,
    CircleFamily,
    CircleTurn,
    CircleTurnChild,
)
from community.conversations.rules import Talk
from community.members.tables import Person
from foundation import clock
from foundation.access import Actor
from foundation.database import Session

MOST = 60


def own_circles(session: Session, actor: Actor) -> list[tuple[CareCircle, CircleFamily, datetime | None]]:
    """The circles of the actor's families, and those they are asked into, which come first.

    Each with when their next turn is that somebody of theirs has.
    """
    following = (
        select(func.min(col(CircleTurn.starts_at)))
        .where(
            col(CircleTurn.family_id) == col(CircleFamily.id),
            col(CircleTurn.state) == "held",
            col(CircleTurn.starts_at) > clock.now(),
        )
        .scalar_subquery()
    )
    statement = (
        select(CareCircle, CircleFamily, following)
        .join(CircleFamily, col(CircleFamily.circle_id) == col(CareCircle.id))
        .where(
            col(CareCircle.community_id) == actor.community_id,
            col(CircleFamily.party_id).in_(actor.party_ids),
            col(CircleFamily.state).in_(("invited", "in")),
        )
        .order_by(col(CircleFamily.state) != "invited", col(CareCircle.state) == "ended", col(CareCircle.id).desc())
        .limit(MOST)
    )
    return [(circle, family, at) for circle, family, at in session.execute(statement)]


def circles_kept(session: Session, actor: Actor) -> list[tuple[CareCircle, int]]:
    """The circles the actor keeps, each with how many families are in it."""
    inside = (
        select(func.count())
        .where(col(CircleFamily.circle_id) == col(CareCircle.id), col(CircleFamily.state) == "in")
        .scalar_subquery()
    )
    statement = select(CareCircle, inside).where(kept(actor))
    order = (col(CareCircle.state) == "ended", col(CareCircle.id).desc())
    return [(circle, number) for circle, number in session.execute(statement.order_by(*order).limit(MOST))]


def circles_to_invite_to(session: Session, actor: Actor) -> list[CareCircle]:
    """The circles to which the actor may ask a family: those they keep or are in, that have not ended."""
    mine = exists().where(
        col(CircleFamily.circle_id) == col(CareCircle.id),
        col(CircleFamily.party_id).in_(actor.party_ids),
        col(CircleFamily.state) == "in",
    )
    here = (col(CareCircle.community_id) == actor.community_id, col(CareCircle.state) != "ended")
    statement = select(CareCircle).where(*here, or_(mine, kept(actor))).order_by(col(CareCircle.id)).limit(MOST)
    return list(session.exec(statement))


# ---------------------------------------------------------------- elsewhere


def _mine(actor: Actor) -> ColumnElement[bool]:
    return or_(col(CircleTurn.person_id) == actor.person_id, col(CircleTurn.second_id) == actor.person_id)


def coming_up(session: Session, actor: Actor, party_ids: Collection[int]) -> list[tuple[int, datetime, str, str]]:
    """The turns that adults of these parties have: party, when, what, and with whom (nobody is named)."""
    statement = (
        select(col(CircleFamily.party_id), col(CircleTurn.starts_at), col(CareCircle.name))
        .join(CircleFamily, col(CircleFamily.id) == col(CircleTurn.family_id))
        .join(CareCircle, col(CareCircle.id) == col(CircleTurn.circle_id))
        .where(
            col(CircleFamily.party_id).in_(party_ids),
            col(CircleTurn.community_id) == actor.community_id,
            col(CircleTurn.state) == "held",
            col(CircleTurn.starts_at) > clock.now(),
        )
    )
    return [(party or 0, at, name, "") for party, at, name in session.execute(statement)]


def turns_for_feed(session: Session, actor: Actor, since: datetime) -> list[tuple[CircleTurn, CareCircle]]:
    """The turns the actor has, comes to as a second adult, or had and gave up."""
    statement = (
        select(CircleTurn, CareCircle)
        .join(CareCircle, col(CareCircle.id) == col(CircleTurn.circle_id))
        .where(
            col(CircleTurn.community_id) == actor.community_id,
            col(CircleTurn.ends_at) > since,
            or_(_mine(actor), col(CircleTurn.gave_up_id) == actor.person_id),
        )
        .order_by(col(CircleTurn.starts_at), col(CircleTurn.id))
    )
    return [(turn, circle) for turn, circle in session.execute(statement.limit(400))]


def concerned(session: Session, dependant_id: int) -> list[tuple[str, datetime, str]]:
    """Where a child is looked after, for its family's page and its own view (hook `dependant_concerned`)."""
    statement = (
        select(col(CareCircle.name), col(CircleTurn.starts_at), col(Person.given_name))
        .join(CircleTurn, col(CircleTurn.circle_id) == col(CareCircle.id))
        .join(CircleTurnChild, col(CircleTurnChild.turn_id) == col(CircleTurn.id))
        .join(CircleChild, col(CircleChild.id) == col(CircleTurnChild.child_id))
        .join(Person, col(Person.id) == col(CircleTurn.person_id))
        .where(
            col(CircleChild.dependant_id) == dependant_id,
            col(CircleChild.gone_at).is_(None),
            col(CircleTurnChild.comes),
            col(CircleTurn.state) == "held",
            col(CircleTurn.ends_at) > clock.now(),
        )
        .order_by(col(CircleTurn.starts_at))
        .limit(5)
    )
    return [(name, at, who) for name, at, who in session.execute(statement)]


def own_threads(actor: Actor) -> SelectOfScalar[int]:
    """The threads of the actor's circles, to be used in another question."""
    inside = exists().where(
        col(CircleFamily.circle_id) == col(CareCircle.id),
        col(CircleFamily.party_id).in_(actor.party_ids),
        col(CircleFamily.state) == "in",
    )
    return select(col(CareCircle.thread_id)).where(col(CareCircle.community_id) == actor.community_id, inside)


def talks_of(session: Session, actor: Actor, threads: Sequence[int]) -> dict[int, Talk]:
    """What the conversations of circles are about, by their thread."""
    statement = select(CareCircle).where(
        col(CareCircle.thread_id).in_(threads), col(CareCircle.thread_id).in_(own_threads(actor))
    )
    return {
        circle.thread_id: Talk(
            title=circle.name,
            state=circle.state,
            endpoint="circles.show",
            values={"circle_id": circle.id},
            other=None,
            person=circle.name,
        )
        for circle in session.exec(statement)
    }
