"""Counting attempts before they are made. Passwords are hashed and compared outside any transaction."""

from datetime import timedelta

from sqlalchemy import delete, func, text
from sqlmodel import col, select

from community.signing_in.queries import Subjects, longest_wait
from community.signing_in.rules import LONGEST_WINDOW, TooManyAttempts
from community.signing_in.tables import SignInAttempt
from foundation import clock
from foundation.database import Session


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
