"""Applications, and the invitations that approve at once."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from community.communities.tables import Question
from community.joining.policies import DECIDE, INVITE, must_decide
from community.joining.rules import Step, steps_of
from community.members.queries import actor_for, membership_of, person_of
from community.members.tables import Answer, Membership, Person
from community.parties.actions import ACT_FOR
from community.parties.tables import Party
from community.zones.queries import zone_names
from community.zones.tables import Zone
from foundation import tokens
from foundation.access import Actor
from foundation.database import Session, number_of, one_if_any, rows_of
from foundation.errors import Missing
from foundation.tokens import Token

INVITATION = "invitation"


@dataclass(frozen=True)
class Applicant:
    """Somebody who waits for a maker."""

    membership: Membership
    person: Person
    zone_name: str


@dataclass(frozen=True)
class Dossier:
    """An application with its answers, for who decides on it."""

    applicant: Applicant
    answers: list[tuple[Mapping[str, str], str]]
    """Each question as it was worded when they answered, by language code, with the answer."""
    invited_by: Person | None


@dataclass(frozen=True)
class Standing:
    """Where an applicant stands. `makers` are the people of the zone who will meet them."""

    membership: Membership
    steps: list[Step]
    zone_name: str


@dataclass(frozen=True)
class Invitation:
    """Who invites, and whether it still approves at once in a zone."""

    token: Token
    inviter: Person
    zone_id: int | None


@dataclass(frozen=True)
class PartyInvitation:
    """Somebody of a household or organisation invites one more person to act for it."""

    token: Token
    inviter: Person
    party: Party


def queue(session: Session, actor: Actor, limit: int = 500) -> list[Applicant]:
    """Who waits in the maker's zones: by zone, longest first. Raises Missing for who decides nowhere."""
    if not actor.may(DECIDE):
        raise Missing()
    statement = (
        select(Membership, Person, Zone)
        .join(Person, col(Person.id) == col(Membership.person_id))
        .join(Zone, col(Zone.id) == col(Membership.zone_id))
        .where(col(Membership.community_id) == actor.community_id, col(Membership.state) == "applied")
        .order_by(col(Zone.position), col(Zone.name), col(Membership.applied_at), col(Membership.id))
        .limit(limit)
    )
    zones = actor.zones_for(DECIDE)
    if zones is not None:
        statement = statement.where(col(Membership.zone_id).in_(zones))
    return [Applicant(membership, person, zone.name) for membership, person, zone in session.exec(statement)]


def count_queue(session: Session, actor: Actor) -> int:
    """How many wait in the maker's zones; none for who decides nowhere."""
    return session.scalar(select(number_of(_queued(actor)))) or 0 if actor.may(DECIDE) else 0


def any_queued(actor: Actor) -> ColumnElement[int] | None:
    """1 where somebody waits there, as an expression."""
    return one_if_any(_queued(actor)) if actor.may(DECIDE) else None


def _queued(actor: Actor) -> SelectOfScalar[int | None]:
    statement = select(col(Membership.id)).where(
        col(Membership.community_id) == actor.community_id, col(Membership.state) == "applied"
    )
    zones = actor.zones_for(DECIDE)
    return statement if zones is None else statement.where(col(Membership.zone_id).in_(zones))


def application_for(session: Session, actor: Actor, membership_id: int) -> Dossier:
    """One application, decided or not, for who may decide on it. Raises Missing."""
    membership = must_decide(actor, session.get(Membership, membership_id))
    zone = zone_names(session, actor.community_id)[membership.zone_id]
    rows = session.exec(
        select(Question, Answer)
        .join(Answer, col(Answer.question_id) == col(Question.id))
        .where(col(Answer.membership_id) == membership_id)
        .order_by(col(Question.position), col(Question.id))
    )
    invited_by = session.get(Person, membership.invited_by_id) if membership.invited_by_id else None
    applicant = Applicant(membership, person_of(session, membership.person_id), zone)
    return Dossier(applicant, [(answer.asked or question.words, answer.words) for question, answer in rows], invited_by)


def standing_of(session: Session, community_id: int, person_id: int) -> Standing | None:
    """Where a person stands in a community; None for who never applied."""
    membership = membership_of(session, community_id, person_id)
    if membership is None:
        return None
    person = person_of(session, person_id)
    steps = steps_of(membership.state, email_confirmed=person.email_confirmed_at is not None)
    return Standing(membership, steps, zone_names(session, community_id)[membership.zone_id])


def invitation_behind(session: Session, community_id: int, secret: str) -> Invitation | None:
    """The invitation of a link, left as it is; None when it is spent, withdrawn, or the inviter invites no more."""
    token = tokens.look(session, INVITATION, secret)
    if token is None or token.community_id != community_id or token.created_by_person_id is None:
        return None
    zone_id = token.payload.get("zone_id")
    if not actor_for(session, token.created_by_person_id, community_id).may(INVITE, zone_id):
        return None
    return Invitation(token, person_of(session, token.created_by_person_id), zone_id)


def approves_in(session: Session, invitation: Invitation, community_id: int, zone_id: int) -> bool:
    """Whether an invitation approves somebody of this zone: the inviter must be a maker there."""
    return actor_for(session, invitation.inviter.id or 0, community_id).may(INVITE, zone_id)


def invitations_of(session: Session, actor: Actor) -> list[tuple[Token, Person]]:
    """The invitations still good that the actor may see: their own, and for administrators everybody's."""
    if not actor.may(INVITE):
        raise Missing()
    every_zone = actor.zones_for(INVITE) is None
    found = [
        (token, token.created_by_person_id)
        for token in tokens.standing(session, INVITATION, community_id=actor.community_id)
        if token.created_by_person_id is not None and (every_zone or token.created_by_person_id == actor.person_id)
    ]
    people = {person.id: person for person in rows_of(session, Person, {person_id for _token, person_id in found})}
    return [(token, people[person_id]) for token, person_id in found]


def came_invited(session: Session, actor: Actor, limit: int = 50) -> list[tuple[Membership, Person, Person]]:
    """Who came in by an invitation, with who invited them, in the maker's zones; the newest first. Raises Missing."""
    if not actor.may(INVITE):
        raise Missing()
    inviter = aliased(Person)
    statement = (
        select(Membership, Person, inviter)
        .join(Person, col(Person.id) == col(Membership.person_id))
        .join(inviter, col(inviter.id) == col(Membership.invited_by_id))
        .where(col(Membership.community_id) == actor.community_id, col(Membership.state) == "approved")
        .order_by(col(Membership.decided_at).desc(), col(Membership.id).desc())
        .limit(limit)
    )
    zones = actor.zones_for(INVITE)
    if zones is not None:
        statement = statement.where(col(Membership.zone_id).in_(zones))
    return [(membership, person, who) for membership, person, who in session.execute(statement)]


def party_invitation_behind(session: Session, community_id: int, secret: str) -> PartyInvitation | None:
    """The invitation to act for a party, left as it is; None when it is spent, or the party has closed."""
    token = tokens.look(session, ACT_FOR, secret)
    if token is None or token.community_id != community_id or token.created_by_person_id is None:
        return None
    party = session.get(Party, token.payload.get("party_id"))
    inviter = token.created_by_person_id
    if party is None or party.id not in actor_for(session, inviter, community_id).party_ids:
        return None
    return PartyInvitation(token, person_of(session, inviter), party)
