"""Shared orders taken out of sight by the makers' desk, and shown again."""

from civic_centers.purchasing.actions.holding import CYCLE, hold_alone
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing


def hide_cycle(session: Session, actor: Actor, cycle_id: int) -> None:
    """Only who keeps it and who ordered in it see it from now on. Raises Missing."""
    _hide(session, actor, cycle_id, hidden=True)


def show_cycle_again(session: Session, actor: Actor, cycle_id: int) -> None:
    """Everybody sees it again. Raises Missing."""
    _hide(session, actor, cycle_id, hidden=False)


def _hide(session: Session, actor: Actor, cycle_id: int, *, hidden: bool) -> None:
    cycle = hold_alone(session, cycle_id)
    if cycle.community_id != actor.community_id:
        raise Missing()
    if (cycle.hidden_at is not None) == hidden:
        return
    cycle.hidden_at = clock.now() if hidden else None
    session.add(cycle)
    session.flush()
    audit.record(session, actor, "hid" if hidden else "showed_again", CYCLE, cycle_id)
