"""Several labs: all of a community, those of a center, one's own."""

from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from civic_centers.labs.policies import is_member, seen_by
from civic_centers.labs.tables import Lab, LabMember
from foundation.access import Actor
from foundation.database import Session

PAGE = 30


def labs_of(
    session: Session, actor: Actor, *, zone_id: int | None = None, kind: str = "", state: str = "open", before: int = 0
) -> tuple[list[Lab], int | None]:
    """The labs that the actor may look at, the newest first; and from which number the next page goes on."""
    demands = [seen_by(actor), col(Lab.state) == state]
    if state == "ended":
        demands.append(col(Lab.opened_at).is_not(None))
    if zone_id is not None:
        demands.append(col(Lab.zone_id) == zone_id)
    if kind:
        demands.append(col(Lab.kind) == kind)
    if before:
        demands.append(col(Lab.id) < before)
    found = list(session.exec(select(Lab).where(*demands).order_by(col(Lab.id).desc()).limit(PAGE + 1)))
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def labs_at(session: Session, actor: Actor, center_id: int, limit: int) -> list[Lab]:
    """The labs that meet in a center and that the actor may look at."""
    there = (col(Lab.center_id) == center_id, col(Lab.state) == "open", seen_by(actor))
    return list(session.exec(select(Lab).where(*there).order_by(col(Lab.id).desc()).limit(limit)))


def my_labs(session: Session, actor: Actor, limit: int = PAGE) -> list[Lab]:
    """The labs that the actor is in, or has proposed, and that are not over; the newest first."""
    mine = (col(Lab.community_id) == actor.community_id, is_member(actor, col(Lab.id), "in"))
    going = select(Lab).where(*mine, col(Lab.state) != "ended").order_by(col(Lab.id).desc())
    return list(session.exec(going.limit(limit)))


def public_labs(session: Session, actor: Actor, limit: int) -> list[Lab]:
    """A few labs that go on now: those the actor is in first, then those of their zone."""
    there = (seen_by(actor), col(Lab.state) == "open")
    near: list[Any] = [col(Lab.zone_id) != (actor.zone_id or 0), col(Lab.id).desc()]
    if actor.person_id is not None:
        near.insert(0, ~is_member(actor, col(Lab.id), "in"))
    return list(session.exec(select(Lab).where(*there).order_by(*near).limit(limit)))


def number_proposed(session: Session, actor: Actor) -> int:
    """How many labs the actor has proposed that no maker has opened yet."""
    mine = (
        col(Lab.community_id) == actor.community_id,
        col(Lab.created_by_id) == actor.person_id,
        col(Lab.state) == "draft",
    )
    return session.scalar(select(func.count()).select_from(Lab).where(*mine)) or 0


def sizes_of(session: Session, lab_ids: list[int]) -> dict[int, int]:
    """How many people are in each of these labs."""
    counted = (
        select(col(LabMember.lab_id), func.count())
        .where(col(LabMember.lab_id).in_(lab_ids), col(LabMember.state) == "in")
        .group_by(col(LabMember.lab_id))
    )
    return dict(session.execute(counted).all()) if lab_ids else {}
