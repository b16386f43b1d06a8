"""What is kept of signing in."""

from collections.abc import Iterator

from sqlmodel import col

from community.signing_in.tables import SecondFactor, SignInSession
from foundation.database import Session
from foundation.errors import N_
from foundation.personal import PersonalData, Whose, rows_of
from foundation.personal.kinds import Row


def _sessions(session: Session, whose: Whose) -> Iterator[Row]:
    hidden = ("key_hash", "device_hash", "version")
    return rows_of(session, SignInSession, col(SignInSession.person_id) == whose.person_id, without=hidden)


def _second(session: Session, whose: Whose) -> Iterator[Row]:
    hidden = ("secret", "last_step")
    return rows_of(session, SecondFactor, col(SecondFactor.person_id) == whose.person_id, without=hidden)


PERSONAL = (
    PersonalData(
        kind="sessions",
        words=N_("Where and when you signed in: the sort of browser, and the coarse part of the network address"),
        purpose=N_("So that you see whether somebody else is in with your name"),
        basis="interest",
        keeping=N_("A year"),
        bound="house",
        rows=_sessions,
        tables=(SignInSession,),
    ),
    PersonalData(
        kind="second_step",
        words=N_("That you sign in with a second step, and since when"),
        purpose=N_("So that nobody comes in with your password alone"),
        basis="interest",
        keeping=N_("Until you take it off"),
        bound="wish",
        rows=_second,
        tables=(SecondFactor,),
    ),
)
