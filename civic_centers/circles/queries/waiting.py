"""What of circles waits for somebody: conditions used to count and to list."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, cast, exists, func, literal, null, union_all
from sqlmodel import col, select

from civic_centers.circles.policies import TAKE_PART
from civic_centers.circles.rules import TELL_WITHIN
from civic_centers.circles.tables import (
    CareCircle,
    CircleAdult,
    CircleAsk,
    CircleChild,
    CircleCounting,
    CircleFamily,
    CircleSwap,
    CircleTurn,
    CircleTurnChild,
    CircleVote,
)
from foundation import clock
from foundation.access import Actor
from foundation.database import Session, UtcDateTime

MOST = 30


def _invited(actor: Actor) -> Any:
    return (
        select(CareCircle, col(CircleFamily.id))
        .join(CircleFamily, col(CircleFamily.circle_id) == col(CareCircle.id))
        .where(
            col(CircleFamily.party_id).in_(actor.party_ids),
            col(CareCircle.community_id) == actor.community_id,
            col(CircleFamily.state) == "invited",
            col(CareCircle.state) != "ended",
        )
    )


def _put_down(actor: Actor) -> Any:
    return (
        select(CareCircle, col(CircleAdult.id))
        .join(CircleFamily, col(CircleFamily.circle_id) == col(CareCircle.id))
        .join(CircleAdult, col(CircleAdult.family_id) == col(CircleFamily.id))
        .where(
            col(CircleAdult.person_id) == actor.person_id,
            col(CircleAdult.community_id) == actor.community_id,
            col(CircleAdult.state) == "asked",
            col(CircleFamily.state) == "in",
        )
    )


def _of_turns(*conditions: ColumnElement[bool]) -> Any:
    return (
        select(CareCircle, CircleTurn)
        .join(CircleTurn, col(CircleTurn.circle_id) == col(CareCircle.id))
        .where(*conditions)
    )  # fmt: skip


def _takes_turns(actor: Actor) -> ColumnElement[bool]:
    """The condition on CareCircle that the actor takes turns there still."""
    return exists().where(
        col(CircleFamily.circle_id) == col(CareCircle.id),
        col(CircleFamily.state) == "in",
        col(CircleAdult.family_id) == col(CircleFamily.id),
        col(CircleAdult.person_id) == actor.person_id,
        col(CircleAdult.state) == "yes",
    )


def _asked(actor: Actor) -> Any:
    asked = exists().where(
        col(CircleAsk.turn_id) == col(CircleTurn.id),
        col(CircleAsk.person_id) == actor.person_id,
        col(CircleAsk.said) == "",
    )
    return _of_turns(
        col(CircleTurn.community_id) == actor.community_id,
        col(CircleTurn.state) == "open",
        col(CircleTurn.starts_at) > clock.now(),
        asked,
        _takes_turns(actor),
    )


def _swaps(actor: Actor) -> Any:
    proposed = exists().where(
        col(CircleSwap.turn_id) == col(CircleTurn.id),
        col(CircleSwap.to_id) == actor.person_id,
        col(CircleSwap.state) == "proposed",
    )
    return _of_turns(
        col(CircleTurn.community_id) == actor.community_id,
        col(CircleTurn.starts_at) > clock.now(),
        proposed,
        _takes_turns(actor),
    )


def _to_tell(actor: Actor) -> Any:
    return _of_turns(
        col(CircleTurn.community_id) == actor.community_id,
        col(CircleTurn.person_id) == actor.person_id,
        col(CircleTurn.state) == "held",
        col(CircleTurn.ends_at) <= clock.now(),
        col(CircleTurn.ends_at) >= clock.now() - TELL_WITHIN,
    )


def _to_confirm(actor: Actor) -> Any:
    """Turns to which a child of theirs came, and that somebody else's family had."""
    came = exists().where(
        col(CircleTurnChild.turn_id) == col(CircleTurn.id),
        col(CircleTurnChild.came_at).is_not(None),
        col(CircleChild.id) == col(CircleTurnChild.child_id),
        col(CircleFamily.id) == col(CircleChild.family_id),
        col(CircleFamily.party_id).in_(actor.party_ids),
        col(CircleFamily.state) == "in",
    )
    had = exists().where(
        (col(CircleFamily.id) == col(CircleTurn.family_id))
        | (col(CircleFamily.id) == col(CircleTurn.second_family_id)),
        col(CircleFamily.party_id).in_(actor.party_ids),
    )
    return _of_turns(
        col(CircleTurn.community_id) == actor.community_id, col(CircleTurn.state) == "told", came, ~had
    )  # fmt: skip


