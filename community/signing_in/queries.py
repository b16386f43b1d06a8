"""Who is signed in and where, and whether an attempt may be made."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlmodel import col

from community.members.tables import Person
from community.signing_in.rules import SESSION_LASTS, Limit, read_session_key, wait_after
from community.signing_in.tables import SecondFactor, SignInAttempt, SignInSession
from foundation import clock
from foundation.database import Session

Subjects = Mapping[str, Limit]
"""Keyed fingerprints of what is counted (an account, a network), each with its limit."""


@dataclass(frozen=True)
class SignedIn:
    """The person at the browser, as every page needs them."""

    person_id: int
    given_name: str
    name: str
    language: str
    session_id: int
    seen_at: datetime
    has_password: bool


def signed_in_person(session: Session, key: str) -> SignedIn | None:
    """The person of a session; None when they are gone, or the session was ended. One question: every page asks it."""
    read = read_session_key(key)
    if read is None:
        return None
    session_id, key_hash = read
    row = session.execute(
        select(
            col(Person.id),
            col(Person.given_name),
            col(Person.family_name),
            col(Person.language),
            col(Person.password_hash).is_not(None),
            col(SignInSession.last_seen_at),
        )
        .join(Person, col(Person.id) == col(SignInSession.person_id))
        .where(col(SignInSession.id) == session_id, col(SignInSession.key_hash) == key_hash, *is_open())
    ).one_or_none()
    if row is None:
        return None
    person_id, given, family, language, has_password, seen_at = row
    return SignedIn(person_id, given, f"{given} {family}".strip(), language, session_id, seen_at, bool(has_password))


def is_open() -> tuple[ColumnElement[bool], ...]:
    """The conditions that a session, joined with its person, has not ended."""
    return (
        col(SignInSession.ended_at).is_(None),
        col(SignInSession.version) == col(Person.session_version),
        col(SignInSession.last_seen_at) > clock.now() - SESSION_LASTS,
    )


def sessions_of(session: Session, person_id: int) -> list[SignInSession]:
    """Where a person is signed in, the last seen first."""
    statement = (
        select(SignInSession)
        .join(Person, col(Person.id) == col(SignInSession.person_id))
        .where(col(SignInSession.person_id) == person_id, *is_open())
        .order_by(col(SignInSession.last_seen_at).desc(), col(SignInSession.id).desc())
    )
    return list(session.scalars(statement))


def session_open(session: Session, person_id: int, session_id: int) -> SignInSession | None:
    """One of a person's sessions, while it is open."""
    return next((found for found in sessions_of(session, person_id) if found.id == session_id), None)


def second_factor_of(session: Session, person_id: int) -> SecondFactor | None:
    """What makes a person's second step, once it was set up."""
    found = session.get(SecondFactor, person_id)
    return found if found is not None and found.confirmed_at is not None else None


def second_factor_begun(session: Session, person_id: int) -> SecondFactor | None:
    """What was made for a telephone that has not shown its first code yet."""
    found = session.get(SecondFactor, person_id)
    return found if found is not None and found.confirmed_at is None else None


def longest_wait(session: Session, subjects: Subjects) -> timedelta:
    """How long who is counted under these subjects has to wait before another attempt."""
    now = clock.now()
    found = [
        wait_after(limit, _attempts(session, subject, now - limit.window), now) for subject, limit in subjects.items()
    ]
    return max(found, default=timedelta(0))


def _attempts(session: Session, subject: str, since: datetime) -> list[datetime]:
    statement = select(col(SignInAttempt.at)).where(
        col(SignInAttempt.subject) == subject, col(SignInAttempt.at) > since
    )
    return list(session.scalars(statement))
