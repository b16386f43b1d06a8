"""Writing an application down, and opening the household or organisation of who is let in."""

from sqlalchemy import delete
from sqlmodel import col

from community.communities.queries import questions_of, rules_in_force
from community.joining.actions.telling import tell_makers
from community.joining.queries import INVITATION, Invitation, approves_in
from community.joining.rules import Application, checked_application
from community.members.queries import membership_of
from community.members.tables import Answer, Membership, Person
from community.organisations.actions import open_organisation
from community.parties.actions import add_person, open_party
from community.parties.queries import parties_of
from community.zones.queries import zone_of
from foundation import audit, clock, tokens
from foundation.access import Actor
from foundation.database import Session, insert_if_absent
from foundation.errors import N_, Missing, Refused
from foundation.feature import registry


def checked(session: Session, community_id: int, application: Application) -> Application:
    """The application without stray spaces. Raises Missing for another community's zone, Invalid at the field."""
    zone_of(session, community_id, application.zone_id)
    return checked_application(application, questions_of(session, community_id))


def must_be_open(session: Session, community_id: int, invitation: Invitation | None) -> None:
    """Raises Refused where only who is invited may join."""
    if invitation is None and rules_in_force(session, community_id).approval == "invitation":
        raise Refused(
            N_("This community grows by invitation: one of its makers has to invite you."),
            advice=N_("Call them: they will gladly meet you."),
        )


def enter(
    session: Session,
    community_id: int,
    person: Person,
    application: Application,
    invitation: Invitation | None,
    secret: str,
) -> Membership:
    """Write the application down; by a good invitation it is approved in the same breath."""
    membership = _application_of(session, community_id, person, application)
    actor = Actor(community_id=community_id, person_id=person.id)
    audit.record(session, actor, "applied", "membership", membership.id, zone=application.zone_id)
    vouched = invitation is not None and approves_in(session, invitation, community_id, application.zone_id)
    if vouched and invitation is not None and tokens.take(session, INVITATION, secret) is not None:
        membership.invited_by_id = membership.decided_by_id = invitation.inviter.id
        membership.state, membership.decided_at = "approved", clock.now()
        session.add(membership)
        session.flush()
        audit.record(session, actor, "approved_by_invitation", "membership", membership.id, by=invitation.inviter.id)
        open_for(session, actor, membership, person)
        return membership
    tell_makers(session, membership, person)
    return membership


def _application_of(session: Session, community_id: int, person: Person, application: Application) -> Membership:
    values = Membership(
        community_id=community_id,
        person_id=person.id or 0,
        zone_id=application.zone_id,
        applies_for=application.applies_for,
        party_name=application.party_name,
        applied_at=clock.now(),
    ).model_dump(exclude={"id"})
    is_new = insert_if_absent(session, Membership, values, ["community_id", "person_id"])
    membership = membership_of(session, community_id, person.id or 0)
    if membership is None:
        raise Missing()
    if not is_new:
        if membership.state in ("applied", "approved"):
            raise Refused(N_("You have asked to join this community already."))
        for name in ("zone_id", "applies_for", "party_name", "applied_at"):
            setattr(membership, name, values[name])
        membership.state, membership.reason = "applied", ""
        membership.decided_at = membership.decided_by_id = None
        session.add(membership)
        session.exec(delete(Answer).where(col(Answer.membership_id) == membership.id))
    asked = {question.id: question.words for question in questions_of(session, community_id)}
    session.add_all(
        Answer(membership_id=membership.id or 0, question_id=question, words=words, asked=asked.get(question, {}))
        for question, words in application.answers.items()
    )
    session.flush()
    return membership


def open_for(session: Session, actor: Actor, membership: Membership, person: Person) -> None:
    """Open the household or organisation applied for; who comes back to an open one keeps it.

    Asks `household_waiting(session, membership)` first: who moves here with others comes into the household of theirs.
    """
    if parties_of(session, membership.community_id, membership.person_id):
        return
    for hook in registry.hooks("household_waiting"):
        waiting = hook(session, membership)
        if waiting is not None:
            add_person(session, actor, waiting, membership.person_id)
            return
    name = membership.party_name or person.name
    if membership.applies_for == "household":
        party = open_party(session, actor, kind="household", name=name, zone_id=membership.zone_id)
    else:
        party = open_organisation(session, actor, kind=membership.applies_for, name=name, zone_id=membership.zone_id)
    add_person(session, actor, party, membership.person_id)
