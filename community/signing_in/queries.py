"""Who signs in, and whether an attempt may be made."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import col

from community.members.tables import Person
from community.signing_in.rules import Limit, wait_after
from community.signing_in.tables import SignInAttempt
from foundation import clock
from foundation.database import Session

Subjects = Mapping[str, Limit]
"""Keyed fingerprints of what is counted (an account, a network), each with its limit."""


@dataclass(frozen=True)
class SignedIn:
    """The person at the browser, as every page needs them."""

    person_id: int
    name: str
    given_name: str
    language: str
    session_version: int
    has_password: bool
    has_email: bool


def signed_in_person(session: Session, person_id: int, session_version: int) -> SignedIn | None:
    """The person of a session; None when they are gone, or the session was ended."""
    row = session.execute(
        select(
            col(Person.given_name),
            col(Person.family_name),
            col(Person.language),
            col(Person.password_hash).is_not(None),
            col(Person.email).is_not(None),
        ).where(col(Person.id) == person_id, col(Person.session_version) == session_version)
    ).one_or_none()
    if row is None:
        return None
    given, family, language, has_password, has_email = row
    return SignedIn(
        person_id, f"{given} {family}".strip(), given, language, session_version, bool(has_password), bool(has_email)
    )


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
