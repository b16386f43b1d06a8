"""New passwords: whatever was signed in before is signed out, and every link of before is worth nothing."""

from sqlalchemy import update
from sqlmodel import col

from community.members.tables import Person
from community.notifications.actions import notify
from community.signing_in.actions.letters import RENEW, SIGN_IN, owner_of
from community.signing_in.actions.sessions import sign_out_everywhere
from community.signing_in.notices import PASSWORD_CHANGED
from foundation import audit, clock, tokens
from foundation.database import Session
from foundation.errors import Missing
from foundation.feature import registry


def renew_password(session: Session, secret: str, password_hash: str) -> Person:
    """Take the link and keep the new password; every session of the person ends. Raises Missing for a spent link."""
    token = tokens.take(session, RENEW, secret)
    person = owner_of(session, token)
    if token is None or person.email != token.payload.get("email"):
        raise Missing()
    if person.email_confirmed_at is None:
        person.email_confirmed_at = clock.now()
    return change_password(session, person, password_hash)


def change_password(session: Session, person: Person, password_hash: str) -> Person:
    """Keep a new password, end every session, make every link worthless, and tell the owner."""
    if person.id is None:
        raise Missing()
    had_one = person.password_hash is not None
    person.password_hash = password_hash
    session.add(person)
    session.flush()
    sign_out_everywhere(session, person.id)
    for purpose in (SIGN_IN, RENEW):
        tokens.withdraw_all(session, purpose, person_id=person.id)
    for hook in registry.hooks("password_changed"):
        hook(session, person.id)
    audit.record(session, None, "changed_password", "person", person.id)
    if had_one:
        notify(
            session, person_id=person.id, community_id=None, notice=PASSWORD_CHANGED, params={},
            endpoint="signing_in.forgotten",
        )  # fmt: skip
    session.refresh(person)
    return person


def keep_rehashed(session: Session, person_id: int, before: str, password_hash: str) -> None:
    """The same password, hashed with the parameters of today; nothing changes when it was changed meanwhile."""
    session.exec(
        update(Person)
        .where(col(Person.id) == person_id, col(Person.password_hash) == before)
        .values(password_hash=password_hash)
    )
