"""One lab: fetch and authorise in one call."""

from sqlmodel import col, select

from civic_centers.labs.policies import may_run, must_run, seen_by
from civic_centers.labs.tables import Lab, LabMember
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing


def lab_visible_to(session: Session, actor: Actor, lab_id: int) -> Lab:
    """A lab whose page the actor may look at, a visitor without an account too. Raises Missing."""
    lab = session.exec(select(Lab).where(col(Lab.id) == lab_id, seen_by(actor))).one_or_none()
    if lab is None:
        raise Missing()
    return lab


def lab_called(session: Session, actor: Actor, slug: str) -> Lab:
    """The same by the name in its address. Raises Missing."""
    lab = session.exec(select(Lab).where(col(Lab.slug) == slug, seen_by(actor))).one_or_none()
    if lab is None:
        raise Missing()
    return lab


def lab_to_run(session: Session, actor: Actor, slug: str) -> Lab:
    """The same for who runs it. Raises Missing for everybody else."""
    lab = lab_called(session, actor, slug)
    must_run(session, actor, lab)
    return lab


def membership_in(session: Session, actor: Actor, lab_id: int) -> LabMember | None:
    """The actor's own row in a lab, whatever its state."""
    if actor.person_id is None:
        return None
    mine = (col(LabMember.lab_id) == lab_id, col(LabMember.person_id) == actor.person_id)
    return session.exec(select(LabMember).where(*mine).execution_options(populate_existing=True)).one_or_none()


def must_be_member(session: Session, actor: Actor, lab: Lab) -> LabMember:
    """The actor's row in a lab they are in. Raises Missing for everybody else, makers too."""
    mine = membership_in(session, actor, lab.id or 0)
    if mine is None or mine.state != "in":
        raise Missing()
    return mine


def must_be_inside(session: Session, actor: Actor, lab: Lab) -> LabMember | None:
    """The actor's row, or None for a maker who runs it from outside. Raises Missing for everybody else."""
    mine = membership_in(session, actor, lab.id or 0)
    if mine is not None and mine.state == "in":
        return mine
    if not may_run(session, actor, lab):
        raise Missing()
    return None
