"""Sessions: begun at every sign-in, ended one by one or all together, forgotten in the end."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import col, select

from community.members.tables import Person
from community.notifications.actions import notify
from community.signing_in.notices import NEW_DEVICE, NEW_DEVICE_UNNAMED
from community.signing_in.rules import (
    SEEN_EVERY,
    SESSION_KEPT,
    Device,
    hash_of,
    new_session_secret,
    session_key,
)
from community.signing_in.tables import SecondFactor, SignInSession
from foundation import audit, clock, tokens
from foundation.database import Session
from foundation.errors import Missing
from foundation.signals import look_again_at

STOP_DEVICE = "stop_device"
STOP_LASTS = timedelta(days=30)


@dataclass(frozen=True)
class Begun:
    """A session just begun: `key` is for the cookies, and stands nowhere else."""

    session_id: int
    key: str


def open_session(
    session: Session, person: Person, device: Device, device_secret: str, *, way: str, expected: bool = False
) -> Begun:
    """Begin a session, and tell the person when the device is not known; not where it is `expected` to be new.

    The session has the version that `person` was read with: where every session was ended since, it never begins.
    """
    if person.id is None:
        raise Missing()
    secret, device_hash, now = new_session_secret(), hash_of(device_secret), clock.now()
    is_known = _is_known(session, person.id, device_hash)
    row = SignInSession(
        person_id=person.id,
        key_hash=hash_of(secret),
        version=person.session_version,
        device_hash=device_hash,
        browser=device.browser,
        system=device.system,
        network=device.network,
        way=way,
        started_at=now,
        last_seen_at=now,
    )
    session.add(row)
    session.flush()
    if row.id is None:
        raise Missing()
    audit.record(session, None, "signed_in", "person", person.id, way=way, where=row.id, new_device=not is_known)
    if not is_known and not expected:
        _tell_of_device(session, person.id, row.id, device)
    return Begun(row.id, session_key(row.id, secret))


def note_seen(session: Session, session_id: int) -> None:
    """The person did something there; written at most once an hour."""
    now = clock.now()
    session.exec(
        update(SignInSession)
        .where(col(SignInSession.id) == session_id, col(SignInSession.last_seen_at) < now - SEEN_EVERY)
        .values(last_seen_at=now)
    )


def end_session(session: Session, person_id: int, session_id: int, *, disown: bool = False) -> bool:
    """End one session of a person; False when it is not theirs or had ended. `disown` lets its device be new again."""
    mine = (col(SignInSession.id) == session_id, col(SignInSession.person_id) == person_id)
    ended = session.exec(
        update(SignInSession).where(*mine, col(SignInSession.ended_at).is_(None)).values(ended_at=clock.now())
    )
    if disown:
        device = select(col(SignInSession.device_hash)).where(*mine)
        _disown(session, person_id, col(SignInSession.device_hash).in_(device.scalar_subquery()))
    if ended.rowcount:
        audit.record(session, None, "ended_session", "person", person_id, where=session_id)
        look_again_at(session, person_id)
    return bool(ended.rowcount)


def end_other_sessions(session: Session, person_id: int, kept_id: int) -> int:
    """End every session of a person but one, and say how many they were; their devices are new again."""
    mine = (
        col(SignInSession.person_id) == person_id,
        col(SignInSession.id) != kept_id,
        col(SignInSession.ended_at).is_(None),
    )
    here = session.scalar(select(SignInSession.device_hash).where(col(SignInSession.id) == kept_id))
    ended = int(session.exec(update(SignInSession).where(*mine).values(ended_at=clock.now())).rowcount)
    _disown(session, person_id, col(SignInSession.device_hash) != here)
    audit.record(session, None, "ended_other_sessions", "person", person_id, ended=ended)
    look_again_at(session, person_id)
    return ended


def sign_out_everywhere(session: Session, person_id: int) -> None:
    """End every session of the person, remembered ones included; every device is new again."""
    session.exec(
        update(Person).where(col(Person.id) == person_id).values(session_version=col(Person.session_version) + 1)
    )
    _disown(session, person_id, col(SignInSession.device_hash).is_not(None))
    audit.record(session, None, "signed_out_everywhere", "person", person_id)
    look_again_at(session, person_id)


def stop_device(session: Session, secret: str) -> int:
    """End the session that a letter told of. Gives the person; raises Missing for a link that is worth nothing."""
    token = tokens.look(session, STOP_DEVICE, secret)
    if token is None or token.person_id is None:
        raise Missing()
    end_session(session, token.person_id, int(token.payload["session"]), disown=True)
    return token.person_id


def forget_old_sessions(session: Session) -> int:
    """Drop the sessions in which nothing happened for a year, and say how many they were."""
    before = clock.now() - SESSION_KEPT
    return int(session.exec(delete(SignInSession).where(col(SignInSession.last_seen_at) < before)).rowcount)


def _is_known(session: Session, person_id: int, device_hash: str) -> bool:
    known = select(col(SignInSession.id)).where(
        col(SignInSession.person_id) == person_id, col(SignInSession.device_hash) == device_hash
    )
    return session.scalar(known.limit(1)) is not None


def _disown(session: Session, person_id: int, which: ColumnElement[bool]) -> None:
    session.exec(
        update(SignInSession)
        .where(col(SignInSession.person_id) == person_id, which)
        .values(device_hash=None)
        .execution_options(synchronize_session=False)
    )


def _tell_of_device(session: Session, person_id: int, session_id: int, device: Device) -> None:
    secret = tokens.issue(
        session, STOP_DEVICE, payload={"session": session_id}, lasts=STOP_LASTS, uses=None, person_id=person_id
    )
    params: dict[str, object] = {"signed_in_at": clock.now()}
    notify(
        session,
        person_id=person_id,
        community_id=None,
        notice=NEW_DEVICE if device.words else NEW_DEVICE_UNNAMED,
        params={**params, "device": device.words} if device.words else params,
        endpoint="signing_in.new_device",
        values={"secret": secret},
    )


def forget_sign_ins(session: Session, person_id: int) -> None:
    """Where and when somebody signed in, and their second step, once nothing else is kept of them."""
    session.execute(delete(SignInSession).where(col(SignInSession.person_id) == person_id))
    session.execute(delete(SecondFactor).where(col(SecondFactor.person_id) == person_id))
    look_again_at(session, person_id)
