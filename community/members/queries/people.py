"""People, the actor they make in a community, and the list of members."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, String, and_, bindparam, cast, exists, func, literal, null, or_, union_all
from sqlalchemy import select as columns
from sqlmodel import col, select

from community.categories.tables import Category
from community.members.policies import CONTACTS, PEOPLE
from community.members.queries.roles import in_force
from community.members.rules import RUNNING, second_factor_due
from community.members.tables import Membership, Person, RoleGrant
from community.moderation.policies import is_stopped
from community.parties.policies import acting, is_awake, not_blocked
from community.parties.queries import parties_of, people_of_all, skills_of
from community.parties.tables import Party, PartyMember, PartySkill
from community.signing_in.tables import SecondFactor
from foundation import clock
from foundation.access import Actor, Grant
from foundation.database import Session, UtcDateTime, fold, folded
from foundation.errors import Missing

PAGE = 20
MOST_WORDS = 5


def actor_for(session: Session, person_id: int, community_id: int) -> Actor:
    """Who a signed-in person is in a community: their roles in force now, their parties, and for whom they act.

    One statement, since every page asks it. Somebody who is no member yet is an actor without roles.
    """
    acting: int | None = None
    grants: list[Grant] = []
    parties: dict[int, int | None] = {}
    asked_of: dict[str, Any] = {"person": person_id, "community": community_id, "moment": clock.now()}
    sleeping: list[Grant] = []
    deadlines: list[datetime] = []
    for role, party, zone, since, by, is_safe in session.execute(_standing(), asked_of):
        if role == "party":
            parties[party] = zone
        elif role == "member":
            grants.append(Grant("member"))
            acting = party
        elif is_safe:
            grants.append(Grant(role, zone))
        else:
            deadlines.append(second_factor_due(since, by))
            (grants if deadlines[-1] > asked_of["moment"] else sleeping).append(Grant(role, zone))
    if not any(grant.role == "member" for grant in grants):
        # Roles outlive no membership: who left, is paused, excluded or was never approved acts for nobody here.
        return Actor(community_id=community_id, person_id=person_id)
    if acting not in parties:
        acting = next(iter(parties), None)
    return Actor(
        community_id=community_id,
        person_id=person_id,
        party_id=acting,
        zone_id=parties.get(acting) if acting is not None else None,
        grants=tuple(grants),
        party_ids=tuple(parties),
        sleeping=tuple(sleeping),
        second_factor_by=min(deadlines, default=None),
    )


@cache
def _standing() -> Any:
    """Put together once, since every page asks it: who and where are blanks, filled in each time."""
    person_id: Any = bindparam("person")
    community_id: Any = bindparam("community")
    moment: Any = bindparam("moment")
    nothing = null()
    member: Any = columns(
        literal("member", String).label("role"),
        col(Membership.acting_party_id).label("party"),
        col(Membership.zone_id).label("zone"),
        literal(0).label("place"),
        cast(nothing, UtcDateTime()).label("since"),
        cast(nothing, UtcDateTime()).label("by"),
        literal(False).label("is_safe"),
    ).where(
        col(Membership.community_id) == community_id,
        col(Membership.person_id) == person_id,
        col(Membership.state) == "approved",
        ~is_stopped(community_id, person_id, moment),
    )
    unasked = (cast(nothing, UtcDateTime()), cast(nothing, UtcDateTime()), literal(False))
    parties = (
        columns(literal("party", String), col(Party.id), col(Party.zone_id), col(PartyMember.id), *unasked)
        .join(PartyMember, col(PartyMember.party_id) == col(Party.id))
        .where(
            col(PartyMember.person_id) == person_id,
            *acting(moment),
            col(Party.community_id) == community_id,
            col(Party.closed_at).is_(None),
        )
    )
    # Who runs something signs in with a second step, or the role sleeps: known from the same one statement.
    has_second_factor = exists().where(
        col(SecondFactor.person_id) == person_id, col(SecondFactor.confirmed_at).is_not(None)
    )
    safety = (col(RoleGrant.starts_at), col(RoleGrant.second_factor_by), has_second_factor)
    roles = columns(cast(col(RoleGrant.role), String), nothing, col(RoleGrant.zone_id), literal(0), *safety).where(
        col(RoleGrant.community_id) == community_id,
        col(RoleGrant.person_id) == person_id,
        col(RoleGrant.role).in_(RUNNING),
        *in_force(moment),
    )
    everything = union_all(member, parties, roles).subquery()
    told = everything.c
    return columns(told.role, told.party, told.zone, told.since, told.by, told.is_safe).order_by(told.place)


def person_by_email(session: Session, email: str) -> Person | None:
    """The person with this address, in any case."""
    return session.exec(select(Person).where(col(Person.email) == email.strip().lower())).one_or_none()


def person_of(session: Session, person_id: int) -> Person:
    """A person that must be there. Raises Missing."""
    person = session.get(Person, person_id)
    if person is None:
        raise Missing()
    return person


def must_belong(session: Session, actor: Actor) -> int:
    """The person's id, for what nobody may take from a member: their own data, their answers, and leaving.

    Who is paused or excluded belongs here still. Raises Missing for who is no member, and for a visitor.
    """
    if not belongs(session, actor):
        raise Missing()
    return actor.must_be_person()


def belongs(session: Session, actor: Actor) -> bool:
    """Whether the person is a member here, a paused or excluded one too."""
    if actor.is_member or actor.person_id is None:
        return actor.is_member
    membership = membership_of(session, actor.community_id, actor.person_id)
    return membership is not None and membership.state == "approved"


def membership_of(session: Session, community_id: int, person_id: int) -> Membership | None:
    """A person's place in a community, whatever its state."""
    statement = select(Membership).where(
        col(Membership.community_id) == community_id, col(Membership.person_id) == person_id
    )
    return session.exec(statement).one_or_none()


