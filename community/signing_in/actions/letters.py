"""Links by e-mail: for signing in, and for a new password."""

from datetime import timedelta

from community.members.queries import person_by_email, person_of
from community.members.tables import Person
from community.notifications.actions import notify
from community.notifications.rules import Notice
from community.signing_in.notices import LINK, NEW_PASSWORD
from foundation import clock, tokens
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
    send(session, person, LINK, "signing_in.link", secret)


def take_link(session: Session, secret: str) -> tuple[Person, str]:
    """Use a link up: the person, and where they wanted to go. Their address is thereby confirmed. Raises Missing."""
    token = tokens.take(session, SIGN_IN, secret)
    person = owner_of(session, token)
    if token is None or person.email != token.payload.get("email"):
        raise Missing()
    if person.email_confirmed_at is None:
        person.email_confirmed_at = clock.now()
        session.add(person)
    return person, str(token.payload.get("next", ""))


def send_new_password_link(session: Session, email: str) -> None:
    """Write a link for choosing a new password to this address, if somebody has it."""
    person = person_by_email(session, email)
    if person is None or person.id is None:
        return
    tokens.withdraw_all(session, RENEW, person_id=person.id)
    payload = {"email": person.email}
    secret = tokens.issue(session, RENEW, payload=payload, lasts=RENEW_LASTS, person_id=person.id)
    send(session, person, NEW_PASSWORD, "signing_in.renew", secret)


def owner_of(session: Session, token: Token | None) -> Person:
    if token is None or token.person_id is None:
        raise Missing()
    return person_of(session, token.person_id)


def send(session: Session, person: Person, notice: Notice, endpoint: str, secret: str) -> None:
    if person.id is None:
        raise Missing()
    notify(
        session, person_id=person.id, community_id=None, notice=notice, params={},
        endpoint=endpoint, values={"secret": secret},
    )  # fmt: skip
