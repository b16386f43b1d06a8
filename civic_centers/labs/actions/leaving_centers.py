"""A center closes for good: the labs that met there go on, and look for another place."""

from sqlalchemy import func
from sqlmodel import col, select

from civic_centers.centers.tables import Center
from civic_centers.labs.actions.holding import locked, people_behind, tell
from civic_centers.labs.notices import CENTER_GONE
from civic_centers.labs.rules import KIND
from civic_centers.labs.tables import Lab
from foundation import audit
from foundation.access import Actor
from foundation.database import Session


def number_at(session: Session, center_id: int) -> int:
    """How many labs that are not over meet in a center."""
    there = (col(Lab.center_id) == center_id, col(Lab.state) != "ended")
    return session.scalar(select(func.count()).select_from(Lab).where(*there)) or 0


def lose_center(session: Session, actor: Actor, center: Center) -> None:
    """These labs have no center from now on; who runs them is told."""
    there = (col(Lab.center_id) == center.id, col(Lab.state) != "ended")
    for lab_id in session.scalars(select(col(Lab.id)).where(*there).order_by(col(Lab.id))).all():
        lab = locked(session, lab_id or 0)
        lab.center_id = None
        lab.version += 1
        session.add(lab)
        audit.record(session, actor, "changed", KIND, lab_id)
        people = people_behind(session, lab)
        tell(session, lab, people, CENTER_GONE, but=actor, key=f"center:{center.id}", params={"center": center.name})
