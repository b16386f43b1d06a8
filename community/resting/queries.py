"""Who is quiet, who was asked, who rests."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from community.communities.queries import open_communities
from community.members.queries import standing
from community.members.tables import Membership, Person, RoleGrant
from community.moderation.policies import is_stopped
from community.parties.policies import acting
from community.parties.queries import parties_of
from community.parties.tables import PartyMember
from community.resting.policies import QUIET, is_resting
from community.resting.rules import SOME, long_ago
from community.resting.tables import QuietAsk, Rest, RestRules
from community.signing_in.tables import SignInSession
from community.zones.tables import Zone
from foundation import clock
from foundation.access import Actor
from foundation.audit.tables import AuditEntry
from foundation.database import Session, one_if_any
from foundation.errors import Missing

MOST = 300


@dataclass(frozen=True)
class Quiet:
    """Somebody who was asked and has not answered yet, or who rests."""

    membership: Membership
    person: Person
    zone_name: str
    asked: QuietAsk | None
    rest: Rest | None


def rest_rules_of(session: Session, community_id: int) -> RestRules:
    """After how long a community asks, and lets rest."""
    return session.get(RestRules, community_id) or RestRules(community_id=community_id)


def open_ask(session: Session, community_id: int, person_id: int) -> QuietAsk | None:
    """The question that waits for an answer."""
    mine = (col(QuietAsk.community_id) == community_id, col(QuietAsk.person_id) == person_id)
    return session.exec(select(QuietAsk).where(*mine, col(QuietAsk.answered_at).is_(None))).one_or_none()


def rest_of(session: Session, community_id: int, person_id: int) -> Rest | None:
    """The rest somebody takes now."""
    mine = (col(Rest.community_id) == community_id, col(Rest.person_id) == person_id)
    return session.exec(select(Rest).where(*mine, col(Rest.ended_at).is_(None))).one_or_none()


def any_word_waiting(actor: Actor) -> ColumnElement[int] | None:
    """1 where the actor was asked, or rests, as an expression."""
    if actor.person_id is None or not actor.is_member:
        return None
    mine = (col(QuietAsk.community_id) == actor.community_id, col(QuietAsk.person_id) == actor.person_id)
    asked = select(col(QuietAsk.id)).where(*mine, col(QuietAsk.answered_at).is_(None))
    theirs = (col(Rest.community_id) == actor.community_id, col(Rest.person_id) == actor.person_id)
    return one_if_any(asked, select(col(Rest.id)).where(*theirs, col(Rest.ended_at).is_(None)))


def quiet_ones(session: Session, actor: Actor) -> list[Quiet]:
    """Who was asked or rests, in the maker's zones: by zone and name. Raises Missing for who looks after nobody."""
    if not actor.may(QUIET):
        raise Missing()
    statement = (
        columns(Membership, Person, col(Zone.name), QuietAsk, Rest)
        .join(Person, col(Person.id) == col(Membership.person_id))
        .join(Zone, col(Zone.id) == col(Membership.zone_id))
        .outerjoin(
            QuietAsk,
            (col(QuietAsk.person_id) == col(Membership.person_id))
            & (col(QuietAsk.community_id) == actor.community_id)
            & col(QuietAsk.answered_at).is_(None),
        )
        .outerjoin(
            Rest,
            (col(Rest.person_id) == col(Membership.person_id))
            & (col(Rest.community_id) == actor.community_id)
            & col(Rest.ended_at).is_(None),
        )
        .where(
            col(Membership.community_id) == actor.community_id,
            col(Membership.state) == "approved",
            or_(col(QuietAsk.id).is_not(None), col(Rest.id).is_not(None)),
        )
        .order_by(col(Zone.position), col(Zone.name), func.lower(col(Person.given_name)), col(Membership.id))
        .limit(MOST)
    )
    zones = actor.zones_for(QUIET)
    if zones is not None:
        statement = statement.where(col(Membership.zone_id).in_(zones))
    return [Quiet(*row) for row in session.execute(statement)]


