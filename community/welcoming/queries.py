"""Who is new, what makers have done for them, and whether one is new oneself."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, exists, func
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from community.availability.tables import Availability
from community.members.tables import Membership, Person
from community.parties.tables import PartySkill
from community.welcoming.policies import WELCOME
from community.welcoming.rules import MAKER_STEPS, NEW_FOR, PUT_AWAY, WELCOME_WITHIN
from community.welcoming.tables import WelcomeStep
from community.zones.tables import Zone
from foundation import clock
from foundation.access import Actor
from foundation.database import Session, number_of, one_if_any
from foundation.errors import Missing

MOST = 200


@dataclass(frozen=True)
class Newcomer:
    """Somebody who is new, with what makers did: each step done, with the day."""

    membership: Membership
    person: Person
    zone_name: str
    invited_by: str
    steps: dict[str, WelcomeStep]


@dataclass(frozen=True)
class Begun:
    """What a newcomer has done of what every community has."""

    told: bool
    """A photograph, or a word about themselves."""
    skills: bool
    week: bool


def newcomers(session: Session, actor: Actor) -> list[Newcomer]:
    """Who is new in the maker's zones: by zone, the newest first. Raises Missing for who welcomes nowhere."""
    if not actor.may(WELCOME):
        raise Missing()
    inviter = aliased(Person)
    statement = (
        columns(Membership, Person, col(Zone.name), inviter)
        .join(Person, col(Person.id) == col(Membership.person_id))
        .join(Zone, col(Zone.id) == col(Membership.zone_id))
        .outerjoin(inviter, col(inviter.id) == col(Membership.invited_by_id))
        .where(*_new_to(actor, NEW_FOR))
        .order_by(col(Zone.position), col(Zone.name), col(Membership.decided_at).desc(), col(Membership.id))
        .limit(MOST)
    )
    rows = session.execute(statement).all()
    steps: dict[int, dict[str, WelcomeStep]] = defaultdict(dict)
    ids = [row[0].id for row in rows]
    for step in session.exec(select(WelcomeStep).where(col(WelcomeStep.membership_id).in_(ids))):
        steps[step.membership_id][step.step] = step
    return [
        Newcomer(membership, person, zone, invited_by.name if invited_by is not None else "", steps[membership.id or 0])
        for membership, person, zone, invited_by in rows
    ]


def count_unwelcomed(session: Session, actor: Actor) -> int:
    """How many who came lately still lack a step of the welcome; none for who welcomes nowhere."""
    return session.scalar(select(number_of(_unwelcomed(actor)))) or 0 if actor.may(WELCOME) else 0


def any_unwelcomed(actor: Actor) -> ColumnElement[int] | None:
    """1 where there is one, as an expression."""
    return one_if_any(_unwelcomed(actor)) if actor.may(WELCOME) else None


def is_new(session: Session, actor: Actor) -> bool:
    """Whether somebody came lately and has not put the list of first steps away."""
    away = exists().where(col(WelcomeStep.membership_id) == col(Membership.id), col(WelcomeStep.step) == PUT_AWAY)
    mine = (col(Membership.community_id) == actor.community_id, col(Membership.person_id) == actor.person_id)
    return session.scalar(select(col(Membership.id)).where(*mine, *_came(NEW_FOR), ~away)) is not None


def begun_by(session: Session, actor: Actor) -> Begun:
    """What the actor has done already."""
    about = (col(Person.id) == actor.person_id) & ((col(Person.about) != "") | col(Person.photo_file_id).is_not(None))
    ours = sorted(actor.party_ids)
    row = session.execute(
        columns(
            exists().where(about),
            exists().where(col(PartySkill.party_id).in_(ours)),
            exists().where(col(Availability.party_id).in_(ours)),
        )
    ).one()
    return Begun(*map(bool, row))


def _came(within: timedelta) -> tuple[ColumnElement[bool], ...]:
    """Let in lately by somebody: who was in a register that was taken in is not new."""
    return (
        col(Membership.state) == "approved",
        col(Membership.decided_by_id).is_not(None),
        col(Membership.decided_at) > clock.now() - within,
    )


def _new_to(actor: Actor, within: timedelta) -> tuple[ColumnElement[bool], ...]:
    known = aliased(Person)
    conditions = (
        col(Membership.community_id) == actor.community_id,
        col(Membership.person_id) != actor.person_id,
        exists().where(col(known.id) == col(Membership.person_id), col(known.import_key).is_(None)),
        *_came(within),
    )
    zones = actor.zones_for(WELCOME)
    return conditions if zones is None else (*conditions, col(Membership.zone_id).in_(zones))


def _unwelcomed(actor: Actor) -> SelectOfScalar[int | None]:
    ticked = (
        columns(func.count())
        .where(col(WelcomeStep.membership_id) == col(Membership.id), col(WelcomeStep.step).in_(MAKER_STEPS))
        .correlate(Membership)
        .scalar_subquery()
    )
    return select(col(Membership.id)).where(*_new_to(actor, WELCOME_WITHIN), ticked < len(MAKER_STEPS))
