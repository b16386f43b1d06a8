"""Concerns: one's own, and for the leads those they may read."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select

from community.concerns.policies import read_as_lead
from community.concerns.tables import Concern, ConcernMessage, ConcernParty
from community.members.tables import Person
from community.parties.tables import Party, PartyMember
from community.safeguarding.queries import leads_of
from foundation import audit
from foundation.access import Actor
from foundation.database import Session, number_of
from foundation.errors import Missing

MOST = 200


@dataclass(frozen=True)
class Look:
    """A lead read it."""

    name: str
    at: datetime


@dataclass(frozen=True)
class Opened:
    """A concern as its page shows it; `as_lead` to a lead, else to the person who told of it."""

    concern: Concern
    reporter: Person
    messages: list[ConcernMessage]
    names: dict[int, str]
    as_lead: bool
    looks: list[Look]
    parties: list[str]
    """The names of who took part in what it is about, for a lead."""


def concern_visible_to(session: Session, actor: Actor, concern_id: int, *, lock: bool = False) -> tuple[Concern, bool]:
    """A concern, and whether the actor reads it as a lead. Raises Missing for everybody else."""
    statement = select(Concern, read_as_lead(actor)).where(
        col(Concern.id) == concern_id, or_(_is_own(actor), read_as_lead(actor))
    )
    if lock:
        statement = statement.with_for_update(of=Concern).execution_options(populate_existing=True)
    found = session.execute(statement).one_or_none()
    if found is None:
        raise Missing()
    return found[0], bool(found[1])


def open_concern(session: Session, actor: Actor, concern_id: int) -> Opened:
    """A concern with what was written and who read it. The caller records the look of a lead. Raises Missing."""
    concern, as_lead = concern_visible_to(session, actor, concern_id)
    statement = select(ConcernMessage).where(col(ConcernMessage.concern_id) == concern_id)
    messages = list(session.scalars(statement.order_by(col(ConcernMessage.id))))
    looks = [look for look in audit.looks_at(session, "concern", concern_id) if look.actor_person_id is not None]
    ids = {concern.reporter_id, *(one.author_id for one in messages), *(look.actor_person_id or 0 for look in looks)}
    people = {person.id: person for person in session.scalars(select(Person).where(col(Person.id).in_(ids)))}
    names = {person_id: person.name for person_id, person in people.items() if person_id is not None}
    return Opened(
        concern,
        people[concern.reporter_id],
        messages,
        names,
        as_lead,
        [Look(names[look.actor_person_id or 0], look.at) for look in looks],
        _names_of_parties(session, concern_id) if as_lead else [],
    )


def _names_of_parties(session: Session, concern_id: int) -> list[str]:
    statement = select(col(Party.name)).join(ConcernParty, col(ConcernParty.party_id) == col(Party.id))
    return list(session.scalars(statement.where(col(ConcernParty.concern_id) == concern_id).order_by(col(Party.id))))


def own_concerns(session: Session, actor: Actor) -> list[Concern]:
    """What the person told of themselves, the newest first."""
    return list(session.scalars(select(Concern).where(_is_own(actor)).order_by(col(Concern.id).desc()).limit(MOST)))


def concerns_for(session: Session, actor: Actor) -> list[tuple[Concern, Person]]:
    """What a lead may read: what is not closed first."""
    statement = (
        select(Concern, Person)
        .join(Person, col(Person.id) == col(Concern.reporter_id))
        .where(read_as_lead(actor))
        .order_by(col(Concern.state) == "closed", col(Concern.id).desc())
        .limit(MOST)
    )
    return [(concern, person) for concern, person in session.execute(statement)]


def number_open(actor: Actor) -> ColumnElement[int] | None:
    """1 where something open waits for the actor as a lead, as an expression."""
    if actor.recorder_id is None:
        return None
    return number_of(select(col(Concern.id)).where(read_as_lead(actor), col(Concern.state) == "open").limit(1))


def waits_for_lead(session: Session, actor: Actor) -> bool:
    """Whether something open waits for the actor as a lead."""
    statement = select(col(Concern.id)).where(read_as_lead(actor), col(Concern.state) == "open").limit(1)
    return session.scalar(statement) is not None


def leads_who_read(session: Session, concern: Concern) -> list[Person]:
    """The leads whom a concern reaches."""
    parties = session.scalars(select(col(ConcernParty.party_id)).where(col(ConcernParty.concern_id) == concern.id))
    return leads_apart(session, concern.community_id, concern.reporter_id, list(parties))


def leads_apart(
    session: Session, community_id: int, reporter_id: int | None, party_ids: Collection[int]
) -> list[Person]:
    """The leads who take no part in an exchange and do not live with who would tell of it."""
    at_home = select(col(PartyMember.party_id)).where(
        col(PartyMember.person_id) == reporter_id, col(PartyMember.until).is_(None)
    )
    inside = set(
        session.scalars(
            select(col(PartyMember.person_id)).where(
                or_(
                    col(PartyMember.party_id).in_(party_ids),
                    col(PartyMember.party_id).in_(at_home) & col(PartyMember.until).is_(None),
                )
            )
        )
    )
    return [lead for lead in leads_of(session, community_id) if lead.id not in inside and lead.id != reporter_id]


def _is_own(actor: Actor) -> ColumnElement[bool]:
    return (col(Concern.community_id) == actor.community_id) & (col(Concern.reporter_id) == actor.recorder_id)