def whom_to_ask(session: Session) -> dict[int, list[int]]:
    """Of each community some of those who have been quiet for as long as it says, by its id."""
    found = {}
    for community in open_communities(session):
        community_id = community.id or 0
        months = rest_rules_of(session, community_id).ask_after_months
        if months:
            found[community_id] = quiet_since(session, community_id, long_ago(clock.now(), months))
    return found


def quiet_since(session: Session, community_id: int, since: datetime, limit: int = SOME) -> list[int]:
    """People who have done nothing since a moment, nor anybody they share a household with; those never asked of.

    Not who rests or came back lately, who is stopped by the makers, who runs something, or was asked since.
    """
    person = col(Membership.person_id)
    statement = (
        select(col(Membership.person_id))
        .where(
            col(Membership.community_id) == community_id,
            col(Membership.state) == "approved",
            func.coalesce(col(Membership.decided_at), col(Membership.applied_at)) <= since,
            ~_acted(person, since),
            ~is_stopped(community_id, person),
            ~exists().where(
                col(RoleGrant.community_id) == community_id, col(RoleGrant.person_id) == person, standing()
            ),
            ~exists().where(
                col(QuietAsk.community_id) == community_id,
                col(QuietAsk.person_id) == person,
                or_(col(QuietAsk.asked_at) > since, col(QuietAsk.answered_at).is_(None)),
            ),
            ~exists().where(
                col(Rest.community_id) == community_id,
                col(Rest.person_id) == person,
                or_(col(Rest.ended_at).is_(None), col(Rest.ended_at) > since),
            ),
        )
        .order_by(col(Membership.id))
        .limit(limit)
    )
    return list(session.exec(statement))


def unanswered(session: Session, community_id: int, before: datetime, limit: int = SOME) -> list[QuietAsk]:
    """Questions of before a moment that nobody answered, of people who can be reached without a maker."""
    statement = (
        select(QuietAsk)
        .join(Person, col(Person.id) == col(QuietAsk.person_id))
        .where(
            col(QuietAsk.community_id) == community_id,
            col(QuietAsk.answered_at).is_(None),
            col(QuietAsk.asked_at) <= before,
            col(Person.email).is_not(None),
        )
        .order_by(col(QuietAsk.id))
        .limit(limit)
    )
    return list(session.exec(statement))


def has_acted(session: Session, person_id: int, since: datetime) -> bool:
    """Whether somebody, or anybody of their household, has done something since."""
    return bool(session.scalar(select(_acted(person_id, since))))


def asleep_with(session: Session, community_id: int, person_id: int) -> list[int]:
    """The parties of a person for whom nobody else is there: whoever acts for them rests, or is stopped."""
    found = []
    for party in parties_of(session, community_id, person_id):
        there = select(col(PartyMember.id)).where(
            col(PartyMember.party_id) == party.id,
            col(PartyMember.person_id) != person_id,
            *acting(),
            ~is_resting(community_id, col(PartyMember.person_id)),
            ~is_stopped(community_id, col(PartyMember.person_id)),
        )
        if session.exec(there.limit(1)).first() is None:
            found.append(party.id or 0)
    return found


def _acted(person: Any, since: datetime) -> ColumnElement[bool]:
    """The condition that a person, or somebody of their parties, has done something since, or signed in."""
    mine, theirs = aliased(PartyMember), aliased(PartyMember)
    together = exists().where(
        col(mine.person_id) == person,
        col(mine.until).is_(None),
        col(theirs.party_id) == col(mine.party_id),
        col(theirs.until).is_(None),
        col(AuditEntry.actor_person_id) == col(theirs.person_id),
        col(AuditEntry.at) > since,
    )
    alone = exists().where(col(AuditEntry.actor_person_id) == person, col(AuditEntry.at) > since)
    seen = exists().where(col(SignInSession.person_id) == person, col(SignInSession.last_seen_at) > since)
    return or_(alone, seen, together)
