"""On which devices a person is told of things."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select
from sqlmodel import col

from community.members.tables import Person
from community.pushing.tables import PushSubscription
from community.signing_in.queries import is_open
from community.signing_in.tables import SignInSession
from foundation.database import Session


@dataclass(frozen=True)
class Device:
    """A browser that is told of things, in plain words."""

    id: int
    browser: str
    system: str
    session_id: int
    created_at: datetime
    last_ok_at: datetime | None


def live() -> tuple[ColumnElement[bool], ...]:
    """The conditions that a subscription, joined with its session and person, is still to be told.

    Whatever ends a sign-in (signing out, there or from elsewhere, another password, two months of silence) ends this
    at the same moment.
    """
    return (col(PushSubscription.gone_at).is_(None), *is_open())


def devices_of(session: Session, person_id: int) -> list[Device]:
    """Where a person is told, the newest first."""
    columns = (
        col(PushSubscription.id),
        col(SignInSession.browser),
        col(SignInSession.system),
        col(PushSubscription.session_id),
        col(PushSubscription.created_at),
        col(PushSubscription.last_ok_at),
    )
    found = _joined(select(*columns)).where(col(PushSubscription.person_id) == person_id)
    return [Device(*row) for row in session.execute(found.order_by(col(PushSubscription.id).desc()))]


def reached_by_push(session: Session, person_id: int) -> bool:
    """Whether some device of the person is told of things."""
    found = _joined(select(col(PushSubscription.id))).where(col(PushSubscription.person_id) == person_id)
    return session.execute(found.limit(1)).first() is not None


def was_turned_on(session: Session, person_id: int, session_id: int) -> bool:
    """Whether notices were turned on in this sign-in and not off again, though the old address may be gone by now."""
    here = (col(PushSubscription.person_id) == person_id, col(PushSubscription.session_id) == session_id)
    return session.execute(select(col(PushSubscription.id)).where(*here).limit(1)).first() is not None


def is_told_by_push(person_id: Any) -> ColumnElement[bool]:
    """The condition that some device of the person is told of things; `person_id` is a column, but not Person.id."""
    found = _joined(select(col(PushSubscription.id))).where(col(PushSubscription.person_id) == person_id)
    return found.correlate_except(PushSubscription, SignInSession, Person).exists()


def device_to_tell(session: Session, person_id: int, subscription_id: int) -> PushSubscription | None:
    """One of a person's devices, while it is to be told."""
    mine = (col(PushSubscription.id) == subscription_id, col(PushSubscription.person_id) == person_id)
    found: PushSubscription | None = session.scalar(_joined(select(PushSubscription)).where(*mine))
    return found


def is_dead() -> ColumnElement[bool]:
    """The condition that a subscription is told of nothing any more, and can be dropped."""
    open_session = exists().where(
        col(SignInSession.id) == col(PushSubscription.session_id),
        col(Person.id) == col(SignInSession.person_id),
        col(Person.id) == col(PushSubscription.person_id),
        *is_open(),
    )
    return col(PushSubscription.gone_at).is_not(None) | ~open_session


def _joined(statement: "Select[*tuple[Any, ...]]") -> "Select[*tuple[Any, ...]]":
    return (
        statement.join(SignInSession, col(SignInSession.id) == col(PushSubscription.session_id))
        .join(Person, col(Person.id) == col(SignInSession.person_id))
        .where(col(SignInSession.person_id) == col(PushSubscription.person_id), *live())
    )
