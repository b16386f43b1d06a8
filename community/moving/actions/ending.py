"""A move ends when the person has left, or stays after all."""

from sqlalchemy import ColumnElement, or_, update
from sqlmodel import col, delete

from community.joining.actions import take_back
from community.leaving.rules import Going
from community.members.queries import must_belong
from community.moving.actions.asking import KIND
from community.moving.queries import open_move
from community.moving.tables import CommunityMove
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing


def withdraw_move(session: Session, actor: Actor) -> bool:
    """Stay here after all: what nobody has answered there is taken back. Whether they belong there already.

    Raises Missing where there is no move under way.
    """
    person_id = must_belong(session, actor)
    move = open_move(session, actor.community_id, person_id)
    if move is None:
        raise Missing()
    # As when makers decide, what was asked for is held before the move: neither waits for the other for ever.
    taken_back = take_back(session, move.to_community_id, person_id)
    move = open_move(session, actor.community_id, person_id, lock=True)
    if move is None:
        raise Missing()
    _end(session, actor, move, "withdrawn")
    audit.record(session, actor, "withdrew", KIND, move.id)
    return not taken_back


def somebody_leaves(session: Session, going: Going) -> None:
    """Who has left has moved; who leaves the other community again does not move there any more."""
    actor = Actor(going.community_id, going.person_id)
    move = open_move(session, going.community_id, going.person_id, lock=True)
    if move is not None:
        _end(session, actor, move, "gone")
    _end_all(
        session,
        col(CommunityMove.to_community_id) == going.community_id,
        col(CommunityMove.person_id) == going.person_id,
        col(CommunityMove.state) == "open",
    )


def somebody_returns(session: Session, going: Going) -> None:
    """Who comes back has not moved. If they were let in elsewhere they belong to both, until they leave one."""
    _end_all(
        session,
        col(CommunityMove.from_community_id) == going.community_id,
        col(CommunityMove.person_id) == going.person_id,
        col(CommunityMove.state) == "gone",
    )


def forget(session: Session, going: Going) -> None:
    """Nobody needs to know any more that somebody moved, once one of the two communities has let go of them."""
    here = or_(
        col(CommunityMove.from_community_id) == going.community_id,
        col(CommunityMove.to_community_id) == going.community_id,
    )
    gone = delete(CommunityMove).where(here, col(CommunityMove.person_id) == going.person_id)
    session.exec(gone.execution_options(synchronize_session="fetch"))


def _end(session: Session, actor: Actor, move: CommunityMove, state: str) -> None:
    move.state, move.ended_at = state, clock.now()
    if state == "withdrawn":
        move.dependants = []
    session.add(move)
    session.flush()


def _end_all(session: Session, *these: ColumnElement[bool]) -> None:
    ended = update(CommunityMove).where(*these).values(state="withdrawn", ended_at=clock.now(), dependants=[])
    session.exec(ended.execution_options(synchronize_session="fetch"))
