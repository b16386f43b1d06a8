"""Writing to each other beside a series: one thread for it and all its meetings."""

from dataclasses import replace

from community.communities.queries import today_of
from community.moderation.policies import are_apart
from community.threads.actions import mark_read, write
from exchanges.agreements.actions.telling import name_of, tell_party
from exchanges.agreements.notices import NEW_WORDS
from exchanges.agreements.policies import other_side
from exchanges.agreements.rules import may_write
from exchanges.series.queries.single import series_of_party
from foundation import clock
from foundation.access import Actor
from foundation.database import Session
from foundation.errors import N_, Refused


def write_words(session: Session, actor: Actor, series_id: int, words: str) -> int:
    """Write to the other side and give the message's id. Each adult hears of it once a day by e-mail.

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
    message_id = write(session, replace(actor, party_id=mine), series.thread_id, words)
    today = today_of(session, series.community_id)
    tell_party(session, series, other_id, NEW_WORDS, who=name_of(session, actor), key=f"words-{today}", quietly=True)
    return message_id


def mark_series_read(session: Session, actor: Actor, series_id: int, upto: int) -> None:
    """Note that the actor has read up to the message `upto`. Raises Missing for a stranger."""
    series, _ = series_of_party(session, actor, series_id)
    mark_read(session, actor, series.thread_id, upto)
