"""Writing to each other in a circle: one conversation for all its families, sealed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from sqlmodel import col, select

from civic_centers.circles.actions.telling import adults_of, tell
from civic_centers.circles.notices import NEW_WORDS
from civic_centers.circles.queries.single import KIND, own_family
from civic_centers.circles.rules import NotNow
from civic_centers.circles.tables import CareCircle, CircleFamily
from community.conversations.rules import Standing
from community.threads.actions import write
from community.threads.queries import to_tell
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import Missing
from foundation.files import StoredImage

OPEN_FOR = timedelta(days=30)
"""So long after a circle ended its families may still write."""


def write_words(
    session: Session, actor: Actor, circle_id: int, words: str, photos: Sequence[StoredImage | int] = (), seen: str = ""
) -> int:
    """Write to the families of a circle, and give the message's id. Each adult hears of it once, until they read it.

    Raises Missing for who is in none of them, NotNow long after its end, Invalid for no words or too many.
    """
    family = own_family(session, actor, circle_id)
    circle = session.get_one(CareCircle, circle_id)
    if not _may_write(circle):
        raise NotNow()
    message_id = write(session, replace(actor, party_id=family.party_id), circle.thread_id, words, photos, seen)
    others = [one for one in adults_of(session, circle_id) if one != actor.person_id]
    told = to_tell(session, circle.thread_id, others)
    for person_id in others:
        if person_id in told:
            tell(session, person_id, circle, NEW_WORDS, key=told[person_id])
    return message_id


def standing(session: Session, actor: Actor, thread_id: int) -> Standing | None:
    """How the actor stands to the conversation of a circle: the hook `thread_standing`."""
    circle = session.exec(
        select(CareCircle).where(
            col(CareCircle.thread_id) == thread_id, col(CareCircle.community_id) == actor.community_id
        )
    ).one_or_none()
    if circle is None:
        return None
    try:
        family = own_family(session, actor, circle.id or 0)
    except Missing:
        return None
    inside = (col(CircleFamily.circle_id) == circle.id, col(CircleFamily.state) == "in")
    sides = session.scalars(select(col(CircleFamily.party_id)).where(*inside).order_by(col(CircleFamily.id))).all()
    return Standing(
        thread_id=thread_id,
        title=circle.name,
        endpoint="circles.show",
        values={"circle_id": circle.id},
        kind=KIND,
        object_id=circle.id or 0,
        write=partial(_write, circle.id or 0),
        may_write=_may_write(circle),
        sides=tuple(one for one in sides if one is not None),
        mine=family.party_id,
    )


def _write(circle_id: int, session: Session, actor: Actor, *said: Any) -> int:
    return write_words(session, actor, circle_id, *said)


def _may_write(circle: CareCircle) -> bool:
    return circle.ended_at is None or clock.now() - circle.ended_at < OPEN_FOR
