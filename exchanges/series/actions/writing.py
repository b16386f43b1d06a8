"""Writing to each other beside a series: one thread for it and all its meetings."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from sqlmodel import col, select

from community.conversations.rules import Standing
from community.moderation.policies import are_apart
from community.threads.actions import write
from exchanges.agreements.actions.telling import name_of, tell_of_words
from exchanges.agreements.actions.writing import last_day_of_words
from exchanges.agreements.policies import other_side
from exchanges.agreements.rules import may_write
from exchanges.series.queries.single import series_of_party
from exchanges.series.tables import Series
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing, Refused
from foundation.files import StoredImage


def write_words(
    session: Session, actor: Actor, series_id: int, words: str, photos: Sequence[StoredImage | int] = (), seen: str = ""
) -> int:
    """Write to the other side and give the message's id. Each adult hears of it once, until they have read it.

    Raises Missing for a stranger, Refused once the conversation is over, Invalid for no words or too many.
    """
    series, mine = series_of_party(session, actor, series_id)
    over = not may_write(series.state, series.ended_at, clock.now())
    other_id = other_side(series, mine)
    if over or are_apart(session, actor, other_id):
        raise Refused(
            N_("This conversation is over: nothing more can be written here."),
            advice=N_("If something is wrong, a maker of your zone listens to you."),
        )
    message_id = write(session, replace(actor, party_id=mine), series.thread_id, words, photos, seen)
    tell_of_words(session, series, series.thread_id, [other_id], who=name_of(session, actor))
    return message_id


def standing(session: Session, actor: Actor, thread_id: int) -> Standing | None:
    """How the actor stands to the conversation of a series: the hook `thread_standing`."""
    series_id = session.scalars(select(col(Series.id)).where(col(Series.thread_id) == thread_id)).one_or_none()
    if series_id is None:
        return None
    try:
        series, mine = series_of_party(session, actor, series_id)
    except Missing:
        return None
    return standing_beside(session, actor, series, mine)


def standing_beside(session: Session, actor: Actor, series: Series, mine: int) -> Standing:
    """The same of a series at hand, for who takes part in it as the party `mine`."""
    series_id = series.id or 0
    apart = are_apart(session, actor, other_side(series, mine))
    return Standing(
        thread_id=series.thread_id,
        title=series.title,
        endpoint="series.show",
        values={"series_id": series_id},
        kind="series",
        object_id=series_id,
        write=partial(_write, series_id),
        may_write=not apart and may_write(series.state, series.ended_at, clock.now()),
        apart=apart,
        sides=(series.giver_id, series.receiver_id),
        mine=mine,
        until=last_day_of_words(session, series),
    )


def _write(series_id: int, session: Session, actor: Actor, *said: Any) -> int:
    return write_words(session, actor, series_id, *said)
