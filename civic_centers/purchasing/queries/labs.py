"""The labs of solidarity purchasing: for which one may plan an order, and the orders of one."""

from sqlalchemy import or_
from sqlmodel import col, select

from civic_centers.labs.policies import is_member, run_by, seen_by
from civic_centers.labs.tables import Lab
from civic_centers.purchasing.policies import in_sight
from civic_centers.purchasing.rules.cycles import RUNNING
from civic_centers.purchasing.tables import OrderCycle
from civic_centers.suppliers.policies import SEE, zones_kept
from civic_centers.suppliers.tables import Supplier
from foundation.access import Actor
from foundation.database import Session

KIND = "purchasing"
A_FEW = 5


def labs_to_choose(session: Session, actor: Actor, zone_ids: list[int]) -> list[Lab]:
    """The labs that buy together in these zones and in which the actor works, or which they run; by name."""
    there = (
        col(Lab.community_id) == actor.community_id,
        col(Lab.kind) == KIND,
        col(Lab.state) == "open",
        col(Lab.hidden_at).is_(None),
        col(Lab.zone_id).in_(zone_ids),
        or_(run_by(actor), is_member(actor, col(Lab.id), "in")),
    )
    return list(session.exec(select(Lab).where(*there).order_by(col(Lab.name), col(Lab.id)))) if zone_ids else []


def may_plan_for(session: Session, actor: Actor, lab: Lab) -> bool:
    """Whether the actor may plan an order of a lab."""
    zones = [zone_id for zone_id in zones_kept(session, actor) if zone_id == lab.zone_id]
    return lab.id in {one.id for one in labs_to_choose(session, actor, zones)}


def still_buys(session: Session, lab_id: int | None, zone_id: int) -> int | None:
    """The lab, as long as it buys together in a zone; else None: what comes again comes without it then."""
    lab = session.get(Lab, lab_id) if lab_id is not None else None
    if lab is None or (lab.kind, lab.state, lab.zone_id) != (KIND, "open", zone_id) or lab.hidden_at is not None:
        return None
    return lab.id


def lab_seen(session: Session, actor: Actor, cycle: OrderCycle) -> Lab | None:
    """The lab whose order it is, where the actor may look at that lab's page."""
    if cycle.lab_id is None:
        return None
    return session.exec(select(Lab).where(col(Lab.id) == cycle.lab_id, seen_by(actor))).one_or_none()


def cycles_of_lab(session: Session, actor: Actor, lab: Lab) -> list[tuple[OrderCycle, Supplier]]:
    """A few orders of a lab that are not over; while it works also those of its zone that are no lab's, after them."""
    if not actor.may(SEE):
        return []
    own = (col(OrderCycle.lab_id) == lab.id) & col(OrderCycle.state).in_(("planned", *RUNNING))
    near = col(OrderCycle.lab_id).is_(None) & (col(OrderCycle.zone_id) == lab.zone_id)
    wanted = or_(own, near & col(OrderCycle.state).in_(("planned", "open"))) if lab.state == "open" else own
    statement = (
        select(OrderCycle, Supplier)
        .join(Supplier, col(Supplier.id) == col(OrderCycle.supplier_id))
        .where(col(OrderCycle.community_id) == actor.community_id, wanted, in_sight(actor))
        .order_by(col(OrderCycle.lab_id).is_(None), col(OrderCycle.closes_at), col(OrderCycle.id))
        .limit(2 * A_FEW)
    )
    return [(cycle, supplier) for cycle, supplier in session.execute(statement)]
