"""Holding a circle and its turns, in the one order: circle, then people, then turns by their number."""

from collections.abc import Collection

from sqlalchemy import update
from sqlmodel import col, select

from civic_centers.circles.policies import must_keep
from civic_centers.circles.queries.single import TURN, circle_visible_to
from civic_centers.circles.queries.turns import turn_visible_to
from civic_centers.circles.rules import CHILDREN_BEFORE, NotNow
from civic_centers.circles.tables import CareCircle, CircleSwap, CircleTurn, CircleTurnChild
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session


def kept_circle(session: Session, actor: Actor, circle_id: int) -> CareCircle:
    """A circle that the actor keeps, held, and not ended. Raises Missing, NotNow."""
    circle = circle_visible_to(session, actor, circle_id, lock=True)
    must_keep(actor, circle)
    if circle.state == "ended":
        raise NotNow()
    return circle


def hold_circle(session: Session, circle_id: int) -> CareCircle:
    """The row of a circle, held."""
    statement = select(CareCircle).where(col(CareCircle.id) == circle_id).with_for_update()
    return session.exec(statement.execution_options(populate_existing=True)).one()


def hold_turns(session: Session, turn_ids: Collection[int]) -> list[CircleTurn]:
    """The rows of turns, held, by their number."""
    session.flush()
    statement = select(CircleTurn).where(col(CircleTurn.id).in_(turn_ids)).order_by(col(CircleTurn.id))
    return list(session.exec(statement.with_for_update().execution_options(populate_existing=True)))


def own_turn(session: Session, actor: Actor, turn_id: int) -> tuple[CircleTurn, CareCircle]:
    """A turn that the actor may see, held. Raises Missing."""
    _turn, circle = turn_visible_to(session, actor, turn_id)
    return hold_turns(session, [turn_id])[0], circle


def has_begun(session: Session, turn: CircleTurn) -> bool:
    """Whether a turn goes on to its end with who has it: it began, or a child was taken in before the hour."""
    if turn.starts_at <= clock.now():
        return True
    if turn.starts_at - CHILDREN_BEFORE > clock.now():
        return False
    there = (col(CircleTurnChild.turn_id) == turn.id, col(CircleTurnChild.came_at).is_not(None))
    return session.scalar(select(col(CircleTurnChild.id)).where(*there).limit(1)) is not None


def give(session: Session, turn: CircleTurn, person_id: int, family_id: int) -> None:
    """Put somebody down for a turn that nobody has: one conditional update. Raises NotNow for who comes second."""
    free = (col(CircleTurn.state) == "open") | (
        (col(CircleTurn.state) == "off") & (col(CircleTurn.off_why) == "nobody")
    )
    taken = session.exec(
        update(CircleTurn)
        .where(col(CircleTurn.id) == turn.id, free, col(CircleTurn.starts_at) > clock.now())
        .values(state="held", off_why="", person_id=person_id, family_id=family_id, asked_until=None)
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:
        raise NotNow()
    session.refresh(turn)
    if turn.second_id == person_id:
        turn.second_id = turn.second_family_id = None
    lapse_swaps(session, turn.id or 0)


def lapse_swaps(session: Session, turn_id: int) -> None:
    """Swaps that were proposed with a turn are over: who has it has changed."""
    concerned = (col(CircleSwap.turn_id) == turn_id) | (col(CircleSwap.other_turn_id) == turn_id)
    session.execute(
        update(CircleSwap)
        .where(concerned, col(CircleSwap.state) == "proposed")
        .values(state="lapsed")
        .execution_options(synchronize_session="fetch")
    )


def noted(session: Session, actor: Actor | None, verb: str, turn: CircleTurn, **detail: object) -> None:
    """The line of something that was done with a turn."""
    more = {"community_id": turn.community_id} if actor is None else {}
    audit.record(session, actor, verb, TURN, turn.id, **more, **detail)
