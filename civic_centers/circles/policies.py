"""Who sees a circle, who keeps it, and the gate of care for every adult who takes a turn."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, false, or_
from sqlmodel import col, select

from civic_centers.circles.rules import LIVE
from civic_centers.circles.tables import CareCircle, CircleFamily
from community.categories.tables import Category
from community.members.tables import Membership
from community.moderation.policies import Limited, in_force, is_stopped, must_not_be_limited
from community.moderation.rules import STOPS
from community.moderation.tables import Limit
from community.safeguarding.policies import must_meet
from community.safeguarding.queries import checks_of, day_in, hold_person, requirements_of
from community.safeguarding.rules import FOR_CARE, Check, NotVerified, Requirements, together, what_lacks
from foundation import clock
from foundation.access import Actor, Permission
from foundation.database import Session
from foundation.errors import Missing

TAKE_PART = Permission("member:circle:take_part", ("member",), "Take turns with other families in a care circle")
TEND = Permission("zone:circle:tend", ("maker",), "Begin care circles of the zone, and see how they stand")


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """The condition on CareCircle that the actor may read it: its families, who was invited, and makers of its zone."""
    here = col(CareCircle.community_id) == actor.community_id
    ways: list[ColumnElement[bool]] = []
    if actor.may(TAKE_PART) and actor.party_ids:
        ways.append(
            exists().where(
                col(CircleFamily.circle_id) == col(CareCircle.id),
                col(CircleFamily.party_id).in_(actor.party_ids),
                col(CircleFamily.state).in_(("invited", "in")),
            )
        )
    zones = actor.zones_for(TEND)
    if zones is None:
        return here
    if zones:
        ways.append(col(CareCircle.zone_id).in_(zones))
    return here & (or_(*ways) if ways else false())


def may_keep(actor: Actor, circle: CareCircle) -> bool:
    """Whether the actor keeps a circle: who began it, or any maker of its zone."""
    own = circle.keeper_id is not None and circle.keeper_id == actor.person_id and actor.may(TAKE_PART)
    return own or actor.may(TEND, circle.zone_id)


def kept(actor: Actor) -> ColumnElement[bool]:
    """The same as a condition."""
    here = col(CareCircle.community_id) == actor.community_id
    zones = actor.zones_for(TEND)
    if zones is None:
        return here
    return here & or_(col(CareCircle.keeper_id) == actor.person_id, col(CareCircle.zone_id).in_(zones))


def must_keep(actor: Actor, circle: CareCircle) -> None:
    """Raises Missing for who does not keep it."""
    if not may_keep(actor, circle):
        raise Missing()


def is_family_of(actor: Actor) -> ColumnElement[bool]:
    """The condition on CircleFamily that it is a live one of the actor."""
    return col(CircleFamily.party_id).in_(actor.party_ids) & col(CircleFamily.state).in_(LIVE)


def may_begin(session: Session, actor: Actor) -> bool:
    """Whether the actor may begin a circle: a maker, or a member whom a maker has met."""
    if actor.may(TEND):
        return True
    if actor.person_id is None or not actor.may(TAKE_PART):
        return False
    return may_care(session, actor.community_id, actor.person_id, clock.now())


# ---------------------------------------------------------------- the gate of care


def demands_of(session: Session, community_id: int) -> Requirements:
    """What is demanded of who looks after children here: what care always does, and what the community asks besides."""
    about = (col(Category.community_id) == community_id, col(Category.fields) == "childcare")
    return together([FOR_CARE, requirements_of(session, session.scalars(select(col(Category.id)).where(*about)).all())])


@dataclass(frozen=True)
class Gate:
    """What was seen of some people, asked in a few questions however many they are."""

    demands: Requirements
    checks: dict[int, list[Check]]
    inside: frozenset[int]

    def passes(self, person_id: int, day: date) -> bool:
        return person_id in self.inside and not what_lacks(self.demands, self.checks.get(person_id, []), day)


def gate_for(session: Session, community_id: int, person_ids: Collection[int]) -> Gate:
    """The gate for some people: members who are not stopped, nor kept from care by a decision."""
    if not person_ids:
        return Gate(FOR_CARE, {}, frozenset())
    members = select(col(Membership.person_id)).where(
        col(Membership.community_id) == community_id,
        col(Membership.state) == "approved",
        col(Membership.person_id).in_(person_ids),
    )
    limited = select(col(Limit.person_id)).where(
        col(Limit.community_id) == community_id, col(Limit.what).in_(("care", *STOPS)), *in_force()
    )
    inside = frozenset(session.scalars(members.where(col(Membership.person_id).not_in(limited))))
    return Gate(demands_of(session, community_id), checks_of(session, community_id, person_ids), inside)


def may_care(session: Session, community_id: int, person_id: int, at: datetime) -> bool:
    """Whether somebody may look after children at a moment."""
    day = day_in(session, community_id, max(at, clock.now()))
    return gate_for(session, community_id, [person_id]).passes(person_id, day)


def must_care(session: Session, community_id: int, person_id: int, at: datetime, *, field: str | None = None) -> None:
    """The gate, on the person named. Raises NotVerified or Limited.

    What was found holds until the end of the transaction, and nobody else names the person meanwhile.
    """
    hold_person(session, community_id, person_id, alone=True)
    must_not_be_limited(session, community_id, person_id, "care")
    if session.scalar(select(is_stopped(community_id, person_id))):
        raise Limited("care", None)
    if not may_care(session, community_id, person_id, at):
        must_meet(session, community_id, person_id, demands_of(session, community_id), at, field=field, hold=False)
        raise NotVerified(field=field)
