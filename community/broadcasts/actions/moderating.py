"""What hangs on a broadcast: hiding one that was reported, counting what was opened, the community's number."""

from sqlalchemy import update
from sqlmodel import col, select

from community.broadcasts.queries import approval_above, link_of
from community.broadcasts.rules import check_approval
from community.broadcasts.tables import Broadcast, BroadcastLink, BroadcastRules
from community.changes.actions import note_change
from community.communities.policies import RUN
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing


def set_rules(session: Session, actor: Actor, *, above: int) -> None:
    """Say above how many people a second maker reads first. Raises Missing for who runs no community, Invalid."""
    if not actor.may(RUN):
        raise Missing()
    check_approval(above)
    before = approval_above(session, actor.community_id)
    rules = session.get(BroadcastRules, actor.community_id) or BroadcastRules(community_id=actor.community_id)
    rules.approval_above = above
    session.add(rules)
    session.flush()
    note_change(session, actor, "broadcasts", None, "", {"approval_above": before}, {"approval_above": above})
    audit.record(session, actor, "set_broadcast_rules", "community", actor.community_id, above=above)


def count_opening(session: Session, actor: Actor, broadcast_id: int, position: int) -> None:
    """Count one opening of a link, of nobody. Raises Missing for who may not read it."""
    link_of(session, actor, broadcast_id, position)
    session.exec(
        update(BroadcastLink)
        .where(col(BroadcastLink.broadcast_id) == broadcast_id, col(BroadcastLink.position) == position)
        .values(opened=col(BroadcastLink.opened) + 1)
        .execution_options(synchronize_session=False)
    )


def hide(session: Session, actor: Actor, broadcast_id: int) -> None:
    """Take one that was reported out of sight; what stands in letters cannot be taken back."""
    _set_hidden(session, actor, broadcast_id, hidden=True)


def show_again(session: Session, actor: Actor, broadcast_id: int) -> None:
    """Take that back."""
    _set_hidden(session, actor, broadcast_id, hidden=False)


def _set_hidden(session: Session, actor: Actor, broadcast_id: int, *, hidden: bool) -> None:
    statement = select(Broadcast).where(
        col(Broadcast.id) == broadcast_id, col(Broadcast.community_id) == actor.community_id
    )
    one = session.exec(statement.with_for_update().execution_options(populate_existing=True)).one_or_none()
    if one is None or (one.hidden_at is not None) == hidden:
        return
    one.hidden_at = clock.now() if hidden else None
    session.add(one)
    audit.record(session, actor, "hid" if hidden else "showed_again", "broadcast", broadcast_id)
