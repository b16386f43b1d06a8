"""Counting attempts, links and new passwords. Passwords are hashed and compared before, outside any transaction."""

from datetime import timedelta

from sqlalchemy import delete, func, text, update
from sqlmodel import col, select

from community.members.actions import NEW_ADDRESS
from community.members.queries import person_by_email, person_of
from community.members.tables import Person
from community.notifications.actions import notify
from community.notifications.rules import Notice
from community.signing_in.notices import LINK, NEW_PASSWORD, PASSWORD_CHANGED
from community.signing_in.queries import Subjects, longest_wait
from community.signing_in.rules import LONGEST_WINDOW, TooManyAttempts
from community.signing_in.tables import SignInAttempt
from foundation import audit, clock, tokens
from foundation.database import Session
from foundation.errors import Missing
from foundation.jobs import enqueue
from foundation.tokens import Token

SIGN_IN = "sign_in"
RENEW = "new_password"
SIGN_IN_LASTS = timedelta(minutes=30)
RENEW_LASTS = timedelta(hours=1)
WRITE_LETTER = "signing_in.write_letter"
LINK_LETTER = "link"
PASSWORD_LETTER = "password"  # noqa: S105 - the name of a letter


def count_attempt(session: Session, subjects: Subjects) -> None:
    """Count an attempt before it is made, so that many at once are no way around. Raises TooManyAttempts.

    A refused one is not counted: whoever keeps knocking does not lock the owner out for longer.
    """
    if session.get_bind().dialect.name == "postgresql":
        for subject in sorted(subjects):
            session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:subject, 0))"), {"subject": subject})
    wait = longest_wait(session, subjects)
    if wait > timedelta(0):
        raise TooManyAttempts(int(wait.total_seconds()) + 1)
    now = clock.now()
    session.add_all(SignInAttempt(subject=subject, at=now) for subject in subjects)
    session.flush()


def forget_attempts(session: Session, subjects: Subjects) -> None:
    """The right password was given: what was counted for this account is void, and this one attempt for the network.

    A library's network serves many who sign in rightly; the wrong ones made from it stay counted.
    """
    account, *networks = subjects
    session.exec(delete(SignInAttempt).where(col(SignInAttempt.subject) == account))
    for network in networks:
        last = select(func.max(col(SignInAttempt.id))).where(col(SignInAttempt.subject) == network).scalar_subquery()
        session.exec(delete(SignInAttempt).where(col(SignInAttempt.id) == last))


def forget_old_attempts(session: Session) -> int:
    """Drop attempts that no limit looks at any more, and say how many they were."""
    before = clock.now() - 2 * LONGEST_WINDOW
    return int(session.exec(delete(SignInAttempt).where(col(SignInAttempt.at) < before)).rowcount)


def note_sign_in(session: Session, person_id: int, *, way: str) -> None:
    """Somebody signed in, by `password` or `link`."""
    audit.record(session, None, "signed_in", "person", person_id, way=way)


def ask_for_letter(session: Session, kind: str, email: str, address_after: str = "") -> None:
    """Have a letter written to this address, if somebody has it: `kind` is LINK_LETTER or PASSWORD_LETTER.

    Whether somebody has it is looked up by the worker, not here: the answer to the asking comes after the same work
    for every address (docs/decisions/0013).
    """
    enqueue(session, WRITE_LETTER, {"kind": kind, "email": email, "next": address_after})


def write_letter(session: Session, kind: str, email: str, address_after: str) -> None:
    """What the worker does about it."""
    if kind == PASSWORD_LETTER:
        send_new_password_link(session, email)
    else:
        send_link(session, email, address_after)


def send_link(session: Session, email: str, address_after: str) -> None:
    """Write a link for signing in to this address, if somebody has it. `address_after` is a path of this site."""
    person = person_by_email(session, email)
    if person is None or person.id is None:
        return
    tokens.withdraw_all(session, SIGN_IN, person_id=person.id)
    payload = {"next": address_after, "email": person.email}
    secret = tokens.issue(session, SIGN_IN, payload=payload, lasts=SIGN_IN_LASTS, person_id=person.id)
    _send(session, person, LINK, "signing_in.link", secret)


def take_link(session: Session, secret: str) -> tuple[Person, str]:
    """Use a link up: the person, and where they wanted to go. Their address is thereby confirmed. Raises Missing."""
    token = tokens.take(session, SIGN_IN, secret)
    person = _person(session, token)
    if token is None or person.email != token.payload.get("email"):
        raise Missing()
    if person.email_confirmed_at is None:
        person.email_confirmed_at = clock.now()
        session.add(person)
    audit.record(session, None, "signed_in", "person", person.id, way="link")
    return person, str(token.payload.get("next", ""))


def send_new_password_link(session: Session, email: str) -> None:
    """Write a link for choosing a new password to this address, if somebody has it."""
    person = person_by_email(session, email)
    if person is None or person.id is None:
        return
    tokens.withdraw_all(session, RENEW, person_id=person.id)
    payload = {"email": person.email}
    secret = tokens.issue(session, RENEW, payload=payload, lasts=RENEW_LASTS, person_id=person.id)
    _send(session, person, NEW_PASSWORD, "signing_in.renew", secret)


def renew_password(session: Session, secret: str, password_hash: str) -> Person:
    """Take the link and keep the new password; every session of the person ends. Raises Missing for a spent link."""
    token = tokens.take(session, RENEW, secret)
    person = _person(session, token)
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
    for purpose in (SIGN_IN, RENEW, NEW_ADDRESS):
        tokens.withdraw_all(session, purpose, person_id=person.id)
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


def sign_out_everywhere(session: Session, person_id: int) -> None:
    """End every session of the person, remembered ones included."""
    session.exec(
        update(Person).where(col(Person.id) == person_id).values(session_version=col(Person.session_version) + 1)
    )
    audit.record(session, None, "signed_out_everywhere", "person", person_id)


def _person(session: Session, token: Token | None) -> Person:
    if token is None or token.person_id is None:
        raise Missing()
    return person_of(session, token.person_id)


def _send(session: Session, person: Person, notice: Notice, endpoint: str, secret: str) -> None:
    if person.id is None:
        raise Missing()
    notify(
        session, person_id=person.id, community_id=None, notice=notice, params={},
        endpoint=endpoint, values={"secret": secret},
    )  # fmt: skip