def _to_vote(actor: Actor) -> Any:
    voted = exists().where(
        col(CircleVote.counting_id) == col(CircleCounting.id), col(CircleVote.family_id) == col(CircleFamily.id)
    )
    return (
        select(CareCircle, col(CircleFamily.id))
        .join(CircleCounting, col(CircleCounting.circle_id) == col(CareCircle.id))
        .join(CircleFamily, col(CircleFamily.circle_id) == col(CareCircle.id))
        .where(
            col(CareCircle.community_id) == actor.community_id,
            col(CareCircle.state) != "ended",
            col(CircleCounting.state) == "open",
            col(CircleFamily.state) == "in",
            col(CircleFamily.party_id).in_(actor.party_ids),
            ~voted,
        )
    )


def _to_keep(actor: Actor) -> Any:
    """Circles one began with a family to look at, turns that nobody has, or hours that could not move.

    Makers, who keep many, are told by notices, and find them under "Care circles".
    """
    asked = exists().where(col(CircleFamily.circle_id) == col(CareCircle.id), col(CircleFamily.state) == "asked")
    free = exists().where(
        col(CircleTurn.circle_id) == col(CareCircle.id),
        col(CircleTurn.state) == "open",
        col(CircleTurn.asked_until).is_(None),
        col(CircleTurn.starts_at) > clock.now(),
    )
    refused = exists().where(col(CircleTurn.circle_id) == col(CareCircle.id), col(CircleTurn.hours) == "refused")
    return select(CareCircle, col(CareCircle.id)).where(
        col(CareCircle.community_id) == actor.community_id,
        col(CareCircle.keeper_id) == actor.person_id,
        col(CareCircle.state) != "ended",
        asked | free | refused,
    )


WAYS = {
    "invited": _invited,
    "put_down": _put_down,
    "asked": _asked,
    "swap": _swaps,
    "tell": _to_tell,
    "confirm": _to_confirm,
    "vote": _to_vote,
    "keep": _to_keep,
}


@dataclass(frozen=True)
class Line:
    """One thing that waits: what it is, its circle, and its turn where it is of one."""

    name: str
    circle_id: int
    circle: str
    turn_id: int | None
    starts_at: datetime | None


OF_TURNS = ("asked", "swap", "tell", "confirm")


def waiting_for(session: Session, actor: Actor) -> list[Line]:
    """What waits, in one question however many kinds there are."""
    if not _may(actor):
        return []
    nothing: tuple[Any, ...] = (cast(null(), Integer).label("turn_id"), cast(null(), UtcDateTime).label("starts_at"))
    turn: tuple[Any, ...] = (col(CircleTurn.id).label("turn_id"), col(CircleTurn.starts_at).label("starts_at"))
    parts = [
        ask(actor).with_only_columns(
            literal(name).label("name"),
            col(CareCircle.id).label("circle_id"),
            col(CareCircle.name).label("circle"),
            *(turn if name in OF_TURNS else nothing),
        )
        for name, ask in WAYS.items()
    ]
    rows = session.execute(union_all(*parts).limit(MOST)).all()
    order = list(WAYS)
    found = [Line(row[0], row[1], row[2], row[3], row[4]) for row in rows]
    return sorted(found, key=lambda one: (order.index(one.name), one.circle_id, one.turn_id or 0))


def number_waiting(actor: Actor) -> ColumnElement[int] | None:
    """How many such lines there are."""
    if not _may(actor):
        return None
    numbers = [
        select(func.count()).select_from(ask(actor).subquery()).scalar_subquery() for ask in WAYS.values()
    ]  # fmt: skip
    total: ColumnElement[int] = numbers[0]
    for one in numbers[1:]:
        total = total + one
    return total


def _may(actor: Actor) -> bool:
    return actor.person_id is not None and actor.may(TAKE_PART) and not actor.is_on_behalf
