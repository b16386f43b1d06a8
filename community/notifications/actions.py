"""Telling people: a row in the outbox for who has e-mail, a line on the makers' list of calls for who has not."""

from collections.abc import Mapping

from sqlalchemy import update
from sqlmodel import col

from community.members.tables import Person
from community.notifications.policies import CALL
from community.notifications.queries import call_visible_to, open_calls_of
from community.notifications.rules import Notice, packed
from community.notifications.tables import CallToMake, CallTry
from foundation import audit, clock, outbox
from foundation.access import Actor
from foundation.database import Session, insert_if_absent

CHANNEL = "mail"


def notify(
    session: Session,
    *,
    person_id: int,
    community_id: int | None,
    notice: Notice,
    params: Mapping[str, object],
    endpoint: str = "",
    values: Mapping[str, object] | None = None,
    key: str | None = None,
    to: str | None = None,
) -> bool:
    """Tell one person; whether a mail was left for them. The same `key` tells the same person once.

    `endpoint` and `values` make the link (without the community, which is added). `to` is an address that is not
    theirs yet, for the one letter that asks whether it is. Raises ValueError for parameters
    that the notice does not ask for.
    """
    filled = packed(notice, params)
    full_key = f"{notice.name}:{person_id}:{key}" if key else None
    person = session.get(Person, person_id)
    if person is None:
        raise ValueError(f"there is no person {person_id}")
    if person.email is None and to is None:
        if community_id is not None:
            _list_for_calling(session, person_id, community_id, notice, filled, full_key)
        return False
    payload = {
        "person_id": person_id,
        "community_id": community_id,
        "notice": notice.name,
        "params": filled,
        "endpoint": endpoint,
        "values": dict(values or {}),
    }
    if to is not None:
        payload["to"] = to
    return outbox.put(session, CHANNEL, payload, key=full_key)


def tick_call(session: Session, actor: Actor, call_id: int) -> None:
    """A maker has called. Calling twice changes nothing. Raises Missing outside the maker's zones."""
    call_visible_to(session, actor, call_id)
    ticked = session.exec(
        update(CallToMake)
        .where(col(CallToMake.id) == call_id, col(CallToMake.made_at).is_(None))
        .values(made_at=clock.now(), made_by_id=actor.recorder_id)
    )
    if ticked.rowcount:
        audit.record(session, actor, "called", "call_to_make", call_id, permission=CALL.name)


def note_told(session: Session, actor: Actor, person_id: int, upto: int) -> int:
    """A maker called and told everything up to the newest thing on the page; says how many things these were.

    Twice changes nothing. Raises Missing outside the maker's zones.
    """
    ids = open_calls_of(session, actor, person_id, upto)
    for call_id in ids:
        tick_call(session, actor, call_id)
    if ids:
        _note_try(session, actor, person_id, "told")
    return len(ids)


def note_no_answer(session: Session, actor: Actor, person_id: int) -> None:
    """A maker called and nobody answered: the others see who tried, and when. Raises Missing outside the zones."""
    open_calls_of(session, actor, person_id, 0)
    _note_try(session, actor, person_id, "no_answer")


def _note_try(session: Session, actor: Actor, person_id: int, outcome: str) -> None:
    session.add(CallTry(community_id=actor.community_id, person_id=person_id, outcome=outcome, by_id=actor.recorder_id))
    session.flush()
    audit.record(session, actor, outcome, "call_try", None, person=person_id)


def _list_for_calling(
    session: Session,
    person_id: int,
    community_id: int,
    notice: Notice,
    filled: Mapping[str, object],
    key: str | None,
) -> None:
    if outbox.is_muted():
        return
    call = {
        "community_id": community_id,
        "person_id": person_id,
        "key": key,
        "notice": notice.name,
        "params": dict(filled),
        "since": clock.now(),
    }
    insert_if_absent(session, CallToMake, call, conflict=["community_id", "key"])
