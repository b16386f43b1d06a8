"""Who has been met and vouched for."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from community.communities.tables import Community
from community.members.tables import Membership, Person
from community.safeguarding.rules import Verification, verification
from community.safeguarding.tables import IdentityCheck, Reference, SafeguardingLead
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing


@dataclass(frozen=True)
class Record:
    """What makers have recorded about one person, withdrawn lines included."""

    person: Person
    membership: Membership
    checks: list[IdentityCheck]
    references: list[Reference]
    standing: Verification


def is_verified_for_care(session: Session, community_id: int, person_id: int, at: datetime) -> bool:
    """Whether a person may look after children and frail people at the moment `at` (domain, Children 1)."""
    return person_id in verified_among(session, community_id, [person_id], at)


def verified_among(session: Session, community_id: int, person_ids: Collection[int], at: datetime) -> set[int]:
    """Those of the people who are verified at the moment `at`."""
    standings = _standings(session, community_id, person_ids, at)
    return {person_id for person_id, standing in standings.items() if standing.is_complete}


def record_of(session: Session, actor: Actor, person_id: int) -> Record:
    """All that was recorded about a member. Raises Missing unless an approved member of this community."""
    found = session.exec(
        select(Person, Membership)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(
            col(Person.id) == person_id,
            col(Membership.community_id) == actor.community_id,
            col(Membership.state) == "approved",
        )
    ).one_or_none()
    if found is None:
        raise Missing()
    person, membership = found
    mine = (actor.community_id, person_id)
    checks = session.exec(
        select(IdentityCheck)
        .where(col(IdentityCheck.community_id) == mine[0], col(IdentityCheck.person_id) == mine[1])
        .order_by(col(IdentityCheck.id))
    )
    references = session.exec(
        select(Reference)
        .where(col(Reference.community_id) == mine[0], col(Reference.person_id) == mine[1])
        .order_by(col(Reference.id))
    )
    standing = _standings(session, actor.community_id, [person_id], clock.now())[person_id]
    return Record(person, membership, list(checks), list(references), standing)


def leads_of(session: Session, community_id: int) -> list[Person]:
    """The named people whom a concern about a child or frail adult reaches."""
    statement = (
        select(Person)
        .join(SafeguardingLead, col(SafeguardingLead.person_id) == col(Person.id))
        .where(col(SafeguardingLead.community_id) == community_id, col(SafeguardingLead.until).is_(None))
        .order_by(col(SafeguardingLead.id))
    )
    return list(session.exec(statement))


def _standings(
    session: Session, community_id: int, person_ids: Collection[int], at: datetime
) -> dict[int, Verification]:
    community = session.get(Community, community_id)
    today = clock.local(at, community.time_zone if community else "Europe/Rome").date()
    expiries = defaultdict(list)
    for person_id, expires_on in session.execute(
        select(col(IdentityCheck.person_id), col(IdentityCheck.expires_on)).where(
            col(IdentityCheck.community_id) == community_id,
            col(IdentityCheck.person_id).in_(person_ids),
            col(IdentityCheck.withdrawn_at).is_(None),
            col(IdentityCheck.seen_on) <= today,
        )
    ):
        expiries[person_id].append(expires_on)
    referees = defaultdict(list)
    for person_id, given_by in session.execute(
        select(col(Reference.person_id), col(Reference.given_by)).where(
            col(Reference.community_id) == community_id,
            col(Reference.person_id).in_(person_ids),
            col(Reference.withdrawn_at).is_(None),
            col(Reference.given_on) <= today,
        )
    ):
        referees[person_id].append(given_by)
    return {person_id: verification(expiries[person_id], referees[person_id], today) for person_id in person_ids}
