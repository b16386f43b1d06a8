"""Asking to join, and confirming one's address."""

from sqlalchemy import delete, update
from sqlmodel import col

from community.joining.actions.entering import checked, enter, must_be_open
from community.joining.actions.telling import CONFIRM_EMAIL, ask_to_confirm, tell_owner
from community.joining.notices import CONFIRM, CONFIRM_INVITED
from community.joining.queries import invitation_behind
from community.joining.rules import Application, Newcomer
from community.leaving.actions import must_not_wait
from community.members.actions import add_person as write_down
from community.members.queries import membership_of, person_of
from community.members.tables import Answer, Membership, Person
from foundation import audit, clock, tokens
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing


def apply_as_newcomer(
    session: Session, community_id: int, newcomer: Newcomer, application: Application, *, invitation: str = ""
) -> None:
    """Somebody without an account asks to join; the answer is the same when their address has one already.

    Then nothing changes, and a letter to that address says how to go on. Raises Invalid at the field, Missing for
    another community's zone, Refused where only who is invited may join.
    """
    application = checked(session, community_id, application)
    found = invitation_behind(session, community_id, invitation) if invitation else None
    must_be_open(session, community_id, found)
    person = write_down(
        session,
        given_name=newcomer.given_name,
        family_name=newcomer.family_name,
        email=newcomer.email,
        phone=newcomer.phone,
        language=newcomer.language,
    )
    if person is None:
        endpoint, values = ("joining.invited", {"secret": invitation}) if found else ("joining.apply", {})
        tell_owner(session, community_id, newcomer.email, endpoint, values)
        return
    membership = enter(session, community_id, person, application, found, invitation)
    ask_to_confirm(session, community_id, person, CONFIRM_INVITED if membership.state == "approved" else CONFIRM)


def apply_as_person(
    session: Session, community_id: int, person_id: int, application: Application, *, invitation: str = ""
) -> Membership:
    """Somebody signed in asks to join this community too, or again.

    Raises Refused when they have applied or belong already, and as apply_as_newcomer does.
    """
    must_not_wait(session, community_id, person_id)
    application = checked(session, community_id, application)
    found = invitation_behind(session, community_id, invitation) if invitation else None
    must_be_open(session, community_id, found)
    return enter(session, community_id, person_of(session, person_id), application, found, invitation)


def take_back(session: Session, community_id: int, person_id: int) -> bool:
    """Ask no more to join, before anybody has decided: what was written goes. False when it was decided already."""
    membership = membership_of(session, community_id, person_id)
    if membership is None:
        return False
    nothing = {"state": "left", "party_name": "", "reason": ""}
    taken_back = session.exec(
        update(Membership)
        .where(col(Membership.id) == membership.id, col(Membership.state) == "applied")
        .values(**nothing)
        .execution_options(synchronize_session=False)
    )
    session.refresh(membership)
    if taken_back.rowcount != 1:
        return False
    session.exec(delete(Answer).where(col(Answer.membership_id) == membership.id))
    audit.record(session, Actor(community_id, person_id), "took_back", "membership", membership.id)
    return True


def confirm_email(session: Session, secret: str, password_hash: str | None) -> tuple[Person, int]:
    """Use the link of the first letter: the address is theirs. Keeps the password chosen there, if any.

    Answers with the person and the community they applied to. Raises Missing for a link that is spent.
    """
    token = tokens.take(session, CONFIRM_EMAIL, secret)
    if token is None or token.person_id is None or token.community_id is None:
        raise Missing()
    person = person_of(session, token.person_id)
    if person.email != token.payload.get("email"):
        raise Missing()
    person.email_confirmed_at = person.email_confirmed_at or clock.now()
    if password_hash is not None and person.password_hash is None:
        person.password_hash = password_hash
    session.add(person)
    audit.record(session, None, "confirmed_email", "person", person.id, community_id=token.community_id)
    return person, token.community_id