@dataclass(frozen=True)
class Profile:
    """A person as members of the same community see them. `contacts` is True for the makers of their zone."""

    person: Person
    membership: Membership
    parties: tuple[Party, ...]
    contacts: bool


def profile_visible_to(session: Session, actor: Actor, person_id: int) -> Profile:
    """A member's profile. Raises Missing for a stranger's, one of another community, or a blocked one."""
    membership = membership_of(session, actor.community_id, person_id)
    if not actor.may(PEOPLE) or membership is None or membership.state != "approved":
        raise Missing()
    parties = parties_of(session, actor.community_id, person_id)
    ids = [party.id for party in parties]
    seen = set(session.exec(select(Party.id).where(col(Party.id).in_(ids), not_blocked(actor, col(Party.id)))))
    if not seen.issuperset(ids) and person_id != actor.person_id:
        raise Missing()
    shown = tuple(party for party in parties if party.id in seen)
    contacts = actor.may(CONTACTS, membership.zone_id)
    return Profile(person_of(session, person_id), membership, shown, contacts)


@dataclass(frozen=True)
class Member:
    """A party in the list of members: its people, and what it can give and need."""

    party: Party
    people: Sequence[Person]
    offers: Sequence[Category]
    needs: Sequence[Category]


@dataclass(frozen=True)
class MembersPage:
    """Some members, and the id of the last one when there are more."""

    members: list[Member]
    next_after: int | None = None


def members_list(
    session: Session,
    actor: Actor,
    *,
    zone_id: int | None = None,
    words: str = "",
    category_ids: Sequence[int] = (),
    kind: str = "",
    after: int | None = None,
    limit: int = PAGE,
) -> MembersPage:
    """The parties of the community by name, blocked ones left out. `after` is the id of the last one seen.

    `category_ids` keeps who can give one of these, `kind` only households, say. Raises Missing for who is no member.
    """
    if not actor.may(PEOPLE):
        raise Missing()
    statement = select(Party).where(
        col(Party.community_id) == actor.community_id,
        col(Party.closed_at).is_(None),
        col(Party.kind) == kind if kind else col(Party.kind) != "fund",
        not_blocked(actor, col(Party.id)),
        is_awake(actor.community_id, col(Party.id)),
    )
    if zone_id is not None:
        statement = statement.where(col(Party.zone_id) == zone_id)
    if words.strip():
        statement = statement.where(_called(words))
    if category_ids:
        statement = statement.where(_can_give(category_ids))
    if after is not None:
        last = select(_by_name()).where(col(Party.id) == after).scalar_subquery()
        statement = statement.where(or_(_by_name() > last, (_by_name() == last) & (col(Party.id) > after)))
    found = list(session.exec(statement.order_by(_by_name(), col(Party.id)).limit(limit + 1)))
    return _members_page(session, found, limit)


def _members_page(session: Session, found: list[Party], limit: int) -> MembersPage:
    shown = found[:limit]
    ids = [party.id for party in shown if party.id is not None]
    people, skills = people_of_all(session, ids), skills_of(session, ids)
    members = [
        Member(party, people.get(party.id, []), skills[party.id]["offer"], skills[party.id]["need"])
        for party in shown
        if party.id is not None
    ]
    return MembersPage(members, shown[-1].id if len(found) > limit else None)


def _by_name() -> ColumnElement[str]:
    return func.lower(col(Party.name))


def _called(words: str) -> ColumnElement[bool]:
    """The party, or somebody who acts for it, is called like this; every word must be found."""
    full_name = col(Person.given_name) + " " + col(Person.family_name)
    conditions = []
    for word in fold(words).split()[:MOST_WORDS]:
        somebody = (
            exists()
            .where(col(PartyMember.party_id) == col(Party.id))
            .where(col(PartyMember.until).is_(None))
            .where(col(Person.id) == col(PartyMember.person_id))
            .where(folded(full_name).contains(word, autoescape=True))
        )
        conditions.append(or_(folded(col(Party.name)).contains(word, autoescape=True), somebody))
    return and_(*conditions)


def _can_give(category_ids: Sequence[int]) -> ColumnElement[bool]:
    return exists().where(
        col(PartySkill.party_id) == col(Party.id),
        col(PartySkill.kind) == "offer",
        col(PartySkill.category_id).in_(category_ids),
    )


def find_parties(session: Session, actor: Actor, words: str, limit: int = 12) -> list[Party]:
    """Parties called like this, for choosing one; never the actor's own. Raises Missing for who is no member."""
    found = members_list(session, actor, words=words, limit=limit + len(actor.party_ids))
    return [member.party for member in found.members if member.party.id != actor.party_id][:limit]


def people_named(session: Session, actor: Actor, words: str, limit: int = 20) -> list[Person]:
    """Approved members called like this, for choosing one person. Raises Missing for who is no member."""
    if not actor.may(PEOPLE):
        raise Missing()
    full_name = folded(col(Person.given_name) + " " + col(Person.family_name))
    statement = (
        select(Person)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(col(Membership.community_id) == actor.community_id, col(Membership.state) == "approved")
        .where(*(full_name.contains(word, autoescape=True) for word in fold(words).split()[:MOST_WORDS]))
        .order_by(col(Person.given_name), col(Person.family_name), col(Person.id))
        .limit(limit)
    )
    return list(session.exec(statement))
