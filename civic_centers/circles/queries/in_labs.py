"""Circles of a lab: who is in the lab sees their name and days, and may ask to come in."""

from sqlalchemy import ColumnElement
from sqlmodel import col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from civic_centers.circles.policies import TAKE_PART, seen_by
from civic_centers.circles.rules import LIVE
from civic_centers.circles.tables import CareCircle, CircleFamily
from civic_centers.labs.policies import is_member, run_by
from civic_centers.labs.tables import Lab
from community.moderation.queries import blocked_with
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing

MOST = 20


def labs_for(actor: Actor) -> SelectOfScalar[int | None]:
    """The labs of whose circles the actor may say so: open ones that they are in, or run."""
    ways = or_(is_member(actor, col(Lab.id), "in"), run_by(actor))
    here = (col(Lab.community_id) == actor.community_id, col(Lab.state) == "open", ways)
    return select(col(Lab.id)).where(*here).order_by(col(Lab.id))


def _to_ask(actor: Actor) -> ColumnElement[bool]:
    """The condition on CareCircle that the actor is in its lab."""
    here = (col(CareCircle.community_id) == actor.community_id) & (col(CareCircle.state) != "ended")
    return here & is_member(actor, col(CareCircle.lab_id), "in")


def circle_to_ask(session: Session, actor: Actor, circle_id: int) -> CareCircle:
    """A circle of a lab that the actor is in themselves. Raises Missing."""
    if actor.person_id is None or actor.is_on_behalf or not actor.may(TAKE_PART):
        raise Missing()
    found = session.exec(select(CareCircle).where(col(CareCircle.id) == circle_id, _to_ask(actor))).one_or_none()
    if found is None:
        raise Missing()
    return found


def circles_of_lab(
    session: Session, actor: Actor, lab_id: int
) -> tuple[list[CareCircle], list[tuple[CareCircle, bool]]]:
    """The circles of a lab that the actor reads; and those they may ask to come into, each with whether they have.

    One in which there is a family from which a block keeps them apart is not among these.
    """
    of_lab = col(CareCircle.lab_id) == lab_id
    own = list(session.exec(select(CareCircle).where(of_lab, seen_by(actor)).order_by(col(CareCircle.id)).limit(MOST)))
    if actor.is_on_behalf or not actor.may(TAKE_PART) or not actor.party_ids:
        return own, []
    known = {one.id for one in own}
    others = select(CareCircle).where(of_lab, _to_ask(actor)).order_by(col(CareCircle.id)).limit(MOST)
    found = [one for one in session.exec(others) if one.id not in known]
    if not found:
        return own, []
    inside = select(col(CircleFamily.circle_id), col(CircleFamily.party_id)).where(
        col(CircleFamily.circle_id).in_([one.id for one in found]), col(CircleFamily.state).in_(LIVE)
    )
    families = [(circle_id, party_id) for circle_id, party_id in session.execute(inside)]
    blocked = blocked_with(session, actor.party_ids)
    apart = {circle_id for circle_id, party_id in families if party_id in blocked}
    asked = {circle_id for circle_id, party_id in families if party_id in actor.party_ids}
    return own, [(one, one.id in asked) for one in found if one.id not in apart]
