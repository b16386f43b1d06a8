"""Telephone calls to who can be reached in no other way."""

from sqlalchemy import update
from sqlmodel import col

from community.notifications.policies import CALL
from community.notifications.queries import call_visible_to, open_calls_of
from community.notifications.tables import CallToMake, CallTry
from foundation import audit, clock
from foundation.access import Actor
from foundation.database import Session
from foundation.signals import signal


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
        signal(session, f"desk:{actor.community_id}")


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
    signal(session, f"desk:{actor.community_id}")
