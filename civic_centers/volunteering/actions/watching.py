"""Choosing to be told when people are missing at a center."""

from civic_centers.centers.queries import center_visible_to
from civic_centers.volunteering.policies import SERVE
from civic_centers.volunteering.tables import Watch
from foundation import clock
from foundation.access import Actor
from foundation.database import Session, insert_if_absent
from foundation.errors import Missing


def watch(session: Session, actor: Actor, center_id: int) -> None:
    """Be told when people are missing; twice changes nothing. Raises Missing."""
    center = center_visible_to(session, actor, center_id)
    if actor.person_id is None or not actor.may(SERVE) or center.closed_on is not None:
        raise Missing()
    row = {"center_id": center_id, "person_id": actor.person_id, "since": clock.now()}
    insert_if_absent(session, Watch, row, conflict=["center_id", "person_id"])


def unwatch(session: Session, actor: Actor, center_id: int) -> None:
    """Be told no more. Raises Missing for a center of another community."""
    center_visible_to(session, actor, center_id)
    row = session.get(Watch, (center_id, actor.person_id)) if actor.person_id is not None else None
    if row is not None:
        session.delete(row)
