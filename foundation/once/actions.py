"""Doing the thing once although the request comes twice."""

import hashlib
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import delete, update
from sqlmodel import col, select

from foundation import clock
from foundation.database import Session, insert_if_absent
from foundation.errors import N_, Stale
from foundation.once.tables import RequestKey

KEPT_FOR = timedelta(days=7)


def first_time(session: Session, key: str, person_id: int | None, location: str = "", *, content: str = "") -> bool:
    """Whether the request `key` of this person is new; if so it is taken, in the caller's transaction.

    Call it at the start of the write. When two requests arrive at the same instant the second waits here for
    the first to commit (then it is told False) or to roll back (then it is the first). Without a key every
    request is new. `location` is where the answer goes, when already known; otherwise call `remember` before
    the end. `content` may hold whatever was typed: the same key with other words is not a repeat, and raises
    Stale.
    """
    if not key:
        return True
    fingerprint = _fingerprint(key, person_id)
    said = _fingerprint(f"{key}:{content}", person_id) if content else ""  # by the key, which is kept nowhere
    values = {"fingerprint": fingerprint, "content": said, "location": location, "at": clock.now()}
    if insert_if_absent(session, RequestKey, values, conflict=["fingerprint"]):
        return True
    if said != _known(session, fingerprint).content:
        raise _other_form()
    return False


def remember(session: Session, key: str, person_id: int | None, location: str) -> None:
    """Note where the first answer went, once it is known (the id of what was made, for instance)."""
    if key:
        session.exec(
            update(RequestKey)
            .where(col(RequestKey.fingerprint) == _fingerprint(key, person_id))
            .values(location=location)
        )


def where_it_went(session: Session, key: str, person_id: int | None) -> str:
    """The location that the first answer went to; empty when nobody said."""
    found = session.scalar(
        select(RequestKey.location).where(col(RequestKey.fingerprint) == _fingerprint(key, person_id))
    )
    return found or ""


def made(kind: str, number: int | None) -> str:
    """The location of something that was made, to be remembered and asked for with `number_made`."""
    return f"{kind}:{number}"


def number_made(session: Session, key: str, person_id: int | None, kind: str) -> int:
    """The number of the `kind` of thing that the first request made. Raises Stale where it made something else."""
    found, _separator, number = where_it_went(session, key, person_id).partition(":")
    if found != kind or not number.isdecimal():
        raise _other_form()
    return int(number)


def make_once(
    session: Session, key: str, person_id: int | None, kind: str, content: str, make: Callable[[], int | None]
) -> int:
    """Make the `kind` of thing this form asks for, once; its number, also where the form comes again.

    Raises Stale for the same key with other content, and as `make`.
    """
    if not first_time(session, key, person_id, content=content):
        return number_made(session, key, person_id, kind)
    number = make() or 0
    remember(session, key, person_id, made(kind, number))
    return number


def forget_old_keys(session: Session) -> int:
    """Drop the keys of requests older than a week, and say how many they were."""
    result = session.exec(delete(RequestKey).where(col(RequestKey.at) < clock.now() - KEPT_FOR))
    return int(result.rowcount)


def _other_form() -> Stale:
    return Stale(
        N_("This form was already sent, with other words in it."),
        advice=N_("Look at what became of it, then start again if something is missing."),
    )


def _known(session: Session, fingerprint: str) -> RequestKey:
    return session.scalars(select(RequestKey).where(col(RequestKey.fingerprint) == fingerprint)).one()


def _fingerprint(key: str, person_id: int | None) -> str:
    return hashlib.sha256(f"{person_id or 0}:{key}".encode("utf-8", "replace")).hexdigest()
