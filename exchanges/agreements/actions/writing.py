"""Writing to each other beside an agreement."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any, Protocol

from sqlmodel import col, or_, select

from community.communities.queries import community_of
from community.conversations.rules import Standing
from community.moderation.policies import are_apart
from community.threads.actions import write
from exchanges.agreements.actions.telling import name_of, tell_of_words
from exchanges.agreements.policies import RESOLVE, other_side
from exchanges.agreements.queries import agreement_of_party, agreement_to_mediate
from exchanges.agreements.rules import WORDS_LAST, may_write
from exchanges.agreements.tables import Agreement
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Missing, Refused
from foundation.files import StoredImage


class Ended(Protocol):
    """What may have ended, and is of a community."""

    community_id: int
    ended_at: datetime | None


def write_words(
    session: Session,
    actor: Actor,
    agreement_id: int,
    words: str,
    photos: Sequence[StoredImage | int] = (),
    seen: str = "",
) -> int:
    """Write to the other side (a maker, in a dispute: to both) and give the message's id.

    Each adult hears of it once, until they have read it. Raises Missing for a stranger, Refused once the
    conversation is over, Invalid for no words or too many.
    """
    agreement, mine = _where_to_write(session, actor, agreement_id)
    over = not may_write(agreement.state, agreement.ended_at, clock.now())
    apart = mine is not None and are_apart(session, actor, other_side(agreement, mine))
    if over or apart:
        raise Refused(
            N_("This conversation is over: nothing more can be written here."),
            advice=N_("If something is wrong, a maker of your zone listens to you."),
        )
    message_id = write(session, replace(actor, party_id=mine), agreement.thread_id, words, photos, seen)
    others = [party_id for party_id in (agreement.giver_id, agreement.receiver_id) if party_id != mine]
    tell_of_words(session, agreement, agreement.thread_id, others, who=name_of(session, actor))
    return message_id


def standing(session: Session, actor: Actor, thread_id: int) -> Standing | None:
    """How the actor stands to the conversation of an agreement: the hook `thread_standing`.

    The meetings of a series share its conversation, to which its two stand through the series; a maker reads along
    through the meeting that is in dispute.
    """
    found = _found_in(session, actor, thread_id)
    if found is None:
        return None
    agreement, mine = found
    apart = mine is not None and are_apart(session, actor, other_side(agreement, mine))
    return standing_beside(session, agreement, mine, apart=apart)


def standing_beside(session: Session, agreement: Agreement, mine: int | None, *, apart: bool) -> Standing:
    """The same of an agreement at hand, for who may read it: as the party `mine`, or as a maker along with both."""
    return Standing(
        thread_id=agreement.thread_id,
        title=agreement.title,
        endpoint="agreements.show",
        values={"agreement_id": agreement.id},
        kind="agreement",
        object_id=agreement.id or 0,
        write=partial(_write, agreement.id or 0),
        may_write=not apart and may_write(agreement.state, agreement.ended_at, clock.now()),
        inside=mine is not None,
        apart=apart,
        sides=(agreement.giver_id, agreement.receiver_id),
        mine=mine,
        until=last_day_of_words(session, agreement),
    )


def _found_in(session: Session, actor: Actor, thread_id: int) -> tuple[Agreement, int | None] | None:
    """The agreement of a thread that the actor has to do with, and their party in it."""
    of_thread = select(Agreement).where(
        col(Agreement.thread_id) == thread_id,
        or_(col(Agreement.series_id).is_(None), col(Agreement.state) == "disputed"),
    )
    for agreement in session.scalars(of_thread.order_by(col(Agreement.id))).all():
        try:
            _agreement, mine = _where_to_write(session, actor, agreement.id or 0)
        except Missing:
            continue
        if agreement.series_id is None or mine is None:
            return agreement, mine
    return None


def last_day_of_words(session: Session, about: Ended) -> date | None:
    """The last day on which something can be written beside what has ended; None while it goes on."""
    if about.ended_at is None:
        return None
    return clock.local(about.ended_at + WORDS_LAST, community_of(session, about.community_id).time_zone).date()


def _write(agreement_id: int, session: Session, actor: Actor, *said: Any) -> int:
    return write_words(session, actor, agreement_id, *said)


def _where_to_write(session: Session, actor: Actor, agreement_id: int) -> tuple[Agreement, int | None]:
    try:
        agreement, mine = agreement_of_party(session, actor, agreement_id)
    except Missing:
        agreement = agreement_to_mediate(session, actor, agreement_id, RESOLVE)
        if agreement.state != "disputed":
            raise
        return agreement, None
    return agreement, mine
